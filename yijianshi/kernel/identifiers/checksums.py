"""Check characters: ISO 7064 MOD 11-2 and MOD 37,36, and the weighted sums of GB 32100 and GB 11714."""

DIGITS_AND_CAPITALS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100: no I O S V Z

_MOD_11_2 = "10X98765432"
_ID_WEIGHTS = tuple(2**power % 11 for power in range(17, 0, -1))
_USCC_WEIGHTS = tuple(3**power % 31 for power in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def mod_11_2(seventeen: str) -> str:
    """Return the check character of 17 digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return _MOD_11_2[sum(int(digit) * weight for digit, weight in zip(seventeen, _ID_WEIGHTS, strict=True)) % 11]


def mod_37_36(text: str) -> str:
    """Return the check character of digits and capitals of any length (ISO 7064 hybrid MOD 37,36, as GB/T 36904 uses it).

    Raises ValueError for another character.
    """
    product = 36
    for character in text:
        product = (product + DIGITS_AND_CAPITALS.index(character)) % 36 or 36
        product = product * 2 % 37
    return DIGITS_AND_CAPITALS[(37 - product) % 36]


def uscc_check(seventeen: str) -> str:
    """Return the check character of the first 17 characters of a unified social credit code (GB 32100-2015)."""
    total = sum(USCC_ALPHABET.index(c) * weight for c, weight in zip(seventeen, _USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[-total % 31]


def organisation_check(eight: str) -> str:
    """Return the check character of the first 8 characters of an organisation code (GB 11714)."""
    total = sum(DIGITS_AND_CAPITALS.index(c) * weight for c, weight in zip(eight, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]
