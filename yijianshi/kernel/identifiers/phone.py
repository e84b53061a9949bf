"""Telephone numbers of the mainland: mobile numbers and landlines with area code [L]."""

import re
from dataclasses import dataclass
from enum import StrEnum

from yijianshi.kernel.identifiers.problem import Problem, normalise, refuse
from yijianshi.kernel.text import Text

_COUNTRY = re.compile(r"^(?:\+|00)86-?")
_MOBILE = re.compile(r"1[3-9][0-9]{9}", re.ASCII)
# Beijing and the 02x cities have three-digit area codes and eight-digit numbers; all others four digits and seven or eight.
_LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})-?([2-9][0-9]{6,7})(?:(?:-|转)([0-9]{1,6}))?", re.ASCII)

_MOBILE_LENGTH = Text(
    "手机号码应是 11 位，现在是 {length} 位。请看看是不是漏了或者多了一位。",
    "A mobile number has 11 digits; this one has {length}. Please see whether one is missing or one too many.",
)
_FORM = Text(
    "这不像是手机号码或者固定电话。手机号码 11 位，以 1 开头；固定电话要带区号，例如 0371-65900000。",
    "This does not look like a telephone number. A mobile number has 11 digits and begins with 1; "
    "a landline needs its area code, for example 0371-65900000.",
)


class PhoneKind(StrEnum):
    """Whether the number can receive a text message."""

    MOBILE = "MOBILE"
    LANDLINE = "LANDLINE"


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number in canonical form: ``13800000000`` or ``0371-65900000``; *extension* is empty for most."""

    number: str
    kind: PhoneKind
    extension: str = ""


def check_phone(text: str) -> Problem | None:
    """Return what is wrong with a mobile or landline number, or None."""
    number = _national(text)
    if _MOBILE.fullmatch(number.replace("-", "")) or _landline(number):
        return None
    digits = number.replace("-", "")
    if digits.isdigit() and digits.startswith("1") and len(digits) != 11:
        return Problem("length", _MOBILE_LENGTH.format(length=len(digits)))
    return Problem("shape", _FORM)


def parse_phone(text: str) -> Phone:
    """Return the canonical number and its kind. Raises BadIdentifier."""
    refuse(check_phone(text))
    number = _national(text)
    landline = _landline(number)
    if landline:
        area, local, extension = landline.groups(default="")
        return Phone(f"{area}-{local}", PhoneKind.LANDLINE, extension)
    return Phone(number.replace("-", ""), PhoneKind.MOBILE)


def _national(text: str) -> str:
    return _COUNTRY.sub("", normalise(text))


def _landline(number: str) -> re.Match[str] | None:
    match = _LANDLINE.fullmatch(number)
    if match and len(match.group(1)) == 3 and len(match.group(2)) != 8:
        return None
    return match
