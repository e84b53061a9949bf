"""Signatures on requests: SM2 with SM3 over what is sent, written from the protocol's text alone."""

import base64
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import gmssl_pyx

HEADERS = ("Sender", "Key", "Time", "Nonce", "Signature")
PREFIX = "X-Yijianshi-"
WINDOW_SECONDS = 300


class BadSignature(Exception):
    """The request is not what it says it is; the words say what does not fit."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A private key of 32 bytes and its public key of 64 bytes (without the leading 04)."""

    private: bytes
    public: bytes

    @property
    def id(self) -> str:
        """Return the name under which the other side finds the public key."""
        return self.public.hex()[:16]


def key_in(folder: Path) -> KeyPair:
    """Return the key pair kept in *folder*, made at first use; only the owner may read the private half."""
    path = folder / "key.hex"
    if not path.exists():
        public, private = gmssl_pyx.sm2_key_generate()
        folder.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(f"{private.hex()}\n{public.hex()}\n")
    private_hex, public_hex = path.read_text().split()
    return KeyPair(bytes.fromhex(private_hex), bytes.fromhex(public_hex))


def signed_headers(key: KeyPair, sender: str, method: str, path: str, body: bytes) -> dict[str, str]:
    """Return the five headers that prove who sends *body* to *path* (with query), and that nobody changed it."""
    moment, nonce = str(int(time.time())), secrets.token_hex(16)
    text = _text(method, path, sender, key.id, moment, nonce, body)
    signature = base64.b64encode(_raw(gmssl_pyx.sm2_sign(key.private, key.public, text))).decode()
    values = (sender, key.id, moment, nonce, signature)
    return {PREFIX + name: value for name, value in zip(HEADERS, values, strict=True)}


def check(headers: Mapping[str, str], public: bytes, method: str, path: str, body: bytes, *, window: bool = True) -> str:
    """Return the nonce of a request whose signature fits; raises BadSignature.

    Files and queued messages may wait for hours, so *window* is False there; their messages carry ids that count once.
    """
    try:
        sender, key_id, moment, nonce, signature = (headers[PREFIX + name] for name in HEADERS)
        raw = base64.b64decode(signature, validate=True)
        text = _text(method, path, sender, key_id, moment, nonce, body)
        fits = len(raw) == 64 and gmssl_pyx.sm2_verify(public, text, _der(raw))
        late = abs(time.time() - int(moment)) > WINDOW_SECONDS
    except (KeyError, ValueError, gmssl_pyx.GmsslInnerError, gmssl_pyx.InvalidValueError) as error:
        raise BadSignature(f"签名读不出来。 The signature cannot be read ({type(error).__name__}).") from error
    if not fits:
        raise BadSignature("签名对不上。 The signature does not fit.")
    if window and late:
        raise BadSignature("请求的时间不在前后五分钟内。 The request is older or newer than five minutes.")
    return nonce


def _text(method: str, path: str, sender: str, key_id: str, moment: str, nonce: str, body: bytes) -> bytes:
    digest = gmssl_pyx.sm3_hash(body).hex()
    return "\n".join(["yijianshi-1", method, path, sender, key_id, moment, nonce, digest]).encode()


def _raw(der: bytes) -> bytes:
    parts, rest = b"", der[2:]
    for _number in range(2):
        length = rest[1]
        parts += rest[2 : 2 + length].lstrip(b"\0").rjust(32, b"\0")
        rest = rest[2 + length :]
    return parts


def _der(raw: bytes) -> bytes:
    body = b"".join(_der_integer(raw[start : start + 32]) for start in (0, 32))
    return b"\x30" + bytes([len(body)]) + body


def _der_integer(number: bytes) -> bytes:
    short = number.lstrip(b"\0") or b"\0"
    short = b"\0" + short if short[0] & 0x80 else short
    return b"\x02" + bytes([len(short)]) + short
