"""Show a certificate to somebody: chosen lines only, sealed by the issuer, seen once within a minute, for one purpose."""

import hashlib
import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.certificates.commands.sealing import copy_of, ready_by_rule
from yijianshi.certificates.logic import disclosure
from yijianshi.certificates.logic.states import State
from yijianshi.certificates.models import Certificate, Show
from yijianshi.certificates.opened import CertificateView, views_of
from yijianshi.certificates.queries.access import is_in_wallet
from yijianshi.certificates.queries.locks import lock_show, lock_unseen
from yijianshi.certificates.queries.shown import lines_of
from yijianshi.foundation import clock, history, sealing
from yijianshi.foundation.ids import new_id
from yijianshi.identity import commands as identity
from yijianshi.identity.logic.actor import ANONYMOUS, Actor
from yijianshi.identity.logic.addresses import network_key
from yijianshi.kernel.errors import Conflict, Invalid, NotFound
from yijianshi.kernel.text import Text

SECONDS = 60
_MOST_PURPOSE = 60


class NothingChosen(Invalid):
    """请至少勾选一项要出示的内容。

    Please tick at least one line to show.
    """


class PurposeNeeded(Invalid):
    """请写明用在哪里（2 到 60 个字），例如“办理入学”。写明用途，别人就不能挪作他用。

    Please say what it is for (2 to 60 characters), for example "school enrolment". Nobody can then use it for something else.
    """


class CannotBeShown(Conflict):
    """这份证照现在无效，或者发证机关还没有电子印章，不能用这种方式出示。

    This certificate is not valid now, or its issuer has no electronic seal yet, so it cannot be shown this way.
    """


class UnknownShow(NotFound):
    """这个二维码不对。请让对方重新出示。

    This code is not one of ours. Please ask to be shown the certificate again.
    """


class ShowSeen(Conflict):
    """这个二维码已经看过一次，不能再看。如果不是您看的，请让对方重新出示。

    This code has been opened once and cannot be opened again. If it was not you, please ask to be shown the certificate again.
    """


class ShowExpired(Conflict):
    """这个二维码已经过了 60 秒，请让对方重新出示。

    The 60 seconds of this code are over. Please ask to be shown the certificate again.
    """


@dataclass(frozen=True, slots=True)
class Seen:
    """What whoever scanned the code gets: the document, to be kept and verified without us, and its verdict's parts."""

    document: dict[str, Any] = field(repr=False)
    certificate_id: UUID


@transaction.atomic
def show(certificate_id: UUID, names: Collection[str], purpose: str, *, by: Actor, at: datetime) -> str:
    """Return the token under which the chosen lines can be seen once within a minute; only the holder's side may.

    Raises NotFound, NothingChosen, PurposeNeeded, CannotBeShown.
    """
    certificate = _own(certificate_id, by)
    wanted, lines = _purpose(purpose), lines_of(certificate, clock.today(at))
    chosen = {line.name for line in lines} & set(names)
    if not chosen:
        raise NothingChosen(field="lines")
    ready = ready_by_rule(certificate, at)
    if ready is None or certificate.state is not State.VALID:
        raise CannotBeShown
    salts = [secrets.token_bytes(disclosure.SALT_BYTES) for _ in lines]
    prepared = disclosure.prepare(
        lines, salts, name=certificate.name.zh, issuer=certificate.issuer_name.zh, purpose=wanted, at=at
    )
    document = disclosure.finish(prepared, ready.make(disclosure.hash_of(prepared), "disclosure", at), lines, salts, chosen)
    token, show_id = secrets.token_urlsafe(18), new_id()
    Show.objects.create(
        id=show_id,
        certificate_id=certificate_id,
        token_hash=_hash(token),
        purpose=wanted,
        document=sealing.seal(json.dumps(document, ensure_ascii=False), _context(show_id)),
        made_at=at,
        expires_at=at + timedelta(seconds=SECONDS),
    )
    shown = sorted(line.label.zh for line in lines if line.name in chosen)
    history.record([_entry(certificate_id, "show", by, at, {"purpose": wanted, "lines": shown, "show": str(show_id)})])
    return token


@transaction.atomic
def see(token: str, *, address: str, at: datetime) -> Seen:
    """Return what a token opens, once; raises UnknownShow, ShowSeen, ShowExpired, TooManyRequests."""
    identity.count_request("verify", network_key(address), at)
    row = lock_show(_hash(token))
    if row is None:
        raise UnknownShow
    if row.seen_at is not None:
        raise ShowSeen
    if at >= row.expires_at:
        raise ShowExpired
    document = json.loads(sealing.unseal(row.document, _context(row.pk)))
    row.seen_at, row.is_kept = at, False
    row.document = sealing.seal("{}", _context(row.pk))  # seen once, kept by nobody but who saw it
    row.save(update_fields=["seen_at", "is_kept", "document"])
    history.record([_entry(row.certificate_id, "see", ANONYMOUS, at, {"purpose": row.purpose, "show": str(row.pk)})])
    return Seen(document, row.certificate_id)


@transaction.atomic
def forget_unseen(*, at: datetime) -> int:
    """Forget what showings held that nobody opened in time, and return how many; that they were made stays known."""
    rows = lock_unseen(at)
    for row in rows:
        row.document, row.is_kept = sealing.seal("{}", _context(row.pk)), False
    Show.objects.bulk_update(rows, ["document", "is_kept"])
    return len(rows)


@transaction.atomic
def make_copy(certificate_id: UUID, purpose: str, *, by: Actor, at: datetime) -> bytes:
    """Return the certificate as a sealed PDF with its purpose across the page; only the holder's side may.

    Raises NotFound, PurposeNeeded, CannotBeShown.
    """
    certificate, wanted = _own(certificate_id, by), _purpose(purpose)
    if certificate.state is not State.VALID:
        raise CannotBeShown
    content = copy_of(certificate, Text(f"仅用于{wanted}", f"Only for: {wanted}"), at)
    digest = hashlib.sha256(content).hexdigest()
    history.record([_entry(certificate_id, "copy", by, at, {"purpose": wanted, "sha256": digest})])
    return content


def _own(certificate_id: UUID, by: Actor) -> CertificateView:
    row = Certificate.objects.filter(pk=certificate_id).first()
    if row is None or not is_in_wallet(row, by):
        raise NotFound(what=Text("这份证照", "This certificate"))
    return views_of([row])[0]


def _purpose(purpose: str) -> str:
    wanted = " ".join(purpose.split())
    if not 2 <= len(wanted) <= _MOST_PURPOSE:
        raise PurposeNeeded(field="purpose")
    return wanted


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _context(show_id: UUID) -> str:
    return f"certificates.show:{show_id}"


def _entry(certificate_id: UUID, action: str, by: Actor, at: datetime, payload: dict[str, Any]) -> history.Entry:
    return history.Entry(
        subject_kind="certificate", subject_id=certificate_id, action=action, actor=by.to_record(), at=at, payload=payload
    )
