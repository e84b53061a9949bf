"""Keep personal data and secrets out of logs: by the name of a field, and by the look of a text."""

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

from yijianshi.kernel.identifiers import masks

_DEPTH = 6
_SECRET = re.compile(r"password|passwd|secret|token|authorization|cookie|session|api_?key|sealing|csrf", re.I)
_PERSONAL = re.compile(
    r"(^|_)(name|names|id_number|phone|mobile|address|birth_date|account_number|email|applicant|holder|reason)$", re.I
)
# Names of things, not of people.
_HARMLESS = re.compile(
    r"^(logger|event|handler|view|task|queue|thing|item|department|worker|host|setting|func|module)_name$", re.I
)
_BORDER_LEFT, _BORDER_RIGHT = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_ID_NUMBER = re.compile(_BORDER_LEFT + r"[1-9]\d{5}(?:19|20)\d{9}[\dXx]" + _BORDER_RIGHT)
_MOBILE = re.compile(r"(?<![0-9A-Za-z.])(?:\+?86[- ]?)?(1[3-9]\d{9})" + _BORDER_RIGHT)
_BANK_CARD = re.compile(_BORDER_LEFT + r"[3-6]\d{15,18}" + _BORDER_RIGHT)
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}")
_URL_PASSWORD = re.compile(r"(://[^:/@\s]+:)[^@/\s]+@")
_SEALED = re.compile(r"sm4:\w+:[\w+/=]+")


def mask_event(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mask one structlog event; the last processor before it is written."""
    for key in list(event):
        event[key] = _mask(key, event[key], _DEPTH)
    return event


def mask_text(text: str) -> str:
    """Return *text* with everything that looks like an identity number, phone, bank card, token or password covered."""
    text = _URL_PASSWORD.sub(r"\1***@", text)
    text = _BEARER.sub(r"\1 ***", text)
    text = _SEALED.sub("sm4:***", text)
    text = _ID_NUMBER.sub(lambda found: masks.mask_id_number(found[0]), text)
    text = _BANK_CARD.sub(lambda found: "****" + found[0][-4:], text)
    return _MOBILE.sub(lambda found: masks.mask_phone(found[1]), text)


def _mask(key: str, value: Any, depth: int) -> Any:
    if value is None or (isinstance(value, (bool, int, float)) and not _SECRET.search(key)):
        return mask_text(str(value)) if isinstance(value, int) and len(str(value)) >= 11 else value
    if _SECRET.search(key):
        return "***"
    if isinstance(value, Mapping):
        return {str(name): _mask(str(name), part, depth - 1) for name, part in value.items()} if depth else "…"
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_mask(key, part, depth - 1) for part in value] if depth else "…"
    text = value if isinstance(value, str) else str(value)
    return _mask_personal(key, text) if _is_personal(key) else mask_text(text)


def _is_personal(key: str) -> bool:
    return bool(_PERSONAL.search(key)) and not _HARMLESS.match(key)


def _mask_personal(key: str, text: str) -> str:
    if key.endswith("id_number"):
        return masks.mask_id_number(text)
    if key.endswith(("phone", "mobile")):
        return masks.mask_phone(text)
    return masks.mask_name(text)[:12]
