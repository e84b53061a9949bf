"""The desk for stuck messages as a program sees it: the operator acts, the supervisor looks, nobody else enters."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.journeys.api.conftest import Enter, Now, Program
from tests.rooms.exchange import acts
from tests.town.people import JINSHUI, Town, add_staff
from yijianshi.exchange import commands, queries
from yijianshi.exchange.models import Outgoing, Received
from yijianshi.foundation import history
from yijianshi.identity.logic.actor import Role

STUCK = "/exchange/stuck"


@pytest.fixture
def message(town: Town, now: Now) -> Iterator[str]:
    """A message the police refused."""
    acts.enter_police()
    with transaction.atomic():
        (sent,) = commands.send([commands.Parcel("police", "case.handed_over", "HN-1", {"child.name": "王小明"})], at=now.at)
    Outgoing.objects.update(refused="UNKNOWN_ITEM", error="we do not do this")
    yield str(sent)
    queries.forget_neighbours()


@pytest.fixture
def operator(town: Town, enter: Enter) -> Program:
    add_staff(f"government-service-{JINSHUI}", "op", frozenset({Role.OPERATOR}))
    return enter("op")


def one(program: Program) -> dict[str, Any]:
    (row,) = program.get(STUCK)
    found: dict[str, Any] = row
    return found


def test_an_operators_program_lists_and_tries_again(operator: Program, message: str) -> None:
    row = one(operator)
    assert (row["way"], row["id"], row["neighbour"], row["about"], row["refused"]) == ("out", message, "police", "HN-1", True)
    assert row["neighbour_name"] == {"zh": "公安户政系统", "en": "Police household system"}
    assert "UNKNOWN_ITEM" in row["error"]["en"]
    assert "王小明" not in str(row)
    operator.post(f"{STUCK}/out/{message}/retry", None, 204)
    assert operator.get(STUCK) == []
    assert Outgoing.objects.get().refused == ""


def test_a_key_of_the_operator_opens_the_desk_too(operator: Program, message: str) -> None:
    made = operator.post("/keys", {"name": "monitor"}, 201)["key"]
    assert one(Program({"Authorization": f"Bearer {made}"}))["id"] == message


def test_handing_over_is_written_down_and_ends_it(operator: Program, message: str) -> None:
    operator.post(f"{STUCK}/out/{message}/hand-to-person", {"note": "改由窗口办理"}, 204)
    row = Outgoing.objects.get()
    assert (row.closed_note, row.closed_at is not None) == ("改由窗口办理", True)
    assert history.list_for("message", row.id)[0].entry.reason == "改由窗口办理"
    assert operator.get(STUCK) == []
    for verb, body in (("retry", None), ("hand-to-person", {"note": "again"})):
        assert "不再卡住" in str(operator.post(f"{STUCK}/out/{message}/{verb}", body, 409))


def test_one_that_came_in_and_cannot_be_used_is_handed_over(operator: Program, message: str, now: Now) -> None:
    commands.receive("police", [acts.told("case.approved", "HN-1", 1)], at=now.at)
    with transaction.atomic():
        commands.apply_threads([("police", "HN-1")], at=now.at)
    (row,) = [found for found in operator.get(STUCK) if found["way"] == "in"]
    operator.post(f"{STUCK}/in/{row['id']}/retry", None, 204)
    operator.post(f"{STUCK}/in/{row['id']}/hand-to-person", {"note": "已电话告知张警官"}, 204)
    assert Received.objects.get().closed_note == "已电话告知张警官"


@pytest.mark.parametrize(
    "body", [{"note": "  "}, {"note": ""}, {"note": "长" * 501}, {}, {"note": "x", "who": "y"}, {"note": None}, {"note": "\0"}]
)
def test_without_a_word_of_what_was_agreed_nothing_is_closed(operator: Program, message: str, body: dict[str, Any]) -> None:
    operator.post(f"{STUCK}/out/{message}/hand-to-person", body, 422)
    assert Outgoing.objects.get().closed_at is None


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("out/no-id", 409),
        ("out/%00", 409),
        ("in/%00", 409),
        ("in/0", 409),
        ("in/" + "9" * 30, 409),
        ("sideways/1", 422),
        ("out/" + "x" * 41, 422),
    ],
)
def test_what_is_not_there_is_said_so(operator: Program, message: str, address: str, status: int) -> None:
    operator.post(f"{STUCK}/{address}/retry", None, status)
    assert Outgoing.objects.get().refused == "UNKNOWN_ITEM"


def test_a_supervisor_looks_and_does_not_act(town: Town, enter: Enter, message: str) -> None:
    add_staff(f"government-service-{JINSHUI}", "sup", frozenset({Role.SUPERVISOR}))
    supervisor = enter("sup")
    assert one(supervisor)["id"] == message
    supervisor.post(f"{STUCK}/out/{message}/retry", None, 403)
    supervisor.post(f"{STUCK}/out/{message}/hand-to-person", {"note": "x"}, 403)
    assert Outgoing.objects.get().closed_at is None


def test_strangers_are_refused(town: Town, enter: Enter, message: str) -> None:
    add_staff(f"government-service-{JINSHUI}", "clerk-x", frozenset({Role.CLERK}))
    for program, status in ((Program(), 401), (enter("wangfang"), 403), (enter("clerk-x"), 403)):
        program.get(STUCK, status)
        program.post(f"{STUCK}/out/{message}/retry", None, status)
        program.post(f"{STUCK}/out/{message}/hand-to-person", {"note": "x"}, status)
    row = Outgoing.objects.get()
    assert (row.refused, row.closed_at) == ("UNKNOWN_ITEM", None)
