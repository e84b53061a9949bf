"""Splitting one submitted application into the cases of its departments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from yijianshi.cases.logic.states import FAILED, WITH_RESULT, State


@dataclass(frozen=True, slots=True)
class ResolvedItem:
    """One item of an application as settled at submission."""

    code: str
    organisation_id: UUID
    region: str
    waits_for: tuple[str, ...]  # item codes it begins after
    order_only: tuple[str, ...] = ()  # those of them that need only have ended, in whatever way

    def to_json(self) -> dict[str, object]:
        """Return the form stored with the application."""
        return {
            "code": self.code,
            "organisation_id": str(self.organisation_id),
            "region": self.region,
            "waits_for": list(self.waits_for),
            "order_only": list(self.order_only),
        }


def resolved_from_json(rows: Iterable[Mapping[str, object]]) -> list[ResolvedItem]:
    """Return the resolved items stored with an application, in order."""
    return [
        ResolvedItem(
            str(row["code"]),
            UUID(str(row["organisation_id"])),
            str(row["region"]),
            _codes(row, "waits_for"),
            _codes(row, "order_only"),
        )
        for row in rows
    ]


def _codes(row: Mapping[str, object], name: str) -> tuple[str, ...]:
    """An application submitted before AFTER_END existed names no *order_only*: it needs every result, as its version says."""
    return tuple(row.get(name) or ())  # type: ignore[arg-type]


def first_state(item: ResolvedItem, awaits_data: bool = False) -> State:
    """Return where a case starts: on the desk, there waiting for a register, or held until what it waits for is there."""
    if item.waits_for:
        return State.WAITING_UPSTREAM
    return State.AWAITING_DATA if awaits_data else State.RECEIVED


@dataclass(frozen=True, slots=True)
class Sibling:
    """What the order of an application's cases depends on; *order_only* are those of *waits_for* whose result is not needed."""

    item_code: str
    state: State
    waits_for: tuple[str, ...]
    order_only: tuple[str, ...] = ()

    @property
    def needs(self) -> tuple[str, ...]:
        """Return the items whose result this case cannot do without."""
        return tuple(code for code in self.waits_for if code not in self.order_only)


@dataclass(frozen=True, slots=True)
class Consequences:
    """What the present states mean for the held cases: *started* in the given order; *stopped* → the failed item behind it."""

    started: tuple[str, ...]
    stopped: Mapping[str, str]


def consequences(siblings: Sequence[Sibling]) -> Consequences:
    """Return which held cases begin now and which can no longer succeed; a case that stops may let one behind it begin."""
    stopped = blocked(siblings)
    after = [replace(case, state=State.TERMINATED) if case.item_code in stopped else case for case in siblings]
    return Consequences(tuple(ready(after)), stopped)


def ready(siblings: Sequence[Sibling]) -> list[str]:
    """Return the held items whose needed results exist and whose other upstream items have ended, in the given order.

    A result exists from the decision on, even while the paper or card is still on its way (DECIDED).
    """
    with_result = {case.item_code for case in siblings if case.state in WITH_RESULT}
    over = with_result | {case.item_code for case in siblings if case.state in FAILED}
    held = [case for case in siblings if case.state is State.WAITING_UPSTREAM]
    return [case.item_code for case in held if set(case.needs) <= with_result and set(case.order_only) <= over]


def blocked(siblings: Sequence[Sibling]) -> dict[str, str]:
    """Return held item → the failed item that stops it, through any number of held items between them.

    A failure reaches only what needs its result; every other case goes on (handbook 3.0).
    """
    stopped = {case.item_code: case.item_code for case in siblings if case.state in FAILED}
    held = [case for case in siblings if case.state is State.WAITING_UPSTREAM]
    found: dict[str, str] = {}
    growing = True
    while growing:
        growing = False
        for case in held:
            cause = next((stopped[code] for code in case.needs if code in stopped), None)
            if cause is not None and case.item_code not in found:
                found[case.item_code] = stopped[case.item_code] = cause
                growing = True
    return found
