"""What a clerk sends: read, trimmed and bounded, but not yet judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict

from yijianshi.cases.queries import WorklistFilters
from yijianshi.channels.workbench.presenting import words

LONGEST = {"reason": 2000, "note": 500, "basis": 200, "how": 200, "suspension": 24, "days": 3}
MOST_CASES = 50  # one page of the worklist
MOST_LISTED = 400


@dataclass(frozen=True, slots=True)
class Pick:
    """One point ticked in the correction builder; *key* is ``field:<element>`` or ``material:<code>``."""

    kind: str
    name: str
    text: str

    @property
    def key(self) -> str:
        """Return the value of its check box."""
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One action as sent: words, result values, ticked points, and how far the clerk has come."""

    words: Mapping[str, str] = field(default_factory=dict)
    results: Mapping[str, str | list[str]] = field(default_factory=dict)
    picks: tuple[Pick, ...] = ()
    seen: str = ""  # what the case looked like when the clerk opened it
    listed: str = ""  # the worklist's query string, to come back to
    step: str = ""  # "" a first look, "review", "confirm" or "edit"

    def word(self, name: str) -> str:
        """Return one text, empty when it was not sent."""
        return self.words.get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBatch:
    """One action on many cases as sent."""

    action: str
    case_ids: tuple[UUID, ...]
    results: Mapping[UUID, Mapping[str, str | list[str]]] = field(default_factory=dict)
    note: str = ""
    listed: str = ""
    step: str = ""  # "" straight from the worklist, "check" or "confirm" from the summary

    @property
    def confirmed(self) -> bool:
        """Say whether the summary has been seen and confirmed."""
        return self.step == "confirm"


def filters_of(asked: QueryDict) -> WorklistFilters:
    """Return the worklist's filters; a state or lamp nobody knows means all."""
    state, lamp = asked.get("state", ""), asked.get("lamp", "")
    return WorklistFilters(
        state=state if state in words.STATE_TABS else "",
        lamp=lamp if lamp in words.LAMPS else "",
        search=asked.get("search", "").strip()[:60],
        item=asked.get("item", "").strip()[:80],
        ended=asked.get("ended") == "1",
        supervised=asked.get("supervised") == "1",
    )


def sent_in(request: HttpRequest, result_names: Mapping[str, bool]) -> Sent:
    """Return an action's form as the request carries it, empty when the page is only opened.

    *result_names* says for each result element whether it takes several values.
    """
    post = request.POST
    if request.method != "POST":
        return Sent(listed=listed_of(request.GET))
    step = post.get("step", "review")
    return Sent(
        words={name: post.get(name, "").strip()[:longest] for name, longest in LONGEST.items()},
        results={name: post.getlist(name) if many else post.get(name, "").strip() for name, many in result_names.items()},
        picks=tuple(_pick(key, post) for key in post.getlist("pick") if key.partition(":")[2]),
        seen=post.get("seen", ""),
        listed=listed_of(post),
        step=step if step in {"confirm", "edit"} else "review",
    )


def batch_of(action: str, post: QueryDict) -> SentBatch:
    """Return a batch; ids which are none are dropped, and at most one page of cases is taken."""
    found = dict.fromkeys(case_id for raw in post.getlist("case") if (case_id := _uuid(raw)))
    case_ids = tuple(found)[:MOST_CASES]
    step = post.get("step", "")
    return SentBatch(
        action=action,
        case_ids=case_ids,
        results={case_id: _results_of(case_id, post) for case_id in case_ids},
        note=post.get("note", "").strip()[: LONGEST["note"]],
        listed=listed_of(post),
        step=step if step in {"check", "confirm"} else "",
    )


def result_name(case_id: UUID, name: str) -> str:
    """Return the input's name for one result of one case of a batch."""
    return f"r.{case_id}.{name}"


def _results_of(case_id: UUID, post: QueryDict) -> dict[str, str | list[str]]:
    """Return what was typed for one case; a single value stays text, several (a list of choices) become a list."""
    start = result_name(case_id, "")
    names = [name for name in post if name.startswith(start) and not name.endswith(".shown")]
    values = {name.removeprefix(start): [value.strip() for value in post.getlist(name)] for name in names}
    return {name: given[0] if len(given) == 1 else given for name, given in values.items()}


def listed_of(sent: QueryDict) -> str:
    """Return the query string of the worklist the clerk came from; it is only ever put behind the worklist's own address."""
    return sent.get("list", "")[:MOST_LISTED]


def kept(sent: Sent) -> list[tuple[str, Any]]:
    """Return the hidden inputs that carry a form through its review."""
    pairs: list[tuple[str, Any]] = [(name, value) for name, value in sent.words.items() if value]
    for name, value in sent.results.items():
        pairs += [(name, each) for each in ([value] if isinstance(value, str) else value)]
    for pick in sent.picks:
        pairs += [("pick", pick.key), (f"text.{pick.key}", pick.text)]
    return [*pairs, ("seen", sent.seen), ("list", sent.listed)]


def _pick(key: str, post: QueryDict) -> Pick:
    kind, _, name = key.partition(":")
    return Pick(kind, name, post.get(f"text.{key}", "").strip())


def _uuid(raw: str) -> UUID | None:
    try:
        return UUID(raw)
    except ValueError:
        return None
