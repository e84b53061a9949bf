"""Sealed text: SM4-GCM at rest, bound to where it belongs, and blind indexes to find it by.

A sealed text reads ``sm4:<key id>:<base64 of nonce, ciphertext, tag>``. Its context (``identity.Person.phone``) is authenticated,
so a sealed phone number copied into another column does not open. The newest key seals; every key of the ring opens; rotating
means putting a new key in front. Blind indexes have a key of their own, so rotation never breaks a search.
Standards: GB/T 32907 (SM4), GB/T 32905 (SM3), NIST SP 800-38D (GCM), RFC 2104 (HMAC).
"""

import os
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings
from django.db import models

_MARK = "sm4:"
_NONCE = 12
_TAG = 16


class SealBroken(Exception):
    """A sealed text does not open: another context, an unknown key, or changed bytes."""


@dataclass(frozen=True)
class Key:
    """One key of the ring and the cipher keys derived from it."""

    id: str
    secret: bytes

    def derive(self, purpose: str) -> bytes:
        """Return 16 bytes for one purpose: HMAC-SM3(secret, purpose), first half."""
        return _hmac(self.secret, purpose.encode())[:16]


def seal(text: str, context: str) -> str:
    """Return *text* sealed for *context* with the newest key."""
    return seal_many([text], context)[0]


def seal_many(texts: Iterable[str], context: str) -> list[str]:
    """Return each text sealed for *context*."""
    key = keys()[0]
    algorithm, bound = _algorithm(key.id), context.encode()
    return [f"{_MARK}{key.id}:{b64encode(encrypt(algorithm, text.encode(), bound)).decode()}" for text in texts]


def unseal(sealed: str, context: str) -> str:
    """Return the text sealed for *context*; raises SealBroken."""
    try:
        mark, key_id, body = sealed.split(":", 2)
        if mark != _MARK[:-1]:
            raise ValueError(mark)
        content = b64decode(body, validate=True)
        if b64encode(content).decode() != body:  # base64 has spare bits at its end: one content, one spelling
            raise ValueError(body[-4:])
        return decrypt(_algorithm(key_id), content, context.encode()).decode()
    except (ValueError, KeyError, InvalidTag) as error:
        raise SealBroken(f"a sealed {context} does not open") from error


def unseal_many(sealed: Iterable[str], context: str) -> list[str]:
    """Return each text sealed for *context*; raises SealBroken."""
    return [unseal(one, context) for one in sealed]


def is_sealed(text: str) -> bool:
    """Return whether *text* has the form of a sealed text."""
    return text.startswith(_MARK)


def blind_index(text: str, context: str) -> bytes:
    """Return the 32 bytes to find *text* by without storing it; width, case and blanks at the ends do not matter."""
    normal = unicodedata.normalize("NFKC", text).strip().upper()
    return _hmac(_index_key(settings.INDEX_KEY), f"{context}\x00{normal}".encode())


def encrypt(algorithm: algorithms.SM4, content: bytes, bound: bytes) -> bytes:
    """Return nonce, ciphertext and tag."""
    nonce = os.urandom(_NONCE)
    encryptor = Cipher(algorithm, modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(bound)
    return b"".join((nonce, encryptor.update(content), encryptor.finalize(), encryptor.tag))


def decrypt(algorithm: algorithms.SM4, body: bytes, bound: bytes) -> bytes:
    """Return the content; raises InvalidTag for another key, another *bound*, or changed bytes; ValueError when cut short."""
    nonce, content, tag = body[:_NONCE], body[_NONCE:-_TAG], body[-_TAG:]
    decryptor = Cipher(algorithm, modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(bound)
    return decryptor.update(content) + decryptor.finalize()


def file_algorithm(key_id: str) -> algorithms.SM4:
    """Return the cipher for stored files under the key *key_id*; raises KeyError."""
    return _file_algorithms(settings.SEALING_KEYS)[key_id]


def keys() -> list[Key]:
    """Return the key ring, newest first."""
    return _parse(settings.SEALING_KEYS)


if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
else:
    _TextField = models.TextField


class SealedTextField(_TextField):
    """Text that is sealed in the database and plain in Python; cannot be searched (keep a blind index beside it)."""

    @property
    def context(self) -> str:
        """Return what the sealed value is bound to: ``app.Model.field``."""
        return f"{self.model._meta.app_label}.{self.model.__name__}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        """Seal the value on its way to the database; one that is sealed already stays as it is."""
        if not value or is_sealed(value):
            return value
        return seal(value, self.context)

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str | None:
        """Open the value on its way from the database."""
        return unseal(value, self.context) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow only ``isnull``: two seals of one text differ, so any other search would silently find nothing."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


@cache
def _parse(ring: str) -> list[Key]:
    pairs = (entry.strip().partition(":") for entry in ring.split(",") if entry.strip())
    parsed = [Key(key_id, bytes.fromhex(secret)) for key_id, _, secret in pairs]
    if not parsed or any(len(key.secret) != 16 or not key.id.isalnum() for key in parsed):
        raise ValueError("YIJIANSHI_SEALING_KEYS is written <key id>:<32 hexadecimal digits>, newest first, separated by commas")
    return parsed


def _algorithm(key_id: str) -> algorithms.SM4:
    return _algorithms(settings.SEALING_KEYS)[key_id]


@cache
def _algorithms(ring: str) -> dict[str, algorithms.SM4]:
    return {key.id: algorithms.SM4(key.derive("text")) for key in _parse(ring)}


@cache
def _file_algorithms(ring: str) -> dict[str, algorithms.SM4]:
    return {key.id: algorithms.SM4(key.derive("file")) for key in _parse(ring)}


@cache
def _index_key(secret: str) -> bytes:
    return _hmac(secret.encode(), b"blind index")


def _hmac(secret: bytes, content: bytes) -> bytes:
    made = hmac.HMAC(secret, hashes.SM3())
    made.update(content)
    return made.finalize()
