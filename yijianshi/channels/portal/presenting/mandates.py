"""Mandates in both directions, in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from yijianshi.kernel.text import Text

KINDS: dict[str, Text] = {
    "GUARDIAN": Text("监护人", "Guardian"),
    "AGENT": Text("委托代办", "Agent"),
    "SPOUSE": Text("配偶授权", "Authorised by spouse"),
    "LEGAL_REPRESENTATIVE": Text("法定代表人", "Legal representative"),
    "STAFF_OF_ENTERPRISE": Text("企业经办人", "Staff of the business"),
}
BY_REGISTER = ("GUARDIAN", "LEGAL_REPRESENTATIVE")
EVERYTHING = Text("所有事项", "all matters")
_ACTIVE = ("done", Text("有效", "In force"))
_ENDED = ("idle", Text("已结束", "Ended"))


@dataclass(frozen=True, slots=True)
class MandateLine:
    """One mandate on the page."""

    id: UUID
    principal_name: str
    agent_name: str
    kind_text: Text
    scope_text: Text
    valid_from: date
    valid_to: date | None
    may_use_certificates: bool
    tone: str
    state_text: Text
    may_end: bool


@dataclass(frozen=True, slots=True)
class BothWays:
    """Mandates I hold, and mandates I gave."""

    received: list[MandateLine]
    given: list[MandateLine]


def both_ways(cards: list[Any], names: dict[str, Text], on: date) -> BothWays:
    """Return the mandates in force that somebody gave me, and all I gave; *names* are thing and item names by code."""
    received = [_line(card, names, on) for card in cards if card.is_received and _in_force(card, on)]
    given = [_line(card, names, on) for card in cards if not card.is_received]
    return BothWays(received, given)


def _in_force(card: Any, on: date) -> bool:
    return str(card.state) == "ACTIVE" and card.valid_from <= on and (card.valid_to is None or on <= card.valid_to)


def _line(card: Any, names: dict[str, Text], on: date) -> MandateLine:
    tone, state = _ACTIVE if _in_force(card, on) else _ENDED
    scopes = [EVERYTHING if code == "*" else names.get(code, Text(code, code)) for code in card.scope]
    return MandateLine(
        id=card.id,
        principal_name=card.principal_name,
        agent_name=card.agent_name,
        kind_text=KINDS.get(str(card.kind), KINDS["AGENT"]),
        scope_text=Text("、".join(scope.zh for scope in scopes), ", ".join(scope.en for scope in scopes)),
        valid_from=card.valid_from,
        valid_to=card.valid_to,
        may_use_certificates=card.may_use_certificates,
        tone=tone,
        state_text=state,
        may_end=tone == "done" and str(card.kind) not in BY_REGISTER,
    )
