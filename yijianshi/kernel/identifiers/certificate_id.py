"""Identifiers of electronic certificates (电子证照标识, GB/T 36904-2018)."""

import re
from dataclasses import dataclass

from yijianshi.kernel.identifiers.checksums import mod_37_36
from yijianshi.kernel.identifiers.problem import BadIdentifier, Problem, normalise, refuse
from yijianshi.kernel.text import Text

ROOT = "1.2.156.3005.2"
# Real identifiers exist whose issuer is a 6-digit region instead of an 18-character code: the issuer is not judged further.
_SEGMENTS = re.compile(
    r"1\.2\.156\.3005\.2\.(?P<type_code>[0-9A-Z]{18}[0-9]{3})\.(?P<issuer>[0-9A-Z]{1,18})"
    r"\.(?P<serial>[0-9A-Z]{1,64})\.(?P<version>[0-9]{3})\.(?P<check>[0-9A-Z])",
    re.ASCII,
)

_SHAPE = Text(
    "电子证照标识应是“1.2.156.3005.2.证照类型.颁发机构.流水号.版本号.校验位”，用点分开。请从电子证照上完整复制后再试。",
    "A certificate identifier reads 1.2.156.3005.2.type.issuer.serial.version.check, separated by dots. "
    "Please copy it whole from the e-certificate and try again.",
)
_CHECK = Text(
    "电子证照标识的校验位对不上，可能有一位抄错了。请从电子证照上重新复制，或者重新扫码。",
    "The check character of the certificate identifier does not fit; perhaps one character was copied wrongly. "
    "Please copy it again from the e-certificate, or scan its code again.",
)


@dataclass(frozen=True, slots=True)
class CertificateId:
    """The parts of an identifier: *type_code* is the definer's USCC and 3 digits; *version* rises with each re-issue."""

    type_code: str
    issuer: str
    serial: str
    version: str
    check: str

    def __str__(self) -> str:
        return ".".join((ROOT, self.type_code, self.issuer, self.serial, self.version, self.check))


def check_certificate_id(text: str) -> Problem | None:
    """Return what is wrong with an identifier, or None."""
    match = _SEGMENTS.fullmatch(normalise(text))
    if not match:
        return Problem("shape", _SHAPE)
    *segments, check = match.groups()
    return None if mod_37_36("".join(segments)) == check else Problem("check", _CHECK)


def parse_certificate_id(text: str) -> CertificateId:
    """Return the parts of an identifier. Raises BadIdentifier."""
    refuse(check_certificate_id(text))
    match = _SEGMENTS.fullmatch(normalise(text))
    if match is None:  # check_certificate_id has refused this already; said again for the type checker
        raise BadIdentifier(Problem("shape", _SHAPE))
    return CertificateId(**match.groupdict())


def compose_certificate_id(type_code: str, issuer: str, serial: str, version: int = 1) -> str:
    """Return the full identifier with its check character. Raises ValueError if a segment does not have its form."""
    segments = (type_code, issuer, serial, f"{version:03d}")
    text = ".".join((ROOT, *segments, mod_37_36("".join(segments))))
    if not _SEGMENTS.fullmatch(text):
        raise ValueError(f"no certificate identifier from {segments}")
    return text


def next_version(identifier: CertificateId) -> str:
    """Return the identifier of the re-issued certificate. Raises ValueError after version 999."""
    return compose_certificate_id(identifier.type_code, identifier.issuer, identifier.serial, int(identifier.version) + 1)
