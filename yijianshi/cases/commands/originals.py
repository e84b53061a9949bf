"""An original shown at the counter makes the uploaded file a verified copy."""

from datetime import datetime
from uuid import UUID

from yijianshi.applications import commands as applications
from yijianshi.cases.queries.case_page import find_case
from yijianshi.cases.queries.items import thing_of
from yijianshi.cases.queries.locks import NO_CASE
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text


def confirm_original(case_id: UUID, material: str, *, by: Actor, at: datetime) -> None:
    """Note that the file of a material this case's item needs is a true copy of the original *by* has before them.

    Raises NotFound off one's own desk and for other materials, NothingToCompare.
    """
    case, watching = find_case(case_id, by=by)
    if watching:
        raise NotFound(what=NO_CASE)
    wanted = {use.material for use in thing_of(case.version_id).item(case.item_code).materials}
    if material not in wanted:
        raise NotFound(what=Text("这份材料", "This material"))
    organisation = identity.get_organisation(case.organisation_id).name
    applications.mark_seen(case.application_id, material, organisation, by=by, at=at)
