"""The worklist page: tabs with counts, filters, rows with their addresses, the way to the next page, what an empty list means."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from yijianshi.cases.logic.who import has_desk
from yijianshi.cases.queries import WorklistFilters, is_watching
from yijianshi.cases.queries.views import Worklist, WorklistRow
from yijianshi.channels.workbench.presenting import service_words, words
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.text import Text

COUNT_LIMIT = 1000
ENDED = Text("已结束", "Ended")
SUPERVISED = Text("监督范围内的办件", "Desks I supervise")
OWN_DESK = Text("回到自己的待办", "My own desk")
_EMPTY = Text("现在没有要办的件。", "Nothing to do at present.")
_EMPTY_NEXT = Text("新的办件到了，会出现在这里。", "New cases will appear here.")
_NO_MATCH = Text("没有符合条件的办件。", "No case matches.")
_NO_MATCH_NEXT = Text("可以放宽条件，或者看全部待办。", "Widen the filters, or see everything on the desk.")
_NOT_ON_PAGE = Text("这一页没有，后面可能还有。", "None on this page; there may be some on the next.")
_NOT_ON_PAGE_NEXT = Text("请看下一页。", "Please see the next page.")


@dataclass(frozen=True, slots=True)
class Tab:
    """One state with how many cases wait in it."""

    label: Text
    count: str
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter."""

    code: str
    label: Text
    chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row and where it leads; *batchable* says whether any batch action suits it."""

    row: WorklistRow
    address: str
    batchable: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the page shows."""

    lines: Sequence[Line]
    tabs: Sequence[Tab]
    lamps: Sequence[Choice]
    items: Sequence[Choice]
    filters: WorklistFilters
    narrowed: bool
    query: str
    next_page: str
    first_page: str
    empty: tuple[Text, Text]
    watching: bool
    is_service: bool  # of a body that is no authority: its buttons speak of service


def desk(page: Worklist, filters: WorklistFilters, cursor: str, by: Actor) -> Desk:
    """Return the page for one *page* of rows."""
    query = query_of(filters)
    listed = f"{query}&{urlencode({'cursor': cursor})}".strip("&") if cursor else query
    narrowed = bool(filters.lamp or filters.search or filters.item)
    return Desk(
        lines=[_line(row, listed) for row in page.rows],
        tabs=_tabs(page, filters) + _watch_tab(filters, by),
        watching=is_watching(by, filters.supervised),
        is_service=_is_service(page),
        lamps=[Choice(code, text, code == filters.lamp) for code, text in words.LAMPS.items()],
        items=[Choice(code, name, code == filters.item) for code, name in page.items.items()],
        filters=filters,
        narrowed=narrowed,
        query=listed,
        next_page=_address(f"{query}&{urlencode({'cursor': page.next_cursor})}".strip("&")) if page.next_cursor else "",
        first_page=_address(query) if cursor else "",
        empty=_empty(bool(page.next_cursor), narrowed or bool(filters.state) or filters.ended),
    )


def query_of(filters: WorklistFilters) -> str:
    """Return the query string of these filters, without the empty ones."""
    pairs = [(name, getattr(filters, name)) for name in ("state", "lamp", "search", "item")]
    flags = [(name, "1") for name in ("ended", "supervised") if getattr(filters, name)]
    return urlencode([pair for pair in pairs if pair[1]] + flags)


def _is_service(page: Worklist) -> bool:
    return bool(page.rows) and all(row.is_service for row in page.rows)


def _tabs(page: Worklist, filters: WorklistFilters) -> list[Tab]:
    counts = {**page.counts, "": sum(page.counts.values())}
    is_service = _is_service(page)
    named = {
        state: service_words.pick(words.STATE_TABS, service_words.TABS, state, is_service=is_service)
        for state in words.STATE_TABS
    }
    found = [_tab(state, text, counts, filters) for state, text in named.items()]
    ended = replace(filters, state="", ended=True)
    return [*found, Tab(ENDED, "", _address(query_of(ended)), filters.ended)]


def _watch_tab(filters: WorklistFilters, by: Actor) -> list[Tab]:
    """Return the way from one's own desk to the desks one supervises, and back."""
    if not (has_desk(by) and by.has_role(Role.SUPERVISOR)):
        return []
    turned = WorklistFilters(supervised=not filters.supervised)
    return [Tab(OWN_DESK if filters.supervised else SUPERVISED, "", _address(query_of(turned)), False)]


def _tab(state: str, text: Text, counts: dict[str, int], filters: WorklistFilters) -> Tab:
    count = counts.get(state, 0)
    shown = f"{COUNT_LIMIT}+" if count >= COUNT_LIMIT else str(count)
    address = _address(query_of(replace(filters, state=state, ended=False)))
    return Tab(text, shown, address, not filters.ended and filters.state == state)


def _line(row: WorklistRow, listed: str) -> Line:
    address = reverse("workbench:case", args=[row.id])
    batchable = bool({"accept", "approve", "deliver"} & set(row.actions))
    return Line(row, f"{address}?{urlencode({'list': listed})}" if listed else address, batchable)


def _empty(more: bool, narrowed: bool) -> tuple[Text, Text]:
    if more:
        return _NOT_ON_PAGE, _NOT_ON_PAGE_NEXT
    return (_NO_MATCH, _NO_MATCH_NEXT) if narrowed else (_EMPTY, _EMPTY_NEXT)


def _address(query: str) -> str:
    base = reverse("workbench:worklist")
    return f"{base}?{query}" if query else base
