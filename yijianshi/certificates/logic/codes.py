"""Verification codes: what the QR code carries and a person may have to type."""

import secrets

from yijianshi.kernel.identifiers import masks

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U, which people misread
LENGTH = 20  # 100 random bits: knowing one code helps nobody to guess another
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_code() -> str:
    """Return a new random code: five bits a character, all of one draw."""
    bits = secrets.randbits(5 * LENGTH)
    return "".join(ALPHABET[bits >> 5 * position & 31] for position in range(LENGTH))


def clean_code(typed: str) -> str:
    """Return a code as stored, however it was typed: small letters, blanks, hyphens, I or L for 1, O for 0."""
    return "".join(char for char in typed.upper().translate(_MISREAD) if char in ALPHABET)[: LENGTH + 1]


def grouped(code: str) -> str:
    """Return the code in groups of five, as it is printed."""
    return " ".join(code[start : start + 5] for start in range(0, len(code), 5))


def mask_number(number: str) -> str:
    """Return a certificate's number as a stranger may see it: an ID number without birth date, others with their ends only."""
    if len(number) == 18:
        return masks.mask_id_number(number)
    if len(number) < 8:
        return masks.STAR * len(number)
    return number[:2] + masks.STAR * (len(number) - 6) + number[-4:]
