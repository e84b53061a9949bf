"""The ministry's own form of what we say and hear: one address, a service code, its own names, a return code of its own.

A status answer holds the whole log of a case. Its own steps count there too, so our numbers are the places among those that mean
something to us: the same whenever it is asked, without anything to remember.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from yijianshi.exchange.connectors.port import Away, Message, Refusal, Refused, Sent, ThreadState
from yijianshi.exchange.connectors.wire import About

ERRANDS = {"case.handed_over": "1", "case.corrected": "2", "case.withdrawn": "3"}  # 新办、补正、撤回
NAMES = {
    "application": "SQBH",
    "item": "SXBM",
    "item_name": "SXMC",
    "organisation": "BMXYDM",
    "region": "XZQH",
    "applicant": "SQR",
    "received_on": "SJRQ",
    "act_by": "BLQX",
    "facts": "BDXX",
    "materials": "CLXX",
    "reason": "YY",
    "state": "ZT",
}
_FINE = "0000"
M = TypeVar("M", bound=BaseModel)


class _Loose(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Receipt(_Loose):
    BWBS: UUID
    JG: str
    YYDM: str = Field(default="", max_length=60)
    YY: str = ""


class _Receipts(_Loose):
    HZ: tuple[_Receipt, ...]


class _Step(_Loose):
    XH: int = Field(ge=1)
    ZTDM: str = Field(max_length=20)
    SJ: AwareDatetime
    NR: dict[str, Any] = {}
    DQ: str = "0"  # 1: waits for us to take it


class _Log(_Loose):
    SLBH: str = Field(min_length=1, max_length=60)
    YWLSH: About
    LS: tuple[_Step, ...]


class _Logs(_Loose):
    RZ: tuple[_Log, ...]


class _Standing(_Loose):
    YWLSH: About
    JSXH: int = Field(ge=0)
    FSXH: int = Field(ge=0)
    ZTDM: str = Field(default="", max_length=20)


class _Standings(_Loose):
    DZ: tuple[_Standing, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A message made of one step of a log, and how they call that step."""

    message: Message
    receipt: str
    step: int


def opened(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is inside an answer; raises Refused when it says never, Away when it says not now or nothing we know."""
    code, inside = answer.get("FHM"), answer.get("SJ")
    if code == _FINE and isinstance(inside, dict):
        return inside
    if isinstance(code, str) and code.startswith("4"):
        raise Refused(code[:60], str(answer.get("FHXX", ""))[:300])
    raise Away(f"it answered {str(code)[:60]!r}")


def errands(messages: Sequence[Message]) -> list[dict[str, Any]]:
    """Return *messages* as it wants them."""
    return [
        {
            "BWBS": str(one.id),
            "YWLX": ERRANDS[one.kind],
            "YWLSH": one.about,
            "XH": one.sequence,
            "FSSJ": one.at.isoformat(),
            "NR": {NAMES.get(name, name): value for name, value in one.body.items()},
        }
        for one in messages
    ]


def receipts(inside: Mapping[str, Any], asked: Sequence[Message]) -> Sent:
    """Return what became of the messages *asked*; raises Away."""
    ours, found = {one.id for one in asked}, _parsed(_Receipts, inside).HZ
    refused = tuple(Refusal(one.BWBS, one.YYDM or "REFUSED", one.YY[:300]) for one in found if one.JG == "0" and one.BWBS in ours)
    return Sent(tuple(one.BWBS for one in found if one.JG == "1" and one.BWBS in ours), refused)


def heard(inside: Mapping[str, Any], states: Mapping[str, str], neighbour: str) -> tuple[list[Heard], set[str]]:
    """Return the messages its logs hold for us, and the codes we have no meaning for; a log ends before such a code."""
    found: list[Heard] = []
    strange: set[str] = set()
    for log in _parsed(_Logs, inside).RZ:
        place = 0
        for step in sorted(log.LS, key=lambda one: one.XH):
            if step.ZTDM not in states:
                strange.add(step.ZTDM)
                break
            kind = states[step.ZTDM]
            if kind in ("", "case.withdrawn"):
                continue
            place += 1
            if step.DQ == "1":
                message_id = uuid5(NAMESPACE_URL, f"{neighbour}/{log.SLBH}/{step.XH}")
                found.append(Heard(Message(message_id, kind, log.YWLSH, place, step.SJ, step.NR), log.SLBH, step.XH))
    return found, strange


def standings(inside: Mapping[str, Any], states: Mapping[str, str]) -> list[ThreadState]:
    """Return where its cases stand, in our words where its codes have a meaning; raises Away."""
    return [
        ThreadState(one.YWLSH, one.JSXH, one.FSXH, states.get(one.ZTDM, "").removeprefix("case.").upper() or one.ZTDM)
        for one in _parsed(_Standings, inside).DZ
    ]


def _parsed(model: type[M], inside: Mapping[str, Any]) -> M:
    try:
        return model.model_validate(inside)
    except ValidationError as error:
        raise Away(f"its answer has another form: {error.errors(include_url=False, include_input=False)[0]['loc']}") from error
