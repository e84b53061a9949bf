"""Short hands for what officers and applicants do to cases."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.cases import commands
from yijianshi.cases.logic.clock.due import due_dates
from yijianshi.cases.logic.corrections import CorrectionEntry
from yijianshi.cases.models import Case
from yijianshi.cases.queries.items import limits_of
from yijianshi.cases.queries.ledger import ledgers
from yijianshi.foundation import calendars, files, history

BIRTH = "birth-certificate-first-issue"
POLICE = "household-registration-birth"


def later(days: int, hours: int = 1) -> datetime:
    """Return a moment that many calendar days after the town's Monday."""
    return MONDAY + timedelta(days=days, hours=hours)


def ask(town: Town, case: Case, *points: tuple[str, str], at: datetime = MONDAY) -> None:
    """Send the department's correction notice."""
    entries = tuple(CorrectionEntry(kind, name, f"请改 {name}") for kind, name in points)
    request = commands.CorrectionRequest(case_id=case.id, entries=entries)
    commands.request_corrections([request], by=newborn.officer_of(town, case), at=at)


def answer(town: Town, application_id: UUID, at: datetime, **values: Any) -> None:
    """Answer all open notices as 王芳."""
    named = {name.replace("__", "."): value for name, value in values.items()}
    commands.answer_corrections(
        commands.CorrectionAnswer(application_id=application_id, values=named), by=town.wang_fang.actor, at=at
    )


def hand_in(town: Town, application_id: UUID, material: str, at: datetime, count: int = 1) -> None:
    """Upload pictures for a material that a notice asks for."""
    by, png = town.wang_fang.actor, newborn.one_pixel_png()
    ids = [files.store(png, name=f"{n}.png", declared_type="image/png", by=by, at=at).id for n in range(count)]
    commands.attach_correction(application_id=application_id, material=material, file_ids=ids, by=by, at=at)


def moves_of(case: Case) -> list[str]:
    """Return the actions in the history of a case, oldest first."""
    return [line.entry.action for line in history.list_for("case", case.id) if line.entry.subject_kind == "case"]


def check_dates_replay(application_id: UUID) -> None:
    """The stored dates of every counting case are those its ledger gives."""
    cases = list(Case.objects.filter(application_id=application_id))
    found = ledgers([case.id for case in cases])
    for case in cases:
        due = due_dates(found[case.id], limits_of(case.version_id, case.item_code, case.region), calendars.national())
        if case.state in {"ACCEPTED", "SUSPENDED"}:
            stored = (case.promised_on, case.legal_due_on)
            assert case.state == "SUSPENDED" or stored == (due.promised_due, due.legal_due), case.item_code
        if case.state == "RECEIVED":
            assert case.act_by == due.acceptance_due, case.item_code
