"""The tables of the certificates room; no other room imports them."""

from yijianshi.certificates.models.certificate import Certificate, FaceRow
from yijianshi.certificates.models.seal import Seal, SealedFile
from yijianshi.certificates.models.show import Show
from yijianshi.certificates.models.use import CertificateUse

__all__ = ["Certificate", "CertificateUse", "FaceRow", "Seal", "SealedFile", "Show"]
