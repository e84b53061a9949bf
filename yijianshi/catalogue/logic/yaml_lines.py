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

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C reader where the library has it
Path = tuple[str | int, ...]
MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 40

_INT = re.compile(r"^[-+]?(0|[1-9][0-9]*)$")
_DECIMAL = re.compile(r"^[-+]?(0|[1-9][0-9]*)\.[0-9]+$")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False, "True": True, "False": False}


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
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise _syntax_problem(error) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise YamlProblem(1, Text(f"这不是可读的 YAML:{error}", f"This is not readable YAML: {error}")) from error
    lines: dict[Path, int] = {}
    return Parsed(_build(node, (), lines, set()) if node is not None else None, lines)


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


def _build(node: yaml.Node, path: Path, lines: dict[Path, int], seen: set[int]) -> Any:
    line = node.start_mark.line + 1
    if id(node) in seen:
        raise YamlProblem(
            line,
            Text("不要使用 YAML 锚点（& 和 *），请把内容写出来。", "Do not use YAML anchors (& and *); write the content out."),
        )
    if len(path) > MAX_DEPTH:
        raise YamlProblem(line, Text("嵌套太深。", "Nested too deeply."))
    seen.add(id(node))
    lines[path] = line
    if isinstance(node, yaml.MappingNode):
        return _build_mapping(node, path, lines, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*path, position), lines, seen) for position, child in enumerate(node.value)]
    return _scalar(node, line)


def _build_mapping(node: yaml.MappingNode, path: Path, lines: dict[Path, int], seen: set[int]) -> dict[str, Any]:
    built: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        if not isinstance(key, str):
            raise YamlProblem(line, Text("键必须是一个词。", "A key must be a single word."))
        if key in built:
            raise YamlProblem(line, Text(f"“{key}”写了两次，请只留一个。", f"'{key}' is written twice; keep one."))
        built[key] = _build(value_node, (*path, key), lines, seen)
        lines[(*path, key)] = line
    return built


def _scalar(node: yaml.Node, line: int) -> Any:
    value: str = node.value
    if not isinstance(node, yaml.ScalarNode) or node.style not in (None, ""):  # the C reader says "" for plain
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
