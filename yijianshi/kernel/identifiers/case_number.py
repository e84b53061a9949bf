"""Our own case numbers (办件编号) [D], made to be read out on the telephone: ``410105-20261122-00000017-K``.

Region of the receiving office, day of receipt, serial number, and an ISO 7064 MOD 37,36 check character over the digits.
"""

import re
from dataclasses import dataclass
from datetime import date

from yijianshi.kernel.identifiers.checksums import mod_37_36
from yijianshi.kernel.identifiers.problem import Problem, normalise, refuse
from yijianshi.kernel.text import Text

LAST_SERIAL = 99_999_999
_SHAPE = re.compile(r"[0-9]{22}[0-9A-Z]", re.ASCII)
_DASHES = str.maketrans("", "", "-‐‑‒–—―−")

_FORM = Text(
    "办件编号形如 {example}，现在的写法不对。请在受理通知书或者短信里找到编号，完整抄下来。",
    "A case number looks like {example}; this one does not. Please copy it whole from the acceptance notice or the text message.",
)
_DAY = Text(
    "办件编号中间一段“{part}”应是收件日期，但没有这一天。请对照受理通知书或者短信再看一遍。",
    "The middle part of the case number, {part}, should be the day of receipt, but there is no such day. "
    "Please check it against the acceptance notice or the text message.",
)
_CHECK = Text(
    "办件编号对不上，可能有一位抄错了。请对照受理通知书或者短信逐位再看一遍。",
    "This case number does not add up; perhaps one character was copied wrongly. "
    "Please compare every character with the acceptance notice or the text message.",
)


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """The parts of a case number."""

    region: str
    received_on: date
    serial: int

    def __str__(self) -> str:
        digits = f"{self.region}{self.received_on:%Y%m%d}{self.serial:08d}"
        return f"{digits[:6]}-{digits[6:14]}-{digits[14:]}-{mod_37_36(digits)}"


EXAMPLE = str(CaseNumber("410105", date(2026, 11, 22), 17))


def compose(region: str, received_on: date, serial: int) -> str:
    """Return the number with dashes and check character. Raises ValueError for a region or serial out of form."""
    if not re.fullmatch(r"[0-9]{6}", region, re.ASCII) or not 0 < serial <= LAST_SERIAL:
        raise ValueError(f"no case number from region {region!r} and serial {serial}")
    return str(CaseNumber(region, received_on, serial))


def check_case_number(text: str) -> Problem | None:
    """Return what is wrong with a case number typed with or without dashes, or None."""
    compact = _compact(text)
    if not _SHAPE.fullmatch(compact):
        return Problem("shape", _FORM.format(example=EXAMPLE))
    if _day_of(compact) is None:
        return Problem("day", _DAY.format(part=compact[6:14]), part=(6, 14))
    return None if mod_37_36(compact[:22]) == compact[22] else Problem("check", _CHECK)


def parse_case_number(text: str) -> CaseNumber:
    """Return the parts of a case number; ``str()`` of it is the canonical form. Raises BadIdentifier."""
    refuse(check_case_number(text))
    compact = _compact(text)
    return CaseNumber(compact[:6], date.fromisoformat(compact[6:14]), int(compact[14:22]))


def _compact(text: str) -> str:
    return normalise(text).translate(_DASHES)


def _day_of(compact: str) -> date | None:
    try:
        return date.fromisoformat(compact[6:14])
    except ValueError:
        return None
