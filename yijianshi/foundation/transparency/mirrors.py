"""Tables compared with the history that tells of them: which row is gone, slipped in, or not what was written down.

The history is compared with the log line by line (checking.py). A room declares here what its rows must have in common with those
lines; PostgreSQL joins the two from both sides, so a row without a line is found as well as a line without a row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from yijianshi.kernel.text import Text

GONE = Text("第 {line} 条历史说的{name} {id} 不在库里：被删除", "line {line} tells of {name} {id}, which was deleted")
SLIPPED_IN = Text("{name} {id} 没有历史，不是平台写的", "{name} {id} has no history: the house did not write it")
DIFFERS = Text("{name} {id} 的 {columns} 与第 {line} 条历史不符：被改过", "{name} {id}: {columns} is not what line {line} says")
_PAGE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirror:
    """Rows of one table and the lines that tell of them; every part is trusted SQL of the house, never input.

    *key* pairs a row with its line, *same* is what the two have in common: column of the row → expression over the line. Of
    several lines for one key the newest counts, with *first* the oldest. *lines* and *rows* leave out those without a
    counterpart; without *both_ways* a row needs no line (lines of earlier versions of the house did not say it yet).
    """

    name: Text  # what a citizen or an auditor calls one row
    table: str
    kind: str  # subject_kind of the lines
    actions: tuple[str, ...] = ()  # none: every line of that kind with a state
    key: Mapping[str, str] = field(default_factory=lambda: {"id": "subject_id"})
    same: Mapping[str, str] = field(default_factory=dict)
    lines: str = "TRUE"
    rows: str = "TRUE"
    first: bool = False
    both_ways: bool = True

    @property
    def sql(self) -> str:
        """Return the query for what does not fit: number of the line, key of the row, names of the columns that differ."""
        keys = ", ".join(f"{expression} AS k_{name}" for name, expression in self.key.items())
        values = "".join(f", {expression} AS v_{name}" for name, expression in self.same.items())
        names = ", ".join(f"k_{name}" for name in self.key)
        chosen = "action = ANY(%s)" if self.actions else "to_state <> ''"
        paired = " AND ".join(f"r.{name} = h.k_{name}" for name in self.key)
        differing = ", ".join(f"CASE WHEN r.{name} IS DISTINCT FROM h.v_{name} THEN '{name}' END" for name in self.same)
        pair = ", ".join(f"coalesce(r.{name}, h.k_{name})::text" for name in self.key)
        return f"""
WITH h AS (SELECT DISTINCT ON ({names}) * FROM
        (SELECT id AS line, {keys}{values} FROM foundation_history WHERE subject_kind = %s AND {chosen} AND {self.lines}) told
        ORDER BY {names}, line {"" if self.first else "DESC"}),
    r AS (SELECT *, TRUE AS is_there FROM {self.table} WHERE {self.rows}),
    pairs AS (SELECT h.line, r.is_there, concat_ws(' ', {pair}) AS id, array_remove(ARRAY[{differing}]::text[], NULL) AS columns
        FROM h {"FULL" if self.both_ways else "LEFT"} JOIN r ON {paired})
SELECT line, id, is_there, columns FROM pairs WHERE line IS NULL OR is_there IS NULL OR cardinality(columns) > 0
ORDER BY line, id
"""  # noqa: S608 (the parts are declared in code)

    def findings(self) -> Iterator[Text]:
        """Yield what does not fit."""
        with transaction.atomic(), connection.chunked_cursor() as cursor:
            cursor.execute(self.sql, [self.kind, *([list(self.actions)] if self.actions else [])])
            while page := cursor.fetchmany(_PAGE):
                for row in page:
                    yield self._say(*row)

    def _say(self, line: int | None, key: str, is_there: bool | None, columns: Any) -> Text:
        about: dict[str, Any] = {"name": self.name, "id": key, "line": line}
        if line is None:
            return SLIPPED_IN.format(**about)
        return DIFFERS.format(**about, columns=", ".join(columns)) if is_there else GONE.format(**about)


_declared: list[Mirror] = []


def declare(*mirrors: Mirror) -> None:
    """Have the whole-database check compare these, once each."""
    _declared.extend(one for one in mirrors if one not in _declared)


def compare() -> Iterator[Text]:
    """Yield what does not fit, table by table."""
    for one in _declared:
        yield from one.findings()


def tables() -> frozenset[str]:
    """Return the tables that are compared."""
    return frozenset(one.table for one in _declared)
