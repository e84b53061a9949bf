"""How personal numbers and names are shown to people who need not see them whole [D] (个人信息保护法 art. 6, minimisation)."""

STAR = "*"


def mask_id_number(number: str) -> str:
    """Return the identity number with the birth date hidden, ``410105********001X``; another length shows its last two only."""
    if len(number) == 18:
        return number[:6] + STAR * 8 + number[14:]
    return _keep(number, 0, 2)


def mask_phone(number: str) -> str:
    """Return ``138****0000`` for a mobile number, ``0371-****0000`` for a landline; others show their last two only."""
    area, dash, local = number.partition("-")
    if dash and len(local) >= 7 and area.startswith("0"):
        return area + dash + _keep(local, 0, 4)
    if len(number) == 11 and not dash:
        return number[:3] + STAR * 4 + number[7:]
    return _keep(number, 0, 2)


def mask_name(name: str) -> str:
    """Return the name with only its first character, one star for each other character (blanks and middle dots stay)."""
    return name[:1] + "".join(c if c in " ·" else STAR for c in name[1:])


def mask_account(number: str) -> str:
    """Return a bank account or card number with only its last four digits, in a length that says nothing of the original."""
    digits = "".join(number.split())
    return STAR * 4 + digits[-4:] if len(digits) >= 8 else STAR * 8


def _keep(text: str, head: int, tail: int) -> str:
    """Hide everything but the ends; a text too short to hide half of it is hidden whole."""
    if len(text) < 2 * (head + tail):
        return STAR * len(text)
    return text[:head] + STAR * (len(text) - head - tail) + text[len(text) - tail :]
