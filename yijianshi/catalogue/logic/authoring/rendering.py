"""Values as YAML in the house's style: small things on one line, the rest in blocks; words plain where that is safe."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from yijianshi.catalogue.logic.yaml_lines import YamlProblem, parse_yaml

LONGEST_LINE = 130
_STEP = 2
_RISKY = re.compile(r"^[\s\-?:,\[\]{}#&*!|>'\"%@`]|[,\[\]{}\n\r\t\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]|:(?:\s|$)|\s#|\s$")


def bare(value: Any) -> str:
    """Return one yes or no, number, day or text as people write it, without quotes. Raises TypeError for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int | str):
        return str(value)
    raise TypeError(f"content holds no {type(value).__name__}: {value!r}")


def in_line(value: Any) -> str:
    """Return the value on one line, as it may stand inside brackets."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_word(str(key))}: {in_line(one)}" for key, one in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(in_line(one) for one in value) + "]"
    return _scalar(value)


def in_block(value: Any, indent: int) -> str:
    """Return the value in lines indented by *indent*, the first line without its indent, no line end at the end."""
    if not value or not isinstance(value, Mapping | list | tuple) or _is_small(value, indent):
        return in_line(value)
    gap = "\n" + " " * indent
    if isinstance(value, Mapping):
        return gap.join(f"{_word(str(key))}:{after_key(one, indent)}" for key, one in value.items())
    return gap.join(f"- {in_block(one, indent + _STEP)}" for one in value)


def after_key(value: Any, indent: int) -> str:
    """Return what follows the colon of a key that stands at *indent*: the value on the same line, or a block below."""
    if not value or not isinstance(value, Mapping | list | tuple) or _is_small(value, indent):
        return f" {in_line(value)}"
    return "\n" + " " * (indent + _STEP) + in_block(value, indent + _STEP)


def _is_small(value: Any, indent: int) -> bool:
    """Say whether a collection goes on one line: texts and short lists of words do, lists of records never."""
    parts = list(value.values()) if isinstance(value, Mapping) else list(value)
    if not isinstance(value, Mapping) and any(isinstance(part, Mapping | list | tuple) for part in parts):
        return False
    return indent + len(in_line(value)) <= LONGEST_LINE


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    return _word(value) if isinstance(value, str) else bare(value)


def _word(text: str) -> str:
    """Return a text plain where it is read back as itself, else in double quotes."""
    return text if text and not _RISKY.search(text) and _reads_back(text) else json.dumps(text, ensure_ascii=False)


def _reads_back(text: str) -> bool:
    try:
        return bool(parse_yaml(f"{{a: {text}}}\n").value == {"a": text})
    except YamlProblem:
        return False
