"""What is stuck is seen with its reason, tried again, or handed to a person; both sides are compared and mended."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from tests.rooms.exchange import acts
from tests.town.people import JINSHUI, MONDAY, Town, add_staff
from yijianshi.exchange import commands, queries, tasks
from yijianshi.exchange.commands import carry, desk
from yijianshi.exchange.connectors.port import Away, Connector, Refusal, Sent, ThreadState
from yijianshi.exchange.models import Outgoing, Received, ReceivingThread, Reconciliation
from yijianshi.exchange.queries.desk import NotYourDesk
from yijianshi.foundation import history, outbox
from yijianshi.foundation.models import OutboxRow
from yijianshi.identity.logic.actor import SYSTEM, Actor, Role

LATER = MONDAY + timedelta(hours=2)


@pytest.fixture
def operator(town: Town) -> Actor:
    return add_staff(f"government-service-{JINSHUI}", "op", frozenset({Role.OPERATOR})).actor


def write(about: str = "A-1") -> UUID:
    with transaction.atomic():
        return commands.send([commands.Parcel("police", "case.handed_over", about, {})], at=MONDAY)[0]


def refused() -> UUID:
    message = write()
    claimed = carry.claim("police", 9, at=LATER)
    carry.note_sent(claimed, Sent((), (Refusal(message, "UNKNOWN_ITEM", "not ours"),)), at=LATER, jitter=1)
    return message


def come(number: int, kind: str = "case.approved") -> Received:
    write()
    assert commands.receive("police", [acts.told(kind, "A-1", number)], at=MONDAY).refused == ()
    with transaction.atomic():
        commands.apply_threads([("police", "A-1")], at=MONDAY)
    return Received.objects.get(sequence=number)


def test_a_refused_message_is_listed_with_its_reason_and_tried_again(operator: Actor) -> None:
    message = refused()
    (row,) = queries.list_stuck(by=operator, at=LATER)
    assert (row.id, row.way) == (str(message), "out")
    assert "UNKNOWN_ITEM" in row.error.zh
    commands.retry_message("out", row.id, by=operator, at=LATER)
    assert [one.message.id for one in carry.claim("police", 9, at=LATER)] == [message]


def test_what_is_under_way_for_an_hour_is_listed_too(operator: Actor) -> None:
    write()
    assert queries.list_stuck(by=operator, at=MONDAY + timedelta(minutes=59)) == []
    assert len(queries.list_stuck(by=operator, at=MONDAY + timedelta(minutes=61))) == 1


def test_an_answer_that_cannot_be_used_is_listed_and_handed_to_a_person_frees_its_thread(operator: Actor) -> None:
    stuck = come(1)  # there is no such case
    assert stuck.error
    commands.receive("police", [acts.told("case.accepted", "A-1", 2)], at=MONDAY)
    (row,) = [one for one in queries.list_stuck(by=operator, at=MONDAY) if one.way == "in"]
    commands.hand_to_person("in", row.id, " 已电话\0告知张警官", by=operator, at=LATER)
    assert ReceivingThread.objects.get(about="A-1").applied == 1
    line = history.list_for("message", stuck.message_id)[0].entry
    assert (line.action, line.reason) == ("hand_to_person", "已电话告知张警官")
    with pytest.raises(commands.NoLongerStuck):
        commands.hand_to_person("in", row.id, "again", by=operator, at=LATER)


def test_a_message_handed_to_a_person_is_not_sent_any_more(operator: Actor) -> None:
    message = refused()
    commands.hand_to_person("out", str(message), "传真过去了", by=operator, at=LATER)
    assert carry.claim("police", 9, at=LATER + timedelta(days=1)) == []
    assert queries.list_stuck(by=operator, at=LATER + timedelta(days=1)) == []
    with pytest.raises(commands.NoLongerStuck):
        commands.retry_message("out", str(message), by=operator, at=LATER)


@pytest.mark.parametrize("note", ["", "   ", "长" * 501])
def test_without_a_word_of_what_was_agreed_nothing_is_closed(operator: Actor, note: str) -> None:
    message = refused()
    with pytest.raises(commands.NoteMissing):
        commands.hand_to_person("out", str(message), note, by=operator, at=LATER)
    assert Outgoing.objects.get().closed_at is None


@pytest.mark.parametrize(
    ("way", "message_id"), [("out", "no-id"), ("out", str(UUID(int=7))), ("in", "0"), ("in", "9" * 30), ("x", "1")]
)
def test_what_is_not_there_is_no_longer_stuck(operator: Actor, way: str, message_id: str) -> None:
    with pytest.raises(commands.NoLongerStuck):
        commands.retry_message(way, message_id, by=operator, at=LATER)


def test_nobody_else_looks_or_acts(town: Town) -> None:
    message = refused()
    citizen, clerk = town.wang_fang.actor, town.staff["police"].actor
    supervisor = add_staff(f"government-service-{JINSHUI}", "sup", frozenset({Role.SUPERVISOR})).actor
    for actor in (citizen, clerk):
        with pytest.raises(NotYourDesk):
            queries.list_stuck(by=actor, at=LATER)
    assert queries.list_stuck(by=supervisor, at=LATER)
    for actor in (citizen, clerk, supervisor):
        with pytest.raises(desk.NotYourMessage):
            commands.retry_message("out", str(message), by=actor, at=LATER)


class OtherSide:
    """Their side of the threads, as the test sets it; stands at the port where a connector would."""

    def __init__(self, *states: ThreadState, away: bool = False) -> None:
        self.states, self.away = states, away
        self.asked: list[tuple[str, int]] = []

    def threads(self, about: Sequence[str]) -> Sequence[ThreadState]:
        if self.away:
            raise Away("down")
        return [one for one in self.states if one.about in about]

    def resend(self, about: str, after: int) -> None:
        self.asked.append((about, after))


def delivered() -> None:
    claimed = carry.claim("police", 9, at=MONDAY + timedelta(seconds=1))
    carry.note_sent(claimed, Sent(tuple(one.message.id for one in claimed)), at=MONDAY + timedelta(seconds=1), jitter=1)


def test_what_they_lost_is_sent_again_and_what_we_lack_is_asked_for(town: Town) -> None:
    for about in ("A-1", "A-1", "A-2"):
        write(about)
    delivered()
    other = OtherSide(ThreadState("A-1", received=1, sent=3), ThreadState("A-2", received=1, sent=0))
    found = commands.reconcile("police", other, at=LATER)  # type: ignore[arg-type]
    assert (found.compared, found.sent_again, found.asked_again, found.error) == (2, 1, 1, "")
    assert other.asked == [("A-1", 0)]
    assert [(one.message.about, one.message.sequence) for one in carry.claim("police", 9, at=LATER)] == [("A-1", 2)]
    assert Reconciliation.objects.get().sent_again == 1


def test_both_sides_alike_means_nothing_to_do(town: Town) -> None:
    write("A-1")
    delivered()
    found = commands.reconcile("police", OtherSide(ThreadState("A-1", 1, 0)), at=LATER)  # type: ignore[arg-type]
    assert (found.sent_again, found.asked_again) == (0, 0)


def test_what_is_just_under_way_is_left_alone(town: Town) -> None:
    write("A-1")
    delivered()
    found = commands.reconcile("police", OtherSide(), at=MONDAY + timedelta(seconds=30))  # type: ignore[arg-type]
    assert found.sent_again == 0


def test_a_neighbour_that_is_away_is_noted(town: Town) -> None:
    write("A-1")
    found = commands.reconcile("police", OtherSide(away=True), at=LATER)  # type: ignore[arg-type]
    assert "down" in found.error
    assert Reconciliation.objects.get().error == found.error


def test_what_lies_here_unapplied_is_applied(town: Town) -> None:
    write("A-1")
    commands.receive("police", [acts.told("case.accepted", "A-1", 1)], at=MONDAY)
    OutboxRow.objects.all().delete()  # as if the event had been lost
    assert commands.reconcile("police", OtherSide(ThreadState("A-1", 1, 1)), at=LATER).applied_again == 1  # type: ignore[arg-type]
    outbox.deliver_pending()
    assert Received.objects.get().attempts == 1


def test_the_last_comparison_of_each_neighbour_is_told_and_when_one_last_came_to_its_end(operator: Actor) -> None:
    acts.enter_police()
    (row,) = queries.list_comparisons(by=operator)
    assert (row.code, row.at, row.finished_at, row.compared) == ("police", None, None, 0)
    write("A-1")
    delivered()
    commands.reconcile("police", OtherSide(ThreadState("A-1", 0, 2)), at=LATER)  # type: ignore[arg-type]
    (row,) = queries.list_comparisons(by=operator)
    assert (row.at, row.finished_at, row.error) == (LATER, LATER, "")
    assert (row.compared, row.sent_again, row.asked_again, row.applied_again) == (1, 1, 1, 0)
    night = LATER + timedelta(days=1)
    commands.reconcile("police", OtherSide(away=True), at=night)  # type: ignore[arg-type]
    (row,) = queries.list_comparisons(by=operator)
    assert (row.at, row.finished_at, row.sent_again) == (night, LATER, 0)
    assert "down" in row.error


def test_comparisons_are_for_operators_and_supervisors(town: Town) -> None:
    for actor in (town.wang_fang.actor, town.staff["police"].actor):
        with pytest.raises(NotYourDesk):
            queries.list_comparisons(by=actor)


def test_a_neighbour_no_connector_can_be_made_for_keeps_no_other_from_being_compared(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = {**acts.POLICE, "code": "zoo", "serves": []}
    commands.apply_neighbours({"neighbours": [acts.POLICE, other]}, by=SYSTEM, at=MONDAY)
    connect = queries.connect

    def broken(card: queries.NeighbourCard) -> Connector:
        if card.code == "police":
            raise ValueError("options of another time")
        return connect(card)

    monkeypatch.setattr(queries, "connect", broken)
    tasks.reconcile(0)
    rows = {row.neighbour: row.error for row in Reconciliation.objects.all()}
    assert rows == {"police": "ValueError", "zoo": ""}
