"""Codes of service items (GB/T 39554.1-2020): catalogue code, task code, handling-item code, in profiles a region can replace.

The shapes are derived from real codes, the standard's text was not read: the meaning of the segments of the catalogue code and
the length of the handling-item code are unconfirmed. So a code that fits no shape is a WARNING, and any code of up to
64 characters is stored.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from yijianshi.kernel.identifiers.problem import BadIdentifier, Level, Problem, normalise, pick_first, refuse
from yijianshi.kernel.identifiers.uscc import check_uscc
from yijianshi.kernel.text import Text

MAX_LENGTH = 64
LOCAL = "LOCAL"
_STORABLE = re.compile(r"[0-9A-Z][0-9A-Z._-]{0,63}", re.ASCII)

_FORM = Text(
    "事项编码只用数字、大写字母和短横，最多 64 位。请对照事项目录再看一遍。",
    "An item code has digits, capital letters and dashes only, 64 characters at most. Please compare it with the item catalogue.",
)
_SHAPE = Text(
    "这个编码不是“{profile}”里的任何一种形式（它有 {length} 位）。如果它是本地编码，可以继续；否则请对照事项目录再看一遍。",
    "This code has none of the forms of the profile “{profile}” (it has {length} characters). If it is a local code, go on; "
    "otherwise please compare it with the item catalogue.",
)
_BODY = Text(
    "编码开头的 18 位应是实施主体的统一社会信用代码，但它有问题：{why}",
    "The first 18 characters should be the credit code of the implementing body, but: {why}",
)

_COMPOSED = Text(
    "实施编码由 18 位信用代码、1 位行使层级和 12 位基本编码组成，现在是 {body}、{level}、{catalog} 位。请对照事项目录再看一遍。",
    "An implementation code has 18 characters of the credit code, 1 of the level and 12 of the catalogue code; these have "
    "{body}, {level} and {catalog}. Please compare them with the item catalogue.",
)
_SERIAL = Text(
    "业务办理项编码是实施编码加 2 位序号，“{serial}”不合适。请写两位数字或大写字母，例如 01。",
    "A handling-item code is the implementation code and a serial of 2; '{serial}' does not fit. Write two digits or capitals, "
    "such as 01.",
)


@dataclass(frozen=True, slots=True)
class ItemCodeProfile:
    """The code shapes of one region: shape name → pattern, with the groups body, level, catalog, serial where it has them."""

    name: str
    shapes: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class ItemCode:
    """A code and the parts its shape shows; a part the shape does not have is empty. Shape LOCAL means no known shape."""

    code: str
    shape: str
    body: str = ""
    level: str = ""
    catalog: str = ""
    serial: str = ""


def profile_from_mapping(name: str, shapes: Mapping[str, str]) -> ItemCodeProfile:
    """Return the profile of a region from shape names and regular expressions kept as content."""
    return ItemCodeProfile(name, {shape: re.compile(pattern, re.ASCII) for shape, pattern in shapes.items()})


_CATALOG = r"(?P<catalog>[0-9]{3}[0-9A-Z]{3}[0-9A-Z]{3}[0-9A-Z]{3})"
_TASK = r"(?P<body>[0-9A-Z]{18})(?P<level>[0-9])" + _CATALOG
NATIONAL = profile_from_mapping("全国", {"CATALOG": _CATALOG, "TASK": _TASK, "HANDLING": _TASK + r"(?P<serial>[0-9A-Z]{2})"})


def check_item_code(text: str, profile: ItemCodeProfile = NATIONAL) -> Problem | None:
    """Return an ERROR for what cannot be stored, a WARNING for an unknown shape or a doubtful implementing body, or None."""
    code = normalise(text)
    if not _STORABLE.fullmatch(code):
        return Problem("characters", _FORM)
    parts = _parts(code, profile)
    unknown = Problem("shape", _SHAPE.format(profile=profile.name, length=len(code)), Level.WARNING)
    return pick_first(unknown if parts.shape == LOCAL else None, _body_problem(parts))


def parse_item_code(text: str, profile: ItemCodeProfile = NATIONAL) -> ItemCode:
    """Return the parts of a code; one of no known shape comes back whole as LOCAL. Raises BadIdentifier if not storable."""
    refuse(check_item_code(text, profile))
    return _parts(normalise(text), profile)


def _parts(code: str, profile: ItemCodeProfile) -> ItemCode:
    for shape, pattern in profile.shapes.items():
        match = pattern.fullmatch(code)
        if match:
            named = match.groupdict(default="")
            return ItemCode(code, shape, *(named.get(part, "") for part in ("body", "level", "catalog", "serial")))
    return ItemCode(code, LOCAL)


def _body_problem(parts: ItemCode) -> Problem | None:
    problem = check_uscc(parts.body) if parts.body else None
    return Problem("body", _BODY.format(why=problem.text), Level.WARNING, (0, 18)) if problem else None


def compose_task_code(body: str, level: str, catalog: str) -> str:
    """Return the 实施编码: 18 characters of the implementing body, 1 of its level, 12 of the catalogue code.

    Raises BadIdentifier when a part does not fit its place, or the body's credit code does not pass its check.
    """
    code = normalise(body + level + catalog)
    parts = _parts(code, NATIONAL)
    if parts.shape != "TASK" or len(normalise(body)) != 18:
        raise BadIdentifier(Problem("shape", _COMPOSED.format(body=len(body), level=len(level), catalog=len(catalog))))
    doubtful = _body_problem(parts)
    if doubtful is not None:
        raise BadIdentifier(doubtful)
    return code


def compose_handling_code(task_code: str, serial: str) -> str:
    """Return the 业务办理项编码: the 实施编码 and a serial of 2 (length unconfirmed). Raises BadIdentifier."""
    code = normalise(task_code + serial)
    if _parts(code, NATIONAL).shape != "HANDLING":
        raise BadIdentifier(Problem("serial", _SERIAL.format(serial=serial)))
    return code
