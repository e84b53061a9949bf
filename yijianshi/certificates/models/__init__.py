"""The tables of the certificates room; no other room imports them."""

from yijianshi.certificates.models.certificate import Certificate, FaceRow
from yijianshi.certificates.models.personal import RAN_OUT, PersonalSeal
from yijianshi.certificates.models.seal import Seal, SealedFile
from yijianshi.certificates.models.show import Show
from yijianshi.certificates.models.use import CertificateUse

__all__ = ["RAN_OUT", "Certificate", "CertificateUse", "FaceRow", "PersonalSeal", "Seal", "SealedFile", "Show"]
