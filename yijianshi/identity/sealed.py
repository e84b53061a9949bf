"""What is sealed in this room, under which context, and how it is found again."""

from yijianshi.foundation import sealing
from yijianshi.kernel.identifiers.problem import normalise

ID_NUMBER = "identity.person.id-number"
PHONE = "identity.person.phone"
ADDRESS = "identity.person.address"
THROTTLE = "identity.throttle"


def index_id_number(number: str) -> bytes:
    """Return the blind index of an ID number, however it was typed (width, case, blanks)."""
    return sealing.blind_index(normalise(number), ID_NUMBER)


def index_phone(number: str) -> bytes | None:
    """Return the blind index of a phone number, None when there is no number."""
    return sealing.blind_index(normalise(number), PHONE) if number else None


def seal(text: str, context: str) -> str:
    """Return *text* sealed under *context*; nothing stays nothing."""
    return sealing.seal(text, context) if text else ""


def unseal(sealed: str, context: str) -> str:
    """Return the text sealed under *context*; nothing stays nothing."""
    return sealing.unseal(sealed, context) if sealed else ""
