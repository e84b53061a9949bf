"""Folder and shelf: what is shipped and what is changed here meet without anything being lost; published work is taken back."""

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from yijianshi.catalogue import commands, queries
from yijianshi.catalogue.commands import authoring
from yijianshi.catalogue.logic.authoring.places import UnusablePath
from yijianshi.catalogue.logic.authoring.texts import TextTooLong, TextUnprintable
from yijianshi.catalogue.models import ContentFile
from yijianshi.catalogue.queries import authoring as reading
from yijianshi.identity.logic.actor import SYSTEM, Actor, ActorKind, Role

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TODAY, LATER, LAST = date(2026, 3, 2), date(2026, 4, 1), date(2026, 6, 1)
PATH = "items/market/sign-filing.yaml"
OLD, NEW = "promise: {working_days: 4", "promise: {working_days: 1"
LIN, ZHAO = (Actor(kind=ActorKind.STAFF, account_id=uuid4(), roles=frozenset({Role.AUTHOR}), name=name) for name in ("林", "赵"))

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(content: Path) -> None:
    commands.publish(content, by=SYSTEM, at=AT)


def proposed(*changes: tuple[str, str], path: str = PATH) -> UUID:
    proposal = authoring.open_proposal("改", "因为", by=LIN, at=AT)
    file = reading.get_file(path, proposal, by=LIN)
    text = file.text or ""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    authoring.save_file(proposal, path, text, revision=0, base_sha=file.base_sha, by=LIN, at=AT)
    return proposal


def bring_in(proposal: UUID, on: date = TODAY) -> None:
    authoring.submit(proposal, by=LIN, at=AT)
    authoring.approve(proposal, by=ZHAO, at=AT)
    authoring.publish(proposal, on, by=ZHAO, at=AT)


def shipped(content: Path, *changes: tuple[str, str], path: str = PATH) -> commands.FolderPublished:
    text = (content / path).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (content / path).write_text(text, encoding="utf-8")
    return commands.publish_folder(content, by=SYSTEM, at=AT)


def on_shelf(path: str = PATH) -> str:
    return reading.get_file(path, by=LIN).text or ""


def promise_on(day: date) -> int:
    return queries.get_current("stall", day)[1].item("sign-filing").limits.promise.working_days or 0


def test_both_changed_different_lines_and_both_count(content: Path) -> None:
    bring_in(proposed((OLD, NEW)))
    done = shipped(content, ("zh: 招牌备案", "zh: 店招备案"))
    assert done.unsettled is None
    assert NEW in on_shelf()
    assert "店招备案" in on_shelf()


def test_both_changed_the_same_line_and_somebody_settles_it(content: Path) -> None:
    bring_in(proposed((OLD, NEW)))
    done = shipped(content, (OLD, "promise: {working_days: 3"))
    assert done.files == (PATH,)
    assert NEW in on_shelf()  # what is used here stays
    assert done.unsettled is not None
    assert commands.publish_folder(content, by=SYSTEM, at=AT).unsettled is None  # and is told once
    (file,) = reading.get_proposal(done.unsettled, by=LIN).files
    (conflict,) = file.conflicts
    assert [text.partition("working_days: ")[2][0] for text in (conflict.base, conflict.mine, conflict.theirs)] == ["4", "3", "1"]
    with pytest.raises(authoring.ShelfMoved):
        authoring.submit(done.unsettled, by=LIN, at=AT)
    assert authoring.bring_up_to_date(done.unsettled, by=LIN, at=AT) == (PATH,)
    seen = reading.get_file(PATH, done.unsettled, by=LIN)
    settled = on_shelf().replace(NEW, "promise: {working_days: 2")
    authoring.settle(done.unsettled, PATH, settled, shelf_sha=seen.base_sha, revision=seen.revision, by=LIN, at=AT)
    bring_in(done.unsettled)
    assert promise_on(TODAY) == 2


