"""What a password must be; the words that explain it are the errors of ``commands.passwords``."""

from collections.abc import Iterable
from itertools import pairwise

STAFF_LENGTH = 12
CITIZEN_LENGTH = 8
LONGEST = 128  # hashing is costly on purpose: an endless password would be a weapon
_FEW_DIFFERENT = 4


def shortest(is_staff: bool) -> int:
    """Return the least number of characters for this kind of account."""
    return STAFF_LENGTH if is_staff else CITIZEN_LENGTH


def is_too_plain(password: str) -> bool:
    """Say whether the password is one letter over and over, or a straight run such as 12345678."""
    if len(set(password)) < _FEW_DIFFERENT:
        return True
    steps = {ord(after) - ord(before) for before, after in pairwise(password)}
    return steps in ({1}, {-1})


def contains_personal(password: str, words: Iterable[str]) -> bool:
    """Say whether the password holds one of the person's own words (user name, ID number, phone), upper or lower case."""
    folded = password.casefold()
    return any(word.casefold() in folded for word in words if len(word) >= 4)
