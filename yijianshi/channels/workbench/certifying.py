"""What a desk may do with a certificate it issued: each deed by its name in the address."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from uuid import UUID

from yijianshi.certificates import commands
from yijianshi.certificates.commands.reissue import TermOver
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.text import Text

Deed = Callable[[UUID, Mapping[str, str], Actor, datetime], UUID]
LINE = "line."  # before the name of a line of the face in a form

WORDS = {
    "issue": Text("签发", "Issued"),
    "seal": Text("盖章", "Sealed"),
    "reissue": Text("换发", "Reissued"),
    "suspend": Text("暂扣", "Suspended"),
    "restore": Text("恢复", "Restored"),
    "revoke": Text("撤销", "Revoked"),
    "cancel": Text("注销", "Cancelled"),
    "use": Text("使用", "Used"),
    "show": Text("出示", "Shown"),
}
TOLD = {
    "seal": Text("盖好了。", "Sealed."),
    "reissue": Text("新证已签发，旧证已注销。这是新证。", "The new one is issued, the old one cancelled. This is the new one."),
    "suspend": Text("已暂扣，持证人在“我的证照”里能看到理由。", "Suspended; the holder sees why in their wallet."),
    "restore": Text("已恢复。", "Restored."),
    "revoke": Text("已撤销，持证人在“我的证照”里能看到理由。", "Revoked; the holder sees why in their wallet."),
    "cancel": Text("已注销，持证人在“我的证照”里能看到理由。", "Cancelled; the holder sees why in their wallet."),
}


def _seal(certificate_id: UUID, form: Mapping[str, str], by: Actor, at: datetime) -> UUID:
    commands.seal([certificate_id], by=by, at=at)
    return certificate_id


def _reissue(certificate_id: UUID, form: Mapping[str, str], by: Actor, at: datetime) -> UUID:
    before = {name.removeprefix("was."): value for name, value in form.items() if name.startswith("was.")}
    typed = {name.removeprefix(LINE): value for name, value in form.items() if name.startswith(LINE)}
    changes = {name: value for name, value in typed.items() if value.strip() != before.get(name, "")}
    until = _day(form.get("valid_to", ""))
    wish = commands.Reissue(certificate_id=certificate_id, changes=changes, valid_to=until, reason=form.get("reason", ""))
    return commands.reissue(wish, by=by, at=at)


def _day(raw: str) -> date | None:
    try:
        return date.fromisoformat(raw) if raw else None
    except ValueError as error:
        raise TermOver(field="valid_to") from error


def _changing(change: Callable[..., None]) -> Deed:
    def deed(certificate_id: UUID, form: Mapping[str, str], by: Actor, at: datetime) -> UUID:
        change([certificate_id], form.get("reason", ""), by=by, at=at)
        return certificate_id

    return deed


DEEDS: Mapping[str, Deed] = {
    "seal": _seal,
    "reissue": _reissue,
    "suspend": _changing(commands.suspend),
    "restore": _changing(commands.restore),
    "revoke": _changing(commands.revoke),
    "cancel": _changing(commands.cancel),
}
