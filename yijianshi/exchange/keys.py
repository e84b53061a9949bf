"""Our own key and the keys of the neighbours, behind two small ports: today SM2 in software, a signing server later.

SM2 with SM3 (GB/T 32918.2, GB/T 32905), identity 1234567812345678, signature as the 64 bytes r‖s.
"""

from functools import cache
from typing import Protocol

import gmssl_pyx
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from django.conf import settings


class Signer(Protocol):
    """Signs for this installation."""

    key_id: str

    def __call__(self, text: bytes) -> bytes:
        """Return the 64 bytes of the signature."""
        ...


class Verifier(Protocol):
    """Checks signatures made with one public key."""

    def __call__(self, text: bytes, signature: bytes) -> bool:
        """Say whether *signature* fits *text*; never raises for wrong bytes."""
        ...


class SoftwareSigner:
    """Signs with a private key held in memory."""

    def __init__(self, private: bytes, public: bytes) -> None:
        self._private, self.public = private, public
        self.key_id = public.hex()[:16]

    def __call__(self, text: bytes) -> bytes:
        """Return the signature of *text*."""
        r, s = decode_dss_signature(gmssl_pyx.sm2_sign(self._private, self.public, text))
        return r.to_bytes(32) + s.to_bytes(32)


class SoftwareVerifier:
    """Checks with a public key of 64 bytes, as hexadecimal digits."""

    def __init__(self, public_hex: str) -> None:
        self._public = bytes.fromhex(public_hex)

    def __call__(self, text: bytes, signature: bytes) -> bool:
        """Say whether *signature* fits."""
        if len(signature) != 64 or len(self._public) != 64:
            return False
        try:
            encoded = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
            return bool(gmssl_pyx.sm2_verify(self._public, text, encoded))
        except (gmssl_pyx.GmsslInnerError, ValueError):
            return False


def own() -> SoftwareSigner:
    """Return the signer of this installation (YIJIANSHI_EXCHANGE_KEY)."""
    return _signer(settings.EXCHANGE_KEY)


@cache
def verifier(public_hex: str) -> SoftwareVerifier:
    """Return the verifier for a neighbour's public key; with an empty key nothing ever verifies."""
    return SoftwareVerifier(public_hex)


@cache
def _signer(pair: str) -> SoftwareSigner:
    private, _, public = pair.partition(":")
    return SoftwareSigner(bytes.fromhex(private), bytes.fromhex(public))