def test_a_folder_that_would_break_what_is_here_waits_as_a_proposal(content: Path) -> None:
    bring_in(proposed(("  - {fact: stall.kind}\n", "  - {fact: stall.kind}\n  - {fact: stall.shade_on}\n")))
    gone = "  - {name: stall.shade_on, type: DATE, label: {zh: 撑伞日期, en: Parasol day}}\n"
    item = content / PATH  # the next version no longer asks for the day, so its dictionary no longer has it
    item.write_text(item.read_text(encoding="utf-8").replace(" and stall.shade_on > stall.opens_on", ""), encoding="utf-8")
    done = shipped(content, (gone, ""), path="dictionary/stall.yaml")
    assert done.files == ("dictionary/stall.yaml", PATH)
    assert "stall.shade_on" in on_shelf("dictionary/stall.yaml")


def test_a_file_removed_here_stays_away_and_one_removed_there_goes(content: Path) -> None:
    spare = "materials/spare.yaml"
    (content / spare).write_text((content / "materials/drawing.yaml").read_text().replace("code: drawing", "code: spare"))
    commands.publish(content, by=SYSTEM, at=AT)
    assert on_shelf(spare)
    proposal = authoring.open_proposal("去掉", "没有用", by=LIN, at=AT)
    authoring.remove_file(proposal, spare, revision=0, by=LIN, at=AT)
    bring_in(proposal)
    commands.publish(content, by=SYSTEM, at=AT)
    with pytest.raises(reading.FileNotFound):
        reading.get_file(spare, by=LIN)
    (content / spare).unlink()
    commands.publish(content, by=SYSTEM, at=AT)
    assert not ContentFile.objects.filter(path=spare).exists()


def test_rolled_back_by_two_people_like_anything_else() -> None:
    first = proposed((OLD, NEW))
    bring_in(first, LATER)
    before = on_shelf()
    back = authoring.roll_back(first, "窗口来不及", by=ZHAO, at=AT)
    assert reading.get_proposal(back, by=LIN).card.restores == first
    authoring.submit(back, by=ZHAO, at=AT)
    with pytest.raises(authoring.SecondPersonNeeded):
        authoring.approve(back, by=ZHAO, at=AT)
    authoring.approve(back, by=LIN, at=AT)
    authoring.publish(back, TODAY, by=LIN, at=AT)
    assert on_shelf() == before.replace(NEW, OLD)
    assert [promise_on(day) for day in (TODAY, LATER, LAST)] == [4, 4, 4]
    with pytest.raises(authoring.NothingChanged):
        authoring.roll_back(first, "再来", by=ZHAO, at=AT)


def test_what_was_changed_since_survives_a_roll_back() -> None:
    first = proposed((OLD, NEW))
    bring_in(first)
    bring_in(proposed(("zh: 招牌备案", "zh: 店招备案")))
    back = authoring.roll_back(first, "退回", by=LIN, at=AT)
    bring_in(back)
    assert OLD in on_shelf()
    assert "店招备案" in on_shelf()


def test_a_later_version_does_not_bring_an_announced_change_forward() -> None:
    bring_in(proposed((OLD, NEW)), LATER)
    bring_in(proposed(("zh: 招牌备案", "zh: 店招备案")), TODAY)
    assert (promise_on(TODAY), promise_on(LATER)) == (4, 1)


def test_an_approved_proposal_that_fell_behind_is_read_again() -> None:
    late = proposed(("zh: 招牌备案", "zh: 店招备案"))
    authoring.submit(late, by=LIN, at=AT)
    authoring.approve(late, by=ZHAO, at=AT)
    bring_in(proposed((OLD, NEW)))
    with pytest.raises(authoring.ShelfMoved):
        authoring.publish(late, TODAY, by=LIN, at=AT)
    assert authoring.bring_up_to_date(late, by=LIN, at=AT) == ()
    assert reading.get_proposal(late, by=LIN).card.state == "DRAFT"
    bring_in(late)
    assert NEW in on_shelf()
    assert "店招备案" in on_shelf()


