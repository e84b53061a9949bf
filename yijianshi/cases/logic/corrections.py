"""What may be asked in a correction notice: everything at once, afterwards nothing new (行政许可法 art. 32)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yijianshi.kernel.errors import Conflict, Invalid
from yijianshi.kernel.text import Text

MAX_ENTRIES = 60
MAX_TEXT = 500


class CorrectionEmpty(Invalid):
    """请至少选一处需要补正的内容，并写明怎样补。

    Please choose at least one point to be corrected and say how.
    """


class CorrectionUnclear(Invalid):
    """“{name}”怎样补正没有写清楚。请用一句话写明，不超过 {limit} 字。

    It is not clear how "{name}" should be corrected. Please say it in one sentence, at most {limit} characters.
    """


class OneTimeNoticeUsed(Invalid):
    """补正内容应当一次告知（行政许可法第三十二条）。“{name}”上次没有提出，现在不能再要求。

    Corrections must be told all at once (Administrative Licensing Law, art. 32). "{name}" was not in the first notice, so it
    cannot be asked for now.
    """


class CorrectionNotAskable(Invalid):
    """“{name}”不是这个事项要申请人填写或提交的内容，不能要求补正。请从办件页列出的内容里选。

    "{name}" is not something the applicant fills in or hands in for this item, so it cannot be asked for. Please choose from
    what the case page lists.
    """


class AlreadyCertified(Conflict):
    """“{name}”已经写在签发了的“{certificate}”上，不能只在这份申请里改，否则证照和申请就不一致了。请先请办理“{item}”的部门更正证照。

    "{name}" stands on the "{certificate}" already issued. Changing it in this application alone would contradict the certificate.
    Please ask the department in charge of "{item}" to correct the certificate first.
    """


class CertifiedMeanwhile(Conflict):
    """“{name}”刚写在新签发的“{certificate}”上，不能在这里改了。请让这一处保持原样，其余的照常提交；如果证照写错了，请联系办理“{item}”的部门更正。

    "{name}" now stands on the "{certificate}" just issued, so it cannot be changed here. Please leave it as it is and send
    the rest; if the certificate is wrong, ask the department in charge of "{item}" to correct it.
    """


@dataclass(frozen=True, slots=True)
class Certified:
    """A fact as it stands on an issued certificate: its name, the certificate, and the item that issued it."""

    name: Text
    certificate: Text
    item: Text


@dataclass(frozen=True, slots=True)
class CorrectionEntry:
    """One point: a form field or a material, and how to mend it."""

    kind: str  # field | material
    name: str  # dictionary element or material code
    text: str

    def to_json(self) -> dict[str, str]:
        """Return the stored form."""
        return {"kind": self.kind, "name": self.name, "text": self.text}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "CorrectionEntry":
        """Return the entry stored as *value*."""
        return cls(str(value["kind"]), str(value["name"]), str(value["text"]))


def check_entries(entries: Sequence[CorrectionEntry], first_notice: Sequence[CorrectionEntry]) -> None:
    """Raise when the notice is empty, unclear, or asks for something the first notice did not name."""
    if not 0 < len(entries) <= MAX_ENTRIES:
        raise CorrectionEmpty(field="entries")
    told = {(entry.kind, entry.name) for entry in first_notice}
    for entry in entries:
        if not entry.text.strip() or len(entry.text) > MAX_TEXT:
            raise CorrectionUnclear(name=entry.name, limit=MAX_TEXT, field=entry.name)
        if told and (entry.kind, entry.name) not in told:
            raise OneTimeNoticeUsed(name=entry.name, field=entry.name)


def check_askable(entries: Sequence[CorrectionEntry], askable: Collection[tuple[str, str]]) -> None:
    """Raise when the notice asks for something outside the item's guide, which the applicant could never answer."""
    for entry in entries:
        if (entry.kind, entry.name) not in askable:
            raise CorrectionNotAskable(name=entry.name, field=entry.name)


def check_not_certified(entries: Sequence[CorrectionEntry], certified: Mapping[str, Certified]) -> None:
    """Raise when the notice asks to change a fact that an issued certificate of the same application already states."""
    for entry in entries:
        found = certified.get(entry.name) if entry.kind == "field" else None
        if found is not None:
            raise AlreadyCertified(name=found.name, certificate=found.certificate, item=found.item, field=entry.name)


def check_left_alone(given: Mapping[str, Any], present: Mapping[str, Any], certified: Mapping[str, Certified]) -> None:
    """Raise when one of the *given* values differs from the *present* one that a certificate has stated in the meantime."""
    for name, value in given.items():
        found = certified.get(name)
        if found is not None and value != present.get(name):
            raise CertifiedMeanwhile(name=found.name, certificate=found.certificate, item=found.item, field=name)
