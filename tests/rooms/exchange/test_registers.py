"""Registers read instead of asking, against a real server on loopback: answers, more than asked, garbage, nothing, being down."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.rooms.exchange import acts
from tests.town import newborn
from tests.town.people import MONDAY, Town
from tests.town.tampering import told_of
from yijianshi.applications import commands as applications
from yijianshi.applications import queries as drafts
from yijianshi.applications.commands.reads import NotFromARegister, NotTicked, SameValue
from yijianshi.cases import commands as cases
from yijianshi.cases.models import Case
from yijianshi.exchange import queries
from yijianshi.exchange.commands import answers
from yijianshi.exchange.commands.say import NothingSaid
from yijianshi.exchange.connectors.port import Away
from yijianshi.exchange.entrance import reading
from yijianshi.exchange.models import Claim, Debt, RegisterRead
from yijianshi.exchange.queries import sharing
from yijianshi.foundation import clock, outbox
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.errors import DomainError, Invalid, NotFound

MATERNITY, EMPLOYER = "maternity-benefit", "mother.employer_name"
ADDRESS, NUMBER = "household.address", "household.number"
EMPLOYED = {"mother.insurance": "EMPLOYEE", "maternity.settled": False}
HOME = "河南省郑州市金水区登记路8号"
REGISTERS = {
    "household": {"names": {"register.address": "ZZ", "register.number": "HH"}},
    "medical-insurance": {"names": {"insured.employer": "EMP"}},
    "marriage": {"names": {"marriage.spouse_name": "POXM", "marriage.registered_on": "JHDJRQ"}},
}
Fields = dict[str, Any]


class Register(ThreadingHTTPServer):
    """A register that answers as the test says, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, Any]] = []
        self.fields: Callable[[dict[str, Any]], Fields | None] = lambda body: {one: known(one) for one in body["fields"]}
        self.down = False


class Quiet:
    """Stands for the database connection a courier gives back between its steps."""

    def close(self) -> None:
        """Keep it."""


