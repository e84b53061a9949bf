"""Ended cases are put away: one package each, whole by four questions, known on the log, kept as long as is suggested."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tests.rooms.cases.acts import BIRTH
from tests.town import newborn
from tests.town.people import MONDAY, Town
from tests.town.tampering import told_of
from yijianshi.cases import commands, tasks
from yijianshi.cases.commands.archive import NotEndedYet
from yijianshi.cases.models import Case, CaseArchive
from yijianshi.cases.queries import to_archive
from yijianshi.foundation import files, history
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel import archive as packages
from yijianshi.kernel.errors import Forbidden

LATER = MONDAY + timedelta(days=31)


@pytest.fixture
def ended(town: Town) -> Case:
    application_id = newborn.apply(town, MONDAY)
    newborn.approve(town, application_id, BIRTH, MONDAY)
    return newborn.case_of(application_id, BIRTH)


def test_a_package_answers_the_four_questions(town: Town, ended: Case) -> None:
    assert commands.archive([ended.pk], by=SYSTEM, at=LATER) == 1
    kept = CaseArchive.objects.get()
    content = files.open_file(kept.file_id)[1]
    report = packages.check(content, manifest_sm3=kept.fingerprint)
    assert report.is_good, report.problems
    assert report.is_anchored
    names = " ".join(packages.open_package(content))
    for expected in ("申请内容", "结果-00-决定", "结果-01-", "材料-"):
        assert expected in names
    leaves = {line.leaf.hex() for line in history.load([one.id for one in history.list_for("case", ended.pk)][:-1])}
    text = b"".join(packages.open_package(content).values()).decode(errors="replace")
    assert all(leaf in text for leaf in leaves)
    last = history.list_for("case", ended.pk)[-1].entry
    assert (last.action, last.payload["fingerprint"]) == ("archive", kept.fingerprint)
    assert "的 retention 与第" in told_of("UPDATE cases_archive SET retention = 'D10'")[0]
    assert (kept.retention, kept.destroy_on, kept.closed_on) in (
        ("永久", None, date(2026, 3, 2)),
        ("30年", date(2057, 1, 1), date(2026, 3, 2)),
        ("10年", date(2037, 1, 1), date(2026, 3, 2)),
    )


def test_it_is_done_once_by_whom_it_concerns(town: Town, ended: Case) -> None:
    for stranger in (town.wang_fang.actor, newborn.officer_of(town, ended), town.heads["police"].actor):
        with pytest.raises(Forbidden):
            commands.archive([ended.pk], by=stranger, at=LATER)
    head = town.heads["hospital"].actor
    assert [commands.archive([ended.pk], by=head, at=LATER) for _ in range(2)] == [1, 0]
    assert to_archive.find_archive(ended.number) is not None
    assert to_archive.find_archive("nonsense") is None


def test_what_is_under_way_stays(town: Town, ended: Case) -> None:
    other = Case.objects.filter(application_id=ended.application_id, is_open=True)[0]
    with pytest.raises(NotEndedYet):
        commands.archive([ended.pk, other.pk], by=SYSTEM, at=LATER)
    assert not CaseArchive.objects.exists()


def test_the_night_puts_away_what_ended_a_month_ago(town: Town, ended: Case) -> None:
    assert tasks.put_away(int((MONDAY + timedelta(days=29)).timestamp())) == 0
    assert tasks.put_away(int(LATER.timestamp())) == 1
    assert tasks.put_away(int(LATER.timestamp())) == 0


def test_a_refused_and_a_withdrawn_case_have_packages_too(town: Town) -> None:
    application_id = newborn.apply(town, MONDAY)
    case = newborn.case_of(application_id, BIRTH)
    by = newborn.officer_of(town, case)
    commands.accept([case.id], by=by, at=MONDAY)
    commands.refuse([commands.Refusal(case_id=case.id, reason="孩子不在本院出生", basis="母婴保健法第23条")], by=by, at=MONDAY)
    found: list[UUID] = to_archive.list_unarchived(LATER, 50)
    assert len(found) > 1  # what waited for it has ended with it
    assert commands.archive(found, by=SYSTEM, at=LATER) == len(found)
    for row in CaseArchive.objects.all():
        report = packages.check(files.open_file(row.file_id)[1])
        assert report.true.verdict is packages.Verdict.YES
    assert {row.retention for row in CaseArchive.objects.all()} <= {"30年", "10年"}


def test_what_is_due_is_listed_and_nothing_is_ever_destroyed(town: Town) -> None:
    application_id = newborn.apply(town, MONDAY)
    commands.withdraw(application_id, [BIRTH], reason="不办了", by=town.wang_fang.actor, at=MONDAY)
    case = newborn.case_of(application_id, BIRTH)
    commands.archive([case.pk], by=SYSTEM, at=LATER)
    assert to_archive.list_due(MONDAY.replace(year=2036), 10) == []
    assert [number for number, _ in to_archive.list_due(MONDAY.replace(year=2037), 10)] == [case.number]
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
        CaseArchive.objects.all().delete()