def test_whoever_opened_the_file_before_it_was_published_anew_gets_both_texts() -> None:
    proposal = authoring.open_proposal("改", "因为", by=ZHAO, at=AT)
    seen = reading.get_file(PATH, proposal, by=ZHAO)
    bring_in(proposed((OLD, NEW)))
    with pytest.raises(authoring.EditedMeanwhile) as met:
        authoring.save_file(proposal, PATH, f"# 注\n{seen.text}", revision=0, base_sha=seen.base_sha, by=ZHAO, at=AT)
    merged = met.value.material
    assert not merged.merged.conflicts
    authoring.save_file(proposal, PATH, merged.merged.text, revision=0, base_sha=merged.base_sha, by=ZHAO, at=AT)
    assert NEW in (reading.get_file(PATH, proposal, by=ZHAO).text or "")


@pytest.mark.parametrize(
    "path",
    [
        "../settings.py",
        "items/../../etc/x.yaml",
        "/etc/passwd",
        "items/market/x.yml",
        "items/market/X.yaml",
        "orgs/henan.yaml",
        "calendars/cn.yaml",
        "items/a/b/c/d/e.yaml",
        "items/market/x.yaml\n",
        "items/" + "a" * 200 + ".yaml",
        "items//x.yaml",
        "",
    ],
)
def test_only_content_files_are_written(path: str) -> None:
    proposal = authoring.open_proposal("改", "因为", by=LIN, at=AT)
    with pytest.raises(UnusablePath):
        authoring.save_file(proposal, path, "kind: item\n", revision=0, by=LIN, at=AT)


def test_texts_have_limits() -> None:
    proposal = authoring.open_proposal("改", "因为", by=LIN, at=AT)
    for text in ("长" * 100_000, "a\n" * 6_000):
        with pytest.raises(TextTooLong):
            authoring.save_file(proposal, PATH, text, revision=0, by=LIN, at=AT)
    for text in ("a: \x00", "a: \ud800", "a: \x1b[0m"):
        with pytest.raises(TextUnprintable):
            authoring.save_file(proposal, PATH, text, revision=0, by=LIN, at=AT)
    bomb = "a: &a [x]\n" + "".join(f"{one}: &{one} [*{last}, *{last}]\n" for last, one in zip("abcde", "bcdef", strict=True))
    for broken in (bomb, "[" * 200_000):
        saved = authoring.save_file(
            proposal, PATH, broken, revision=reading.get_file(PATH, proposal, by=LIN).revision, by=LIN, at=AT
        )
        assert "C101" in saved.findings.codes()
        with pytest.raises(authoring.ProposalHasErrors):
            authoring.submit(proposal, by=LIN, at=AT)


@pytest.mark.parametrize(("title", "reason"), [("", "x"), ("x" * 121, "x"), ("x\x00", "x")])
def test_a_proposal_has_a_title(title: str, reason: str) -> None:
    with pytest.raises(authoring.TitleNeeded):
        authoring.open_proposal(title, reason, by=LIN, at=AT)


def test_reasons_and_days_are_asked_for() -> None:
    with pytest.raises(authoring.ReasonNeeded):
        authoring.open_proposal("改", " ", by=LIN, at=AT)
    proposal = proposed((OLD, NEW))
    authoring.submit(proposal, by=LIN, at=AT)
    with pytest.raises(authoring.ReasonNeeded):
        authoring.send_back(proposal, "", by=ZHAO, at=AT)
    authoring.approve(proposal, by=ZHAO, at=AT)
    for day in (date(2026, 3, 1), date(2100, 1, 1)):
        with pytest.raises(authoring.BadDay):
            authoring.publish(proposal, day, by=LIN, at=AT)


def test_nothing_is_no_proposal() -> None:
    proposal = authoring.open_proposal("改", "因为", by=LIN, at=AT)
    with pytest.raises(authoring.NothingChanged):
        authoring.submit(proposal, by=LIN, at=AT)
    authoring.withdraw(proposal, by=ZHAO, at=AT)
    with pytest.raises(authoring.NotNow):
        authoring.save_file(proposal, PATH, on_shelf(), revision=0, by=LIN, at=AT)
    with pytest.raises(reading.ProposalNotFound):
        authoring.submit(uuid4(), by=LIN, at=AT)


@pytest.mark.parametrize("table", ["catalogue_contentchange", "catalogue_proposalsave"])
def test_what_was_written_cannot_be_unwritten(table: str) -> None:
    bring_in(proposed((OLD, NEW)))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
