"""Signing before submission: one document, signers in order, each released by a code or drawn by hand.

A draft that changes ends the round: what was signed stays kept, and counts for nothing more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.applications.commands.parties import MayNotAnswer, answer_by_signing, must_be_finished
from yijianshi.applications.commands.rounds import note, open_round
from yijianshi.applications.logic.signing import APPLICANT, Signer, content_from, signers_from
from yijianshi.applications.models import Application, Material, Signature, SigningRound
from yijianshi.applications.queries import signing as queries
from yijianshi.applications.queries.access import lock_owned
from yijianshi.applications.queries.drafts import NotADraft, offers_for, work_out
from yijianshi.applications.queries.parties import Filled
from yijianshi.certificates import commands as certificates
from yijianshi.certificates import queries as rendering
from yijianshi.exchange.notices import commands as notices
from yijianshi.foundation import clock, files
from yijianshi.identity import commands as identity
from yijianshi.identity.logic.actor import SYSTEM, Actor
from yijianshi.kernel.errors import Conflict, Invalid
from yijianshi.kernel.text import Text

MAX_DRAWING = 512 * 1024
_MOST_IN_SEAL = 12 * 1024
_CODE = Text(
    "验证码 {code}，用来签署“{title}”，5 分钟内有效。不是您本人在办，请不要告诉任何人。",
    "Code {code} signs '{title}'; it holds for 5 minutes. If this is not you, tell nobody.",
)
_METHODS = {
    Signature.Method.CODE: "本人密钥，短信验证码放行",
    Signature.Method.HAND: "手写，再次验证登录密码，平台见证",
}


class DocumentChanged(Conflict):
    """内容改过了，这份文件不能再签。请申请人重新发起签名，看过新的内容再签。

    The content has changed, so this document can no longer be signed. Please have the applicant start again, and read it anew.
    """


class NotYourTurn(Conflict):
    """还没有轮到您签名，请等前面的人先签。

    It is not your turn to sign yet; please wait for those before you.
    """


class SignedAlready(Conflict):
    """您已经签过这份文件了，不用再签。

    You have signed this document already; nothing more is needed.
    """


class NoDrawing(Invalid):
    """没有收到手写签名。请在方框里写上您的名字，或者上传一张 PNG 图片（不超过 512 KB）。

    No handwritten signature arrived. Please write your name in the box, or choose a PNG picture of up to 512 KB.
    """


class DrawingTooRich(Invalid):
    """这张图片太复杂，放不进签名里。请用深色的笔写在白底上，不要用照片。

    This picture is too rich for a signature. Please write with a dark pen on white; a photograph does not fit.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """One wish to sign: the document by its digest, and either the code or the drawing with the password."""

    round_id: UUID
    digest: str
    code: str = field(default="", repr=False)
    drawing: bytes | None = field(default=None, repr=False)
    password: str = field(default="", repr=False)


@transaction.atomic
def open_signing(application_id: UUID, *, by: Actor, at: datetime) -> UUID:
    """Return the document of the draft as it stands, made now if need be; raises NotReady while something is missing."""
    (draft,) = lock_owned([application_id], by=by)
    if draft.state != Application.State.DRAFT:
        raise NotADraft
    worked = work_out(draft, offers=offers_for(draft, by=by, at=at), at=at)
    must_be_finished(worked, dict(Material.objects.filter(application=draft).values_list("code", "files")))
    return open_round(Filled(draft, worked.thing, worked.plan, worked.facts), by=by, at=at)


def send_code(round_id: UUID, *, by: Actor, at: datetime) -> str:
    """Send a code that releases the signature of *by* on this document, and return the masked number it went to.

    Raises NotYourTurn, SignedAlready, DocumentChanged, NoPhone, TextNotSent, TryAgainLater.
    """
    row = queries.find_round(round_id, by=by)
    _, person_id = _place(row, by)
    code = identity.make_code(row.sha256, by=by, at=at)
    text = _CODE.format(code=code, title=content_from(row.content).title)
    return notices.text_now(person_id, text, by=SYSTEM, at=at)


