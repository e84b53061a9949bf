"""The Track: where the stations and lines of a case graph are drawn, left to right and top to bottom. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from yijianshi.kernel import graph

Line = tuple[str, str]  # upstream, downstream
_DRAWINGS_IN_MEMORY = 1024  # a layout depends on the shape of the graph and the height of the words, not on whose it is


@dataclass(frozen=True, slots=True)
class Place:
    """Centre of a station and the top left of its words, in drawing units."""

    code: str
    x: int
    y: int
    text_x: int
    text_y: int


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line between two stations as an SVG path; *critical* lines decide the promised date."""

    upstream: str
    downstream: str
    path: str
    critical: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished layout, ready for the template."""

    width: int
    height: int
    places: tuple[Place, ...]
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True, slots=True)
class Wide:
    """Measures of the left-to-right drawing."""

    column: int = 262
    row: int = 168
    last: int = 136  # room for the words under the lowest row
    margin: int = 26
    corner: int = 16


@dataclass(frozen=True, slots=True)
class Tall:
    """Measures of the top-to-bottom drawing; the elder page uses larger ones."""

    lane: int = 26
    row: int = 132
    margin: int = 20
    width: int = 358
    gap: int = 22


def without_shortcuts(nodes: Sequence[str], lines: Sequence[Line]) -> list[Line]:
    """Return *lines* without those a longer way already says (transitive reduction), in the given order, once each."""
    known = [line for line in dict.fromkeys(lines) if line[0] in nodes and line[1] in nodes]
    after: dict[str, set[str]] = {node: {b for a, b in known if a == node} for node in nodes}
    return [(a, b) for a, b in known if not any(_reaches(after, c, b) for c in after[a] if c != b)]


def lay_out_wide(nodes: Sequence[str], lines: Sequence[Line], path: Sequence[str] = (), measures: Wide | None = None) -> Drawing:
    """Place stations in columns by what they wait for; long lines keep a free row of their own."""
    return _lay_out_wide(tuple(nodes), tuple(lines), tuple(path), measures or Wide())


@lru_cache(maxsize=_DRAWINGS_IN_MEMORY)
def _lay_out_wide(nodes: tuple[str, ...], lines: tuple[Line, ...], path: tuple[str, ...], size: Wide) -> Drawing:
    kept = without_shortcuts(nodes, lines)
    columns = _columns(nodes, kept)
    rows = _rows(nodes, kept, columns, path)
    spots = {node: (size.margin + columns[node] * size.column, size.margin + rows[node] * size.row) for node in nodes}
    strokes = tuple(Stroke(a, b, _bend(spots[a], spots[b], size), _is_critical((a, b), path)) for a, b in kept)
    places = tuple(Place(node, x, y, x - 16, y + 26) for node, (x, y) in spots.items())
    width = size.margin + (max(columns.values(), default=0) + 1) * size.column
    height = size.margin + max(rows.values(), default=0) * size.row + size.last
    return Drawing(width, height, places, _strong_last(strokes))


def lay_out_tall(nodes: Sequence[str], lines: Sequence[Line], path: Sequence[str] = (), measures: Tall | None = None) -> Drawing:
    """Place one station a row, on lanes like a rail map; words stand right of all lanes."""
    return _lay_out_tall(tuple(nodes), tuple(lines), tuple(path), measures or Tall())


@lru_cache(maxsize=_DRAWINGS_IN_MEMORY)
def _lay_out_tall(nodes: tuple[str, ...], lines: tuple[Line, ...], path: tuple[str, ...], size: Tall) -> Drawing:
    kept = without_shortcuts(nodes, lines)
    columns = _columns(nodes, kept)
    order = sorted(nodes, key=lambda node: (columns[node], node not in path, list(nodes).index(node)))
    row = {node: index for index, node in enumerate(order)}
    lanes = _lanes(order, kept, path)
    text_x = size.margin * 2 + max((lane for lane in lanes.values()), default=0) * size.lane + size.gap
    spots = {node: (size.margin + lanes[node] * size.lane, size.margin + row[node] * size.row) for node in order}
    strokes = tuple(
        Stroke(a, b, _drop(spots[a], spots[b], size.margin + lanes[(a, b)] * size.lane, size), _is_critical((a, b), path))
        for a, b in kept
    )
    places = tuple(Place(node, x, y, text_x, y - 6) for node, (x, y) in spots.items())
    return Drawing(size.width, size.margin + len(order) * size.row, places, _strong_last(strokes))


def _reaches(after: Mapping[str, set[str]], start: str, goal: str) -> bool:
    todo, seen = [start], {start}
    while todo:
        node = todo.pop()
        if node == goal:
            return True
        fresh = after[node] - seen
        seen |= fresh
        todo.extend(fresh)
    return False


def _columns(nodes: Sequence[str], lines: Sequence[Line]) -> dict[str, int]:
    needs = {node: [a for a, b in lines if b == node] for node in nodes}
    column: dict[str, int] = {}
    for node in graph.topological_order(list(nodes), needs):
        column[node] = max((column[source] + 1 for source in needs[node]), default=0)
    return column


def _rows(nodes: Sequence[str], lines: Sequence[Line], columns: Mapping[str, int], path: Sequence[str]) -> dict[str, int]:
    """Give the critical path the first row; others the first row free over all columns their incoming lines cross."""
    rows: dict[str, int] = {}
    taken: set[tuple[int, int]] = set()
    for node in sorted(nodes, key=lambda n: (columns[n], n not in path, list(nodes).index(n))):
        sources = [a for a, b in lines if b == node]
        first = min((columns[a] + 1 for a in sources), default=columns[node])
        wanted = min((rows[a] for a in sources), default=0) if sources else 0
        if node in path:
            wanted = 0
        row = wanted
        while any((column, row) in taken for column in range(first, columns[node] + 1)):
            row += 1
        taken.update((column, row) for column in range(first, columns[node] + 1))
        rows[node] = row
    return rows


def _lanes(order: Sequence[str], lines: Sequence[Line], path: Sequence[str]) -> "dict[str | Line, int]":
    """Give every station and every line a lane no other line or station uses in the rows between."""
    row = {node: index for index, node in enumerate(order)}
    used: set[tuple[int, int]] = set()
    lanes: dict[str | Line, int] = {}
    for node in order:
        incoming = sorted((a for a, b in lines if b == node), key=lambda a: (not _is_critical((a, node), path), row[a]))
        first = row[incoming[0]] + 1 if incoming else row[node]
        lane = _free_lane(used, range(first, row[node] + 1), lanes[incoming[0]] if incoming else 0)
        used.update((lane, r) for r in range(first, row[node] + 1))
        lanes[node] = lane
        for source in incoming:
            between = range(row[source] + 1, row[node])
            own = lane if source == incoming[0] else _free_lane(used, between, lanes[source])
            used.update((own, r) for r in between)
            lanes[(source, node)] = own
    return lanes


def _free_lane(used: set[tuple[int, int]], rows: range, wanted: int) -> int:
    lanes: list[int] = [wanted, *range(len(used) + 1)]
    for lane in lanes:
        if not any((lane, row) in used for row in rows):
            return lane
    return len(used) + 1


def _is_critical(line: Line, path: Sequence[str]) -> bool:
    return line in set(zip(path, list(path)[1:], strict=False))


def _strong_last(strokes: tuple[Stroke, ...]) -> tuple[Stroke, ...]:
    return tuple(sorted(strokes, key=lambda stroke: stroke.critical))


def _bend(start: tuple[int, int], end: tuple[int, int], size: Wide) -> str:
    (x1, y1), (x2, y2) = start, end
    if y1 == y2:
        return f"M{x1} {y1}H{x2}"
    turn, r = x1 + size.column - 34, size.corner
    if x2 - x1 <= size.column:
        turn = x2 - 34
    s = 1 if y2 > y1 else -1
    return f"M{x1} {y1}H{turn - r}Q{turn} {y1} {turn} {y1 + s * r}V{y2 - s * r}Q{turn} {y2} {turn + r} {y2}H{x2}"


def _drop(start: tuple[int, int], end: tuple[int, int], lane_x: int, size: Tall) -> str:
    (x1, y1), (x2, y2) = start, end
    half = size.row // 2
    out = "" if lane_x == x1 else f"C{x1} {y1 + half} {lane_x} {y1 + half // 2} {lane_x} {y1 + size.row - 10}"
    back = f"V{y2}" if lane_x == x2 else f"V{max(y2 - size.row + 10, y1)}C{lane_x} {y2 - half // 2} {x2} {y2 - half} {x2} {y2}"
    return f"M{x1} {y1}{out}{back}"
