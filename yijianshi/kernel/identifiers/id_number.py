"""Citizen identity numbers (GB 11643-1999) and the residence permits that share their form [L]."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yijianshi.kernel.identifiers.checksums import mod_11_2
from yijianshi.kernel.identifiers.problem import BadIdentifier, Problem, normalise, refuse
from yijianshi.kernel.text import Text

EARLIEST_BIRTH = date(1880, 1, 1)
_SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]", re.ASCII)
_OLD_SHAPE = re.compile(r"[1-9][0-9]{14}", re.ASCII)
# Provinces of GB/T 2260. Only these two digits are judged: the other four may be a code that was abolished since.
_PROVINCES = frozenset(
    map(str, (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71))
)
_PERMIT_PLACES = frozenset({"81", "82", "83"})

_LENGTH = Text(
    "身份证号码应是 18 位，现在是 {length} 位。请对照证件，看看是不是漏了或者多了。",
    "An identity number has 18 characters; this one has {length}. "
    "Please compare it with the card: is one missing or one too many?",
)
_OLD = Text(
    "这是 15 位的旧号码，现在不能用来办事。请填写新证件上的 18 位号码；没有新证件的，派出所可以查到。",
    "This is an old 15-digit number, which cannot be used any more. Please enter the 18-character number of the present card; "
    "the police station can look it up for you.",
)
_CHARACTERS = Text(
    "身份证号码只有数字，最后一位可以是字母 X。请看看是不是混进了别的字符（例如字母 O 和数字 0）。",
    "An identity number has digits only; the last character may be the letter X. "
    "Please look for other characters, such as the letter O in place of a zero.",
)
_REGION = Text(
    "前两位“{part}”不是省份代码。请对照证件再看一遍开头几位。",
    "The first two digits, {part}, are not the code of any province. Please check the beginning of the number against the card.",
)
_BIRTH_DATE = Text(
    "第 7 到 14 位“{part}”应是出生日期（年年年年月月日日），但没有这一天。请对照证件再看一遍这一段。",
    "Characters 7 to 14, {part}, should be the date of birth (year, month, day), but there is no such day. "
    "Please check this part against the card.",
)
_FUTURE = Text(
    "第 7 到 14 位“{part}”是出生日期，可这一天还没有到。请对照证件再看一遍这一段。",
    "Characters 7 to 14, {part}, are the date of birth, but that day has not come yet. Please check this part against the card.",
)
_CHECK = Text(
    "号码的最后一位和前面的 17 位对不上，多半是有一位看错了，或者相邻两位写颠倒了。请对照证件逐位再看一遍。",
    "The last character does not fit the 17 before it. Most often one digit was misread or two were swapped. "
    "Please compare every character with the card.",
)


class Sex(StrEnum):
    """Sex as the identity number tells it: an odd sequence is male, an even one female."""

    MALE = "MALE"
    FEMALE = "FEMALE"


class IdKind(StrEnum):
    """Which card carries the number; the two permits are [L]."""

    RESIDENT = "RESIDENT"  # 居民身份证
    PERMANENT_RESIDENCE = "PERMANENT_RESIDENCE"  # 外国人永久居留身份证, 2023 version, starts with 9
    RESIDENCE_PERMIT = "RESIDENCE_PERMIT"  # 港澳台居民居住证, starts with 81, 82 or 83


@dataclass(frozen=True, slots=True)
class IdNumber:
    """The parts of a valid number; *region* is where the number was first assigned, not where the person lives."""

    number: str
    kind: IdKind
    region: str
    birth_date: date
    sequence: str
    sex: Sex

    def age_on(self, today: date) -> int:
        """Return the full years of age; the birthday itself counts as reached (born on 29 February: on 1 March)."""
        before_birthday = (today.month, today.day) < (self.birth_date.month, self.birth_date.day)
        return today.year - self.birth_date.year - before_birthday


def check_id_number(text: str, today: date) -> Problem | None:
    """Return what is wrong with an 18-character number, or None."""
    number = normalise(text)
    if len(number) != 18:
        old = bool(_OLD_SHAPE.fullmatch(number)) and _calendar_date(f"19{number[6:12]}") is not None
        return Problem("old-number", _OLD) if old else Problem("length", _LENGTH.format(length=len(number)))
    if not _SHAPE.fullmatch(number):
        return Problem("characters", _CHARACTERS)
    if number[0] != "9" and number[:2] not in _PROVINCES | _PERMIT_PLACES:
        return Problem("region", _REGION.format(part=number[:2]), part=(0, 2))
    birth = _birth_problem(number[6:14], today)
    if birth is None and mod_11_2(number[:17]) != number[17]:
        return Problem("check", _CHECK)
    return birth


def parse_id_number(text: str, today: date) -> IdNumber:
    """Return the parts of a number typed in any width, case or spacing. Raises BadIdentifier."""
    refuse(check_id_number(text, today))
    number = normalise(text)
    kind = _kind_of(number)
    birth = date.fromisoformat(number[6:14])
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return IdNumber(number, kind, number[:6], birth, number[14:17], sex)


def id_number_from_15(text: str) -> str:
    """Return the 18-character form of an old 15-digit number from a historic record (19 inserted, check appended).

    Raises BadIdentifier if it is not one.
    """
    old = normalise(text)
    if not _OLD_SHAPE.fullmatch(old):
        raise BadIdentifier(Problem("length", _LENGTH.format(length=len(old))))
    if _calendar_date(f"19{old[6:12]}") is None:
        raise BadIdentifier(Problem("birth-date", _BIRTH_DATE.format(part=f"19{old[6:12]}"), part=(6, 12)))
    seventeen = f"{old[:6]}19{old[6:]}"
    return seventeen + mod_11_2(seventeen)


def make_id_number(region: str, birth_date: date, sequence: int) -> str:
    """Return the valid number for a 6-digit region, a birth date and a sequence of 0-999 (odd = male), for made-up people.

    Raises ValueError for another region or sequence.
    """
    if not re.fullmatch(r"[1-9][0-9]{5}", region, re.ASCII) or not 0 <= sequence <= 999:
        raise ValueError(f"no identity number from region {region!r} and sequence {sequence}")
    seventeen = f"{region}{birth_date:%Y%m%d}{sequence:03d}"
    return seventeen + mod_11_2(seventeen)


def _kind_of(number: str) -> IdKind:
    if number[0] == "9":
        return IdKind.PERMANENT_RESIDENCE
    return IdKind.RESIDENCE_PERMIT if number[:2] in _PERMIT_PLACES else IdKind.RESIDENT


def _birth_problem(part: str, today: date) -> Problem | None:
    birth = _calendar_date(part)
    if birth is None or birth < EARLIEST_BIRTH:
        return Problem("birth-date", _BIRTH_DATE.format(part=part), part=(6, 14))
    if birth > today:
        return Problem("birth-in-future", _FUTURE.format(part=part), part=(6, 14))
    return None


def _calendar_date(eight: str) -> date | None:
    try:
        return date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return None