def sign(wish: Signing, *, by: Actor, at: datetime) -> None:
    """Sign exactly the document shown (*digest*), in turn; the second factor is checked first, and wrong ones are counted.

    Raises NotYourTurn, SignedAlready, DocumentChanged, CodeWrong, CodeOver, NoDrawing, PasswordWrong.
    """
    row = queries.find_round(wish.round_id, by=by)
    if wish.digest != row.sha256:
        raise DocumentChanged
    _place(row, by)
    drawing = _release(wish, row, by, at)
    with transaction.atomic():
        _sign(row.id, drawing, by, at)


def _release(wish: Signing, row: SigningRound, by: Actor, at: datetime) -> certificates.Drawing | None:
    """Check the second factor; each check is a transaction of its own."""
    if wish.drawing is None:
        identity.spend_code(wish.code, row.sha256, by=by, at=at)
        return None
    drawing = _drawing(wish.drawing, by, at)
    identity.confirm_password(wish.password, by=by, at=at)
    return drawing


def _drawing(content: bytes, by: Actor, at: datetime) -> certificates.Drawing:
    if not content.startswith(b"\x89PNG") or len(content) > MAX_DRAWING:
        raise NoDrawing(field="drawing")
    limits = files.Limits.of(["png"], 1)
    with transaction.atomic():
        stored = files.store(content, name="signature.png", by=by, at=at, limits=limits)  # refuses what is no sound picture
        files.forget([stored.id])
    small = rendering.to_small_png(content)
    if len(small) > _MOST_IN_SEAL:
        raise DrawingTooRich(field="drawing")
    return certificates.Drawing(small, 42, 42)


def _sign(round_id: UUID, drawing: certificates.Drawing | None, by: Actor, at: datetime) -> None:
    row = queries.lock_round(round_id)
    place, person_id = _place(row, by)
    signer = signers_from(row.signers)[place]
    method = Signature.Method.CODE if drawing is None else Signature.Method.HAND
    document = files.open_file(queries.latest_file(row))[1]
    about = _about(row, signer, method, by, at)
    if drawing is None:
        signed = certificates.sign(document, about, _beside(about), by=by, at=at)
    else:
        try:
            signed = certificates.seal_drawing(document, about, drawing, _beside(about), by=by, at=at)
        except ValueError as error:
            raise DrawingTooRich(field="drawing") from error
    stored = files.keep(signed.content, name=f"{about['文件']}.pdf", mime="application/pdf", by=SYSTEM, at=at)
    Signature.objects.create(
        round=row,
        position=place,
        entity=signer.entity,
        person_id=person_id,
        signer=about["签署人"],
        mandate_id=by.principal.mandate_id if by.principal else None,
        method=method,
        file_id=stored.id,
        sha256=stored.sha256,
        at=at,
    )
    note(row, "sign", by, at, {"entity": signer.entity, "method": method, "es_id": signed.es_id, "sha256": signed.sha256})
    if signer.entity != APPLICANT:
        answer_by_signing(row.application, signer.entity, by=by, at=at)


def _place(row: SigningRound, by: Actor) -> tuple[int, UUID]:
    """Return where *by* signs now, and the natural person; raises why not."""
    if by.person_id is None or (by.principal and not by.principal.may_submit):
        raise MayNotAnswer
    place = queries.place_of(row, by)
    if row.application.state != Application.State.DRAFT or not queries.is_current(row.application, row) or place is None:
        raise DocumentChanged
    done = set(Signature.objects.filter(round=row).values_list("position", flat=True))
    if place in done:
        raise SignedAlready
    if place != len(done):
        raise NotYourTurn
    return place, by.person_id


def _about(row: SigningRound, signer: Signer, method: str, by: Actor, at: datetime) -> dict[str, str]:
    """Return what is signed along with the document: who, as what, in what way."""
    said = {
        "文件": content_from(row.content).title.zh,
        "签署人": by.name,
        "身份": signer.label.zh,
        "方式": _METHODS[Signature.Method(method)],
        "时间": f"{at.astimezone(clock.LEGAL_ZONE):%F %T}",
        "原件": f"SHA-256 {row.sha256}",
    }
    return said | ({"代": by.principal.name} if by.principal else {})


def _beside(about: Mapping[str, str]) -> list[str]:
    """Return what stands beside the picture of a signature on the page."""
    acting = [f"代 {about['代']}"] if "代" in about else []
    return [about["签署人"], *acting, about["方式"], about["时间"]]
