"""Making seals and sealing documents; every signature is verified right after making."""

from datetime import datetime

from yijianshi.kernel.pki import oids, sm2
from yijianshi.kernel.seals import structures
from yijianshi.kernel.seals.structures import SealInfo


def make_seal(info: SealInfo, *, signer: sm2.Signer, certificate: bytes) -> bytes:
    """Return the seal (DER) that *info* describes, signed by its maker, whose certificate (DER) is *certificate*."""
    return structures.seal(info, certificate, oids.SM2_WITH_SM3, signer.sign(structures.seal_info(info)))


def seal_document(
    seal: bytes, *, data_hash: bytes, property_info: str, at: datetime, signer: sm2.Signer, certificate: bytes
) -> bytes:
    """Return the sealing (DER) of a document whose SM3 is *data_hash*; *certificate* (DER) is on the seal's list."""
    version = structures.parse_seal(seal).info.version
    signed = structures.to_sign(seal, at, data_hash, property_info, version)
    return structures.sealing(signed, certificate, oids.SM2_WITH_SM3, signer.sign(signed))
