"""Splitting one submitted application into the cases of its departments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from yijianshi.cases.logic.states import FAILED, SUCCEEDED, State


@dataclass(frozen=True, slots=True)
class ResolvedItem:
    """One item of an application as settled at submission."""

    code: str
    organisation_id: UUID
    region: str
    waits_for: tuple[str, ...]  # item codes whose results it needs

    def to_json(self) -> dict[str, object]:
        """Return the form stored with the application."""
        return {
            "code": self.code,
            "organisation_id": str(self.organisation_id),
            "region": self.region,
            "waits_for": list(self.waits_for),
        }


def resolved_from_json(rows: Iterable[Mapping[str, object]]) -> list[ResolvedItem]:
    """Return the resolved items stored with an application, in order."""
    return [
        ResolvedItem(str(row["code"]), UUID(str(row["organisation_id"])), str(row["region"]), tuple(row["waits_for"]))  # type: ignore[arg-type]
        for row in rows
    ]


def first_state(item: ResolvedItem) -> State:
    """Return where a case starts: on the desk, or held until the results it needs exist."""
    return State.WAITING_UPSTREAM if item.waits_for else State.RECEIVED


@dataclass(frozen=True, slots=True)
class Sibling:
    """What the order of an application's cases depends on."""

    item_code: str
    state: State
    waits_for: tuple[str, ...]


def ready(siblings: Sequence[Sibling]) -> list[str]:
    """Return the held items all of whose upstream items have succeeded, in the given order."""
    done = {case.item_code for case in siblings if case.state in SUCCEEDED}
    return [case.item_code for case in siblings if case.state is State.WAITING_UPSTREAM and set(case.waits_for) <= done]


def blocked(siblings: Sequence[Sibling]) -> dict[str, str]:
    """Return held item → the failed item that stops it, through any number of held items between them.

    A failure reaches only what depends on it; every other case goes on (handbook 3.0).
    """
    stopped = {case.item_code: case.item_code for case in siblings if case.state in FAILED}
    held = [case for case in siblings if case.state is State.WAITING_UPSTREAM]
    found: dict[str, str] = {}
    growing = True
    while growing:
        growing = False
        for case in held:
            cause = next((stopped[code] for code in case.waits_for if code in stopped), None)
            if cause is not None and case.item_code not in found:
                found[case.item_code] = stopped[case.item_code] = cause
                growing = True
    return found
