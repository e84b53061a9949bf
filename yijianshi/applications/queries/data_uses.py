"""Who used my data: every register asked about a person and every use of her certificates, with what she said about it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.catalogue import queries as catalogue
from yijianshi.certificates import queries as certificates
from yijianshi.exchange.queries import sharing
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

READ, CERTIFICATE = "READ", "CERTIFICATE"
_STATES = {
    "WAITING": Text("正在读", "Being read"),
    "AWAY": Text("登记库暂时连不上，会再试", "The register cannot be reached now; it is tried again"),
    "ANSWERED": Text("读到了", "Read"),
    "NOT_FOUND": Text("登记库里没有", "Nothing found"),
    "REFUSED": Text("登记库没有答复", "The register did not answer"),
}
_ENDED = Text("已停止使用", "No longer used")
_AUTHORISATIONS = {
    "SELF": Text("您自己办事时读取", "Read while you applied"),
    "MANDATE": Text("凭授权读取", "Read under a mandate"),
    "CONSENT": Text("经您单独同意读取", "Read with your separate consent"),
}
_USED = Text("使用了证照", "The certificate was used")
_USE_WHY = Text("免去您提交这份证照", "So that it need not be handed in")
_USE_BASIS = "国务院关于在线政务服务的若干规定"
_WHOLE = Text("整张证照", "The whole certificate")


@dataclass(frozen=True, slots=True)
class DataUse:
    """One line of the ledger."""

    kind: str
    id: UUID
    source: Text
    items: tuple[Text, ...]
    thing: Text
    why: Text
    basis: str
    fields: tuple[Text, ...]
    authorisation: Text
    state: Text
    at: datetime
    by: str
    objection: sharing.ObjectionCard | None


def list_data_uses(*, by: Actor) -> list[DataUse]:
    """Return every use of the person's data, newest first; of an enterprise's while acting for it. Nothing for others."""
    said = {(one.about_kind, one.about_id): one for one in sharing.list_own_objections(by=by)}
    lines = [_read(line, said.get((READ, line.id)), by) for line in sharing.list_uses(by=by)]
    for held in certificates.list_held(by.subject_id, by=by) if by.is_person and by.subject_id else ():
        lines += [_use(held.name, use, said.get((CERTIFICATE, use.id))) for use in certificates.list_uses(held.id, by=by)]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def must_be_about(kind: str, use_id: UUID, *, by: Actor) -> None:
    """Raise NotFound unless this use is of the person's own data, as if there were none."""
    if kind == READ and sharing.is_about(use_id, by=by):
        return
    if kind == CERTIFICATE and any(one.kind == kind and one.id == use_id for one in list_data_uses(by=by)):
        return
    raise NotFound(what=Text("这次使用", "This use"))


def _read(line: sharing.UseLine, said: sharing.ObjectionCard | None, by: Actor) -> DataUse:
    return DataUse(
        kind=READ,
        id=line.id,
        source=line.register,
        items=line.items,
        thing=_thing(line.thing),
        why=line.why,
        basis=line.basis,
        fields=line.fields,
        authorisation=_AUTHORISATIONS.get(line.authorisation, _AUTHORISATIONS["SELF"]),
        state=_STATES[line.state] if line.in_use or line.state == "NOT_FOUND" else _ENDED,
        at=line.at,
        by=by.name if line.by_self else "",
        objection=said,
    )


def _use(name: Text, use: certificates.UseCard, said: sharing.ObjectionCard | None) -> DataUse:
    organisation = identity.get_organisation(use.organisation_id).name if use.organisation_id else None
    return DataUse(
        kind=CERTIFICATE,
        id=use.id,
        source=name,
        items=(_item(use.purpose, use.item_code),),
        thing=_thing(use.purpose),
        why=_USE_WHY,
        basis=_USE_BASIS,
        fields=(_WHOLE,),
        authorisation=use.authorisation,
        state=organisation or _USED,
        at=use.at,
        by=use.user_name,
        objection=said,
    )


def _thing(code: str) -> Text:
    found = catalogue.find_published_name(code)
    return found or Text(code, code)


def _item(thing: str, code: str) -> Text:
    return catalogue.find_published_name(f"item:{code}") or _thing(thing)
