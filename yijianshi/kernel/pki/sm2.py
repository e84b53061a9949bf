"""SM2 with SM3 (GB/T 32918.2-2016, GB/T 32905-2016): keys, signatures in DER, the signer's identity 1234567812345678.

Private keys are 32 bytes, public keys 64 (x then y, without the leading 04).
"""

from dataclasses import dataclass, field
from typing import Protocol

import gmssl_pyx
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

PRIVATE_BYTES, PUBLIC_BYTES = 32, 64
MAX_SIGNATURE = 72


class SignatureNotMade(Exception):
    """A signature just made does not verify: the key pair does not belong together, or the device is at fault."""


class Signer(Protocol):
    """Signs with one private key: in memory, in a cryptographic machine, or at a signing server."""

    @property
    def public(self) -> bytes:
        """Return the public half, 64 bytes."""
        ...

    def sign(self, text: bytes) -> bytes:
        """Return the DER signature of *text*; it has been verified. Raises SignatureNotMade."""
        ...


@dataclass(frozen=True, slots=True)
class SoftwareSigner:
    """Signs with a private key held in memory."""

    private: bytes = field(repr=False)
    public: bytes

    def sign(self, text: bytes) -> bytes:
        """Return the DER signature of *text*, verified right after making."""
        made: bytes = gmssl_pyx.sm2_sign(self.private, self.public, text)
        if not verify(self.public, text, made):
            raise SignatureNotMade
        return made


def generate() -> SoftwareSigner:
    """Return a signer with a fresh key pair."""
    public, private = gmssl_pyx.sm2_key_generate()
    return SoftwareSigner(private, public)


def verify(public: bytes, text: bytes, signature: bytes) -> bool:
    """Say whether *signature* (DER, in its one canonical form) is *public*'s over *text*; never raises for wrong bytes."""
    if len(public) != PUBLIC_BYTES or len(signature) > MAX_SIGNATURE:
        return False
    try:
        if encode_dss_signature(*decode_dss_signature(signature)) != signature:
            return False
        return bool(gmssl_pyx.sm2_verify(public, text, signature))
    except (gmssl_pyx.GmsslInnerError, gmssl_pyx.InvalidValueError, ValueError, OverflowError):
        return False


def key_id(public: bytes) -> str:
    """Return the 16 characters a key is called by."""
    return public.hex()[:16]
