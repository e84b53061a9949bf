"""Opening a restaurant as 陈明 does it for his company, in every variant the content gives as an example."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings

from tests.town import newborn
from tests.town.people import MONDAY, Town, acting_for
from yijianshi.applications import commands as applications
from yijianshi.applications import queries as drafts
from yijianshi.cases import commands as cases
from yijianshi.catalogue import queries as things
from yijianshi.foundation import clock
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import SYSTEM, Actor
from yijianshi.kernel.identifiers.uscc import make_uscc

EXAMPLES = sorted((Path(settings.CONTENT_DIR) / "things" / "restaurant" / "examples").glob("*.yaml"))
FIELDS = {
    "enterprise.head_office_name": "郑州总店餐饮有限公司",
    "enterprise.head_office_uscc": make_uscc("91", "410105", "MA9X0009"),
    "food.safety_manager_name": "陈小明",
}
HOTPOT = "large-hotpot-on-site-check"


def example(name: str) -> dict[str, Any]:
    """Return one example of the content by the name of its file."""
    path = next(path for path in EXAMPLES if path.stem == name)
    loaded: dict[str, Any] = yaml.safe_load(path.read_text())
    return loaded


def company(town: Town) -> Actor:
    """Return 陈明 acting for 好味来."""
    mandates = identity.list_mandates(town.chen_ming.actor)
    mandate_id = next(one.id for one in mandates if one.principal_id == town.haoweilai_id)
    return acting_for(town.chen_ming, mandate_id, MONDAY)


def fill_in(town: Town, at: datetime, name: str = HOTPOT) -> UUID:
    """Return a draft that answers what the example answers, with every field, paper and letter in place."""
    told, by = example(name), company(town)
    _, thing = things.get_current("restaurant", clock.today(at))
    draft_id = applications.start(
        thing_code="restaurant", answers=told["answers"], declined=told.get("declined", ()), by=by, at=at
    )
    for material, satisfier in told.get("choices", {}).items():
        applications.choose(application_id=draft_id, material=material, satisfier=satisfier, by=by, at=at)
    known = FIELDS | {"staff.exam_date": (clock.today(at) + timedelta(days=3)).isoformat()}
    applications.save_draft(application_id=draft_id, values=known, by=by, at=at)
    newborn.fill_fields(draft_id, thing, by, at)
    newborn.upload(draft_id, by, at)
    for letter in drafts.get_draft(draft_id, by=by, at=at).letters:
        applications.commit_letter(application_id=draft_id, letter=letter.code, agreed=True, by=by, at=at)
    return draft_id


def apply(town: Town, at: datetime, name: str = HOTPOT) -> UUID:
    """Return the submitted application of an example, split into cases."""
    draft_id = fill_in(town, at, name)
    newborn.submit(draft_id, company(town), at)
    cases.split([draft_id], by=SYSTEM, at=at)
    return draft_id
