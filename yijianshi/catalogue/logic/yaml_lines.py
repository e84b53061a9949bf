"""YAML read with the line of every value, and without the surprises of YAML 1.1.

``on``, ``off``, ``yes``, ``no`` stay words, ``12:30`` stays text, fractions become Decimal, a key written twice is an error,
and anchors are refused (a short file must not grow without bound when read).
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from yijianshi.kernel.text import Text

READER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C reader where the library has it
Path = tuple[str | int, ...]
MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 40

_INT = re.compile(r"^[-+]?(0|[1-9][0-9]*)$")
_DECIMAL = re.compile(r"^[-+]?(0|[1-9][0-9]*)\.[0-9]+$")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False, "True": True, "False": False}
_NO_ANCHORS = Text("不要使用 YAML 锚点（& 和 *），请把内容写出来。", "Do not use YAML anchors (& and *); write the content out.")
_TOO_DEEP = Text("嵌套太深。", "Nested too deeply.")
_ONE_DOCUMENT = Text(
    "一个文件只写一份内容；请去掉“---”之后的部分，或者另存一个文件。",
    "A file holds one document; take out what follows '---', or put it into a file of its own.",
)


class YamlProblem(Exception):
    """A file that cannot be read as YAML, with the line and the words for a person."""

    def __init__(self, line: int, text: Text) -> None:
        super().__init__(text.en)
        self.line = line
        self.text = text


@dataclass(frozen=True, slots=True)
class Parsed:
    """The values of a file, and the line (from 1) at which each path begins."""

    value: Any
    lines: dict[Path, int]


def parse_yaml(text: str) -> Parsed:
    """Return the values and lines of one YAML document. Raises YamlProblem."""
    if len(text) > MAX_CHARACTERS:
        raise YamlProblem(
            1,
            Text("文件太大（超过 100 万字符），请拆成几个文件。", "The file is too large (over 1 million characters); split it."),
        )
    reader = _Reader(text)
    try:
        return Parsed(reader.read(), reader.lines)
    except yaml.MarkedYAMLError as error:
        raise _syntax_problem(error) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise YamlProblem(1, Text(f"这不是可读的 YAML：{error}", f"This is not readable YAML: {error}")) from error


def _syntax_problem(error: yaml.MarkedYAMLError) -> YamlProblem:
    # An unclosed bracket or quote is noticed lines later; the place to mend it is where it was opened.
    opened = error.context_mark if any(word in (error.context or "") for word in ("flow", "quoted")) else None
    mark = opened or error.problem_mark
    line = (mark.line if mark else 0) + 1
    detail = error.problem or str(error)
    return YamlProblem(
        line,
        Text(
            f"YAML 写法有误（{detail}）。请检查这一行的缩进、冒号后的空格、引号是否成对。",
            f"YAML syntax error ({detail}). Check the indentation, the space after each colon, and that quotes are paired.",
        ),
    )


class _Reader:
    """Builds the values from the reader's events, one by one: depth is refused before anything recurses that deep.

    (The library's own tree builder recurses in C, and a file of brackets ends the process.)
    """

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._events = yaml.parse(text, Loader=READER)

    def read(self) -> Any:
        """Return the value of the one document, None for an empty one."""
        try:
            return self._read()
        except YamlProblem as problem:
            if problem.text is not _TOO_DEEP:  # reading on takes quadratic time there
                for _ in self._events:  # what is not YAML at all is told first
                    pass
            raise

    def _read(self) -> Any:
        value, documents = None, 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise YamlProblem(_line(event), _ONE_DOCUMENT)
                value = self._value(next(self._events), ())
        return value

    def _value(self, event: Any, path: Path) -> Any:
        line = _line(event)
        if getattr(event, "anchor", None) is not None:  # an alias has one, too
            raise YamlProblem(line, _NO_ANCHORS)
        if len(path) > MAX_DEPTH:
            raise YamlProblem(line, _TOO_DEEP)
        self.lines[path] = line
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event, line)
        return self._mapping(path) if isinstance(event, yaml.MappingStartEvent) else self._sequence(path)

    def _sequence(self, path: Path) -> list[Any]:
        built: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            built.append(self._value(event, (*path, len(built))))
        return built

    def _mapping(self, path: Path) -> dict[str, Any]:
        built: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = _line(event)
            if getattr(event, "anchor", None) is not None:
                raise YamlProblem(line, _NO_ANCHORS)
            if not isinstance(event, yaml.ScalarEvent):
                raise YamlProblem(line, Text("键必须是一个词。", "A key must be a single word."))
            key = event.value
            if key in built:
                raise YamlProblem(line, Text(f"“{key}”写了两次，请只留一个。", f"'{key}' is written twice; keep one."))
            built[key] = self._value(next(self._events), (*path, key))
            self.lines[(*path, key)] = line
        return built


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return 1 if mark is None else int(mark.line) + 1


def _scalar(event: yaml.ScalarEvent, line: int) -> Any:
    value: str = event.value
    if event.style not in (None, ""):  # the C reader says "" for plain
        return value
    if value in _WORDS:
        return _WORDS[value]
    if _INT.match(value) and len(value) <= 18:
        return int(value)
    if _DECIMAL.match(value):
        return Decimal(value)
    if _DATE.match(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise YamlProblem(line, Text(f"没有 {value} 这一天。", f"There is no such day as {value}.")) from error
    return value