class Handler(BaseHTTPRequestHandler):
    server: Register

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({**body, "path": self.path})
        fields = self.server.fields(body)
        answer = {
            "request": body["request"],
            "found": fields is not None,
            "as_of": "2026-03-01T00:00:00Z",
            "fields": fields or {},
        }
        content = json.dumps({"taken": True} if self.path.endswith("/corrections") else answer).encode()
        self.send_response(503 if self.server.down else 200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def known(name: str) -> str:
    return {"ZZ": HOME, "HH": "410105009999", "POXM": "李强", "JHDJRQ": "2023-05-20", "EMP": "郑州示范公司"}[name]


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    server = Register()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(reading, "connection", Quiet())  # the test's own connection stays open
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def offered(town: Town, register: Register) -> Town:
    """The town, whose police and civil affairs offer registers at one address; cases stay in the house."""
    address = f"http://127.0.0.1:{register.server_address[1]}"
    acts.enter_police(registers=REGISTERS, serves=[], options={"address": address, "timeout_seconds": 2})
    return town


def read() -> int:
    card = queries.get_neighbour("police")
    connector = queries.connect(card)
    try:
        return reading.carry_reads(card, connector, 50)
    finally:
        connector.close()


def start(town: Town, **changed: Any) -> UUID:
    """Return a complete draft in which what the registers know is left to them."""
    by = town.wang_fang.actor
    draft_id = newborn.fill_in(by, MONDAY, **changed)
    applications.save_draft(application_id=draft_id, values={ADDRESS: "", NUMBER: "", EMPLOYER: ""}, by=by, at=MONDAY)
    return draft_id


def field_of(draft_id: UUID, fact: str, town: Town) -> Any:
    draft = drafts.get_draft(draft_id, by=town.wang_fang.actor, at=MONDAY)
    return next(one for group in draft.groups for one in group.fields if one.element.name == fact)


def now() -> Any:
    return clock.now()


def test_a_draft_asks_only_what_its_items_declare_and_shows_where_it_came_from(offered: Town, register: Register) -> None:
    draft_id = start(offered, **{"household.follows": "MOTHER"})
    assert read() >= 1
    household = next(one for one in register.asked if "household" in one["path"])
    assert household["fields"] == ["ZZ"]  # the number is sensitive: nobody agreed
    assert household["purpose"] == "household-registration-birth"
    shown = field_of(draft_id, "household.address", offered)
    assert (shown.source.kind, shown.source.label.zh, shown.source.value) == ("REGISTER", "户籍信息", HOME)
    assert HOME not in str(RegisterRead.objects.filter(matter=draft_id).values("value"))  # sealed at rest
    assert "的 authorisation 与第" in told_of("UPDATE exchange_read SET authorisation = 'CONSENT' WHERE state = 'ANSWERED'")[0]


def test_what_was_not_asked_for_and_what_cannot_be_a_value_is_dropped(offered: Town, register: Register) -> None:
    register.fields = lambda body: {one: known(one) for one in body["fields"]} | {"SECRET": "x", "JHDJRQ": {"deep": []}}
    draft_id = start(offered, **{"household.follows": "MOTHER"})
    read()
    for card in sharing.list_reads([draft_id])[draft_id]:
        assert set(card.fields) <= set(card.asked)
        assert "SECRET" not in card.fields
        assert not isinstance(card.fields.get("marriage.registered_on"), dict)


@pytest.mark.parametrize("value", ["长" * 5000, ["a"] * 5000, 10**30, {"a": 1}])
def test_impossible_values_supply_nothing(offered: Town, register: Register, value: Any) -> None:
    register.fields = lambda body: dict.fromkeys(body["fields"], value)
    draft_id = start(offered, **{"household.follows": "MOTHER"})
    read()
    assert {card.state for card in sharing.list_reads([draft_id])[draft_id]} == {"NOT_FOUND"}


def test_sensitive_fields_are_read_on_consent_only_and_forgotten_without_it(offered: Town, register: Register) -> None:
    by = offered.wang_fang.actor
    draft_id = start(offered, **{"household.follows": "MOTHER"})
    with pytest.raises(NotTicked):
        applications.consent_to_read(application_id=draft_id, register="household", agreed=False, by=by, at=now())
    for _ in range(2):  # the same again changes nothing
        applications.consent_to_read(application_id=draft_id, register="household", agreed=True, by=by, at=now())
    read()
    asked = [one["fields"] for one in register.asked if "household" in one["path"]]
    assert sorted(asked) == [["HH"], ["ZZ"]]
    assert field_of(draft_id, "household.number", offered).source.value == "410105009999"
    applications.withdraw_consent(application_id=draft_id, register="household", by=by, at=now())
    assert field_of(draft_id, "household.number", offered).source is None
    assert not RegisterRead.objects.filter(matter=draft_id, part="SENSITIVE").exclude(value="").exists()
    with pytest.raises(NotFound):
        applications.withdraw_consent(application_id=draft_id, register="household", by=by, at=now())


def test_a_stranger_can_neither_consent_nor_dispute_nor_object(offered: Town, register: Register) -> None:
    draft_id = start(offered, **{"household.follows": "MOTHER"})
    read()
    stranger = offered.stranger.actor
    with pytest.raises(NotFound):
        applications.consent_to_read(application_id=draft_id, register="household", agreed=True, by=stranger, at=now())
    with pytest.raises(NotFound):
        applications.dispute(
            application_id=draft_id, fact="household.address", claimed="别处", reason="错", by=stranger, at=now()
        )
    read_id = RegisterRead.objects.filter(matter=draft_id, holder="applicant").values_list("id", flat=True)[0]
    for forged in (read_id, uuid4()):
        with pytest.raises(NotFound):
            applications.object_to_use(kind="READ", use_id=forged, reason="不同意", by=stranger, at=now())
    assert not [one for one in drafts.list_data_uses(by=stranger) if one.kind == "READ"]


def test_this_is_wrong_takes_her_value_and_tells_the_register(offered: Town, register: Register) -> None:
    by = offered.wang_fang.actor
    draft_id = start(offered, **{"household.follows": "MOTHER"})
    read()
    said: dict[str, Any] = {"application_id": draft_id, "by": by, "at": now()}
    with pytest.raises(SameValue):
        applications.dispute(fact="household.address", claimed=HOME, reason="错", **said)
    with pytest.raises(NothingSaid):
        applications.dispute(fact="household.address", claimed="河南省郑州市新家1号", reason=" ", **said)
    with pytest.raises(NotFromARegister):
        applications.dispute(fact="child.name", claimed="别的", reason="错", **said)
    applications.dispute(fact="household.address", claimed="河南省郑州市新家1号", reason="去年搬了家", **said)
    draft = drafts.get_draft(draft_id, by=by, at=MONDAY)
    assert draft.facts["household.address"] == "河南省郑州市新家1号"
    assert draft.disputed["household.address"].said == HOME
    card = queries.get_neighbour("police")
    connector = queries.connect(card)
    assert reading.carry_claims(card, connector, 10) == 1
    connector.close()
    told = register.asked[-1]
    assert (told["field"], told["said"], told["claimed"]) == ("ZZ", HOME, "河南省郑州市新家1号")
    assert Claim.objects.get().state == "TAKEN"


def test_a_registers_value_is_disputed_not_replaced_in_silence(offered: Town, register: Register) -> None:
    by, elsewhere = offered.wang_fang.actor, "河南省郑州市新家1号"
    draft_id = start(offered, **{"household.follows": "MOTHER"})
    read()
    save: dict[str, Any] = {"application_id": draft_id, "by": by, "at": now()}
    refused = applications.save_draft(values={"household.address": elsewhere, "child.name": "李小雨"}, **save)
    assert [problem.name for problem in refused.problems] == ["household.address"]
    assert "户籍信息" in refused.problems[0].text.zh
    draft = drafts.get_draft(draft_id, by=by, at=MONDAY)
    assert (draft.facts["household.address"], draft.facts["child.name"]) == (HOME, "李小雨")
    assert applications.save_draft(values={"household.address": HOME}, **save).problems == ()
    applications.dispute(fact="household.address", claimed=elsewhere, reason="去年搬了家", **save)
    assert applications.save_draft(values={"household.address": f"{elsewhere}2号楼"}, **save).problems == ()


def test_the_ledger_shows_every_read_and_takes_an_objection(offered: Town, register: Register) -> None:
    by = offered.wang_fang.actor
    start(offered, **{"household.follows": "MOTHER"})
    read()
    lines = drafts.list_data_uses(by=by)
    line = next(one for one in lines if one.source.zh == "户籍信息")
    assert [name.zh for name in line.fields] == ["户籍地址"]
    with pytest.raises(Invalid):
        applications.object_to_use(kind="READ", use_id=line.id, reason="", by=by, at=now())
    applications.object_to_use(kind="READ", use_id=line.id, reason="我没有让你们读", by=by, at=now())
    applications.object_to_use(kind="READ", use_id=line.id, reason="再说一遍", by=by, at=now())
    again = next(one for one in drafts.list_data_uses(by=by) if one.id == line.id)
    assert again.objection is not None
    assert again.objection.reason == "我没有让你们读"


def test_discarding_a_draft_forgets_the_values_and_keeps_the_ledger(offered: Town, register: Register) -> None:
    by = offered.wang_fang.actor
    draft_id = start(offered, **{"household.follows": "MOTHER"})
    read()
    applications.discard(application_id=draft_id, by=by, at=now())
    assert not RegisterRead.objects.filter(matter=draft_id).exclude(value="").exists()
    assert any(one.source.zh == "户籍信息" for one in drafts.list_data_uses(by=by))


def submitted_while_down(offered: Town, register: Register) -> UUID:
    """王芳 hands in while the registers are down and leaves empty what only a register knows."""
    by = offered.wang_fang.actor
    register.down = True
    draft_id = start(offered, **EMPLOYED)
    with pytest.raises(Away):
        read()
    waiting = field_of(draft_id, EMPLOYER, offered)
    assert (waiting.required, waiting.problem) == (False, None)
    assert waiting.awaited.zh == "基本医保参保信息"
    newborn.submit(draft_id, by, MONDAY)
    cases.split([draft_id], by=SYSTEM, at=MONDAY)
    return draft_id


def states_of(draft_id: UUID) -> dict[str, str]:
    return dict(Case.objects.filter(application_id=draft_id).values_list("item_code", "state"))


def test_a_register_that_is_down_stops_nobody_and_only_its_item_waits(offered: Town, register: Register) -> None:
    draft_id = submitted_while_down(offered, register)
    owing = {debt.item for debt in Debt.objects.filter(matter=draft_id)}
    assert MATERNITY in owing
    states = states_of(draft_id)
    assert {states[item] for item in owing} <= {"AWAITING_DATA", "WAITING_UPSTREAM"}
    assert {item for item, state in states.items() if state == "AWAITING_DATA"} <= owing
    assert "RECEIVED" in states.values()


def test_when_the_register_is_back_the_debt_is_caught_up_exactly_once(offered: Town, register: Register) -> None:
    draft_id = submitted_while_down(offered, register)
    hold(draft_id)
    register.down = False
    for neighbour in set(RegisterRead.objects.values_list("neighbour", flat=True)):
        answers.hasten_reads(neighbour, at=now())
    read()
    outbox.deliver_pending()
    assert states_of(draft_id)[MATERNITY] == "RECEIVED"
    facts = drafts.facts_for_cases([(draft_id, MATERNITY)])[draft_id, MATERNITY]
    assert facts[EMPLOYER] == "郑州示范公司"
    assert cases.take_up_answered([draft_id], at=now()) == 0
    assert Debt.objects.get(matter=draft_id, item=MATERNITY).how == "ANSWERED"
    received_on = Case.objects.get(application_id=draft_id, item_code=MATERNITY).received_on
    assert received_on == clock.today(MONDAY)  # the wait costs her no day


def test_a_department_may_go_on_without_the_data(offered: Town, register: Register) -> None:
    draft_id = submitted_while_down(offered, register)
    hold(draft_id)
    case = Case.objects.get(application_id=draft_id, item_code=MATERNITY)
    clerk = offered.staff["medical-insurance"].actor
    with pytest.raises(DomainError):
        cases.go_without_data([cases.WithoutData(case_id=case.id, reason="")], by=clerk, at=now())
    with pytest.raises(NotFound):
        cases.go_without_data([cases.WithoutData(case_id=case.id, reason="看")], by=offered.staff["police"].actor, at=now())
    cases.go_without_data([cases.WithoutData(case_id=case.id, reason="电话核对过了")], by=clerk, at=now())
    assert states_of(draft_id)[MATERNITY] == "RECEIVED"
    assert Debt.objects.get(matter=draft_id, item=MATERNITY).how == "BY_HAND"


def hold(draft_id: UUID) -> None:
    """Let the maternity item stand on its desk, waiting for nothing but the register."""
    Case.objects.filter(application_id=draft_id, item_code=MATERNITY).update(
        state="AWAITING_DATA", waits_for=[], order_only=[], received_on=clock.today(MONDAY)
    )
