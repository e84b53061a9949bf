"""The newborn's one thing as 王芳 fills it in, for tests that need a real application and real cases."""

import zlib
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from tests.town.people import Town
from yijianshi.applications import commands as applications
from yijianshi.applications import queries as drafts
from yijianshi.cases import commands as cases
from yijianshi.cases.models import Case
from yijianshi.catalogue import commands as catalogue
from yijianshi.catalogue import queries as things
from yijianshi.catalogue.logic.plan import FieldStatus, MaterialStatus
from yijianshi.config.demo import answers
from yijianshi.foundation import clock, files, outbox
from yijianshi.identity.logic.actor import SYSTEM, Actor


def _chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)


def one_pixel_png() -> bytes:
    """Return the smallest real picture."""
    header = bytes([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"\x00\x80")) + _chunk(b"IEND", b"")


def publish(at: datetime) -> None:
    """Publish the real content."""
    catalogue.publish(settings.CONTENT_DIR, by=SYSTEM, at=at)


def fill_in(by: Actor, at: datetime, thing: str = "newborn", **changed: Any) -> UUID:
    """Return a draft of the newborn, or of one item of it, with everything answered, filled in and uploaded."""
    known = answers.GUIDE | {"child.birth_date": (clock.today(at) - timedelta(days=6)).isoformat()} | changed
    _, compiled = things.get_current(thing, clock.today(at))
    asked = {name: value for name, value in known.items() if name in compiled.elements_by_name}
    draft_id = applications.start(thing_code=thing, answers=asked, declined=(), by=by, at=at)
    fill_fields(draft_id, compiled, by, at)
    upload(draft_id, by, at)
    return draft_id


def submit(draft_id: UUID, by: Actor, at: datetime, key: str = "") -> applications.Receipt:
    """Submit the draft and return its receipt."""
    submission = applications.Submission(application_id=draft_id, idempotency_key=key or str(uuid4()), declaration=True)
    return applications.submit([submission], by=by, at=at)[0]


def apply(town: Town, at: datetime, **changed: Any) -> UUID:
    """Return 王芳's submitted application, already split into cases."""
    by = town.wang_fang.actor
    draft_id = fill_in(by, at, **changed)
    submit(draft_id, by, at)
    cases.split([draft_id], by=SYSTEM, at=at)
    return draft_id


def case_of(application_id: UUID, item_code: str) -> Case:
    """Return one case as it stands in the database now."""
    return Case.objects.get(application_id=application_id, item_code=item_code)


def officer_of(town: Town, case: Case) -> Actor:
    """Return the officer at whose desk the case lies."""
    kinds = {organisation: kind for kind, organisation in town.organisations.items()}
    return town.staff[kinds[case.organisation_id]].actor


def results_for(case: Case, at: datetime) -> dict[str, Any]:
    """Return plausible results for every fact the item produces."""
    thing = things.get_version(case.version_id)
    produced = thing.item(case.item_code).produces.facts
    asked = [{"name": name, "type": thing.element(name).type} for name in produced]
    results = {one["name"]: answers.result_answer(one, case.number, clock.today(at)) for one in asked}
    if "food.licence_number" in results:
        results["food.licence_number"] = f"JY{case.number.replace('-', '')[8:22]}"
    return results


def approve(town: Town, application_id: UUID, item_code: str, at: datetime) -> None:
    """Accept and approve one case by its own officer, with plausible results."""
    case = case_of(application_id, item_code)
    approval = cases.Approval(case_id=case.id, results=results_for(case, at))
    cases.approve([approval], by=officer_of(town, case), at=at)


def deliver_events() -> int:
    """Let the outbox deliver everything it holds."""
    return outbox.deliver_pending()


def fill_fields(draft_id: UUID, thing: Any, by: Actor, at: datetime) -> None:
    """Fill in every field the form still asks for."""
    options = {element.name: [one.code for one in element.options] for element in thing.elements if element.options}
    for _ in range(3):  # an answer may bring up another field
        view = drafts.get_draft(draft_id, by=by, at=at)
        fields = [field for group in view.groups for field in group.fields if field.status is FieldStatus.ASK and not field.raw]
        asked = [{"name": field.element.name, "type": field.element.type} for field in fields]
        if not asked:
            return
        values = {one["name"]: answers.form_answer(one, options) for one in asked}
        applications.save_draft(application_id=draft_id, values=values, by=by, at=at)


def upload(draft_id: UUID, by: Actor, at: datetime) -> None:
    """Upload a picture for every material that wants one."""
    view = drafts.get_draft(draft_id, by=by, at=at)
    for material in view.materials:
        if material.planned.status is MaterialStatus.TO_UPLOAD:
            stored = files.store(one_pixel_png(), name="照片.png", declared_type="image/png", by=by, at=at)
            applications.attach(application_id=draft_id, material=material.planned.code, file_ids=[stored.id], by=by, at=at)
