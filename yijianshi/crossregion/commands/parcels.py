"""What travels about a passage: files announced, signatures, moves; shared by the commands of both sides."""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from yijianshi.crossregion.logic.custody import Signature, moment, signed_text
from yijianshi.crossregion.logic.states import ENDED, Stage, check_follows
from yijianshi.crossregion.models import Passage, PassageFile
from yijianshi.exchange import keys
from yijianshi.exchange import queries as neighbours
from yijianshi.foundation import files, history
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Invalid

MOST_FILES = 200


class ToldWrongly(Invalid):
    """“{peer}”关于 {about} 的消息格式不对，没有采用：{why}

    The message of "{peer}" about {about} has another form and was not used: {why}
    """


class NotTheirSignature(Invalid):
    """“{peer}”关于 {about} 的交接凭证签名不对，没有采用。请与对方核对密钥。

    The custody receipt of "{peer}" about {about} carries a wrong signature and was not used. Please compare keys with them.
    """


class FileComing(BaseModel):
    """A file the other side holds for us."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    material: str = Field(max_length=120)
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    name: str = Field(min_length=1, max_length=200)
    mime: str = Field(max_length=100)
    size: int = Field(ge=1, le=64 * 1024 * 1024)
    title: dict[str, str] | None = None
    note: str = Field(default="", max_length=300)


def parse_files(found: Any, peer: str, about: str) -> list[FileComing]:
    """Return the files a message announces; raises ToldWrongly."""
    try:
        rows = [FileComing.model_validate(one) for one in found or ()]
    except (ValidationError, TypeError):
        rows = [None] * (MOST_FILES + 1)  # type: ignore[list-item]
    if len(rows) > MOST_FILES:
        raise ToldWrongly(peer=peer, about=about, why="files")
    return rows


def announce(row: PassageFile) -> dict[str, Any]:
    """Return a file as a message announces it."""
    found = {"material": row.material, "digest": row.digest, "name": row.name, "mime": row.mime, "size": row.size}
    return found | ({"title": row.title, "note": row.note} if row.part == "RESULT" else {})


def expect(passage: Passage, coming: Iterable[FileComing], part: str, *, at: datetime) -> int:
    """Write down the files to fetch, each once; return how many are not here yet."""
    rows = [
        PassageFile(
            passage=passage,
            way="IN",
            part=part,
            material=one.material,
            title=one.title,
            note=one.note,
            digest=one.digest,
            name=one.name,
            mime=one.mime,
            size=one.size,
            next_at=at,
        )
        for one in coming
    ]
    PassageFile.objects.bulk_create(rows, ignore_conflicts=True)
    return PassageFile.objects.filter(passage=passage, way="IN", part=part, file_id=None).count()


def hold(passage: Passage, part: str, material: str, file_id: UUID, *, at: datetime, **more: Any) -> PassageFile:
    """Hold a stored file for the other side to fetch."""
    ref = files.get_ref(file_id)
    row, _ = PassageFile.objects.get_or_create(
        passage=passage,
        way="OUT",
        part=part,
        material=material,
        digest=ref.sha256,
        defaults={"name": ref.name, "mime": ref.mime, "size": ref.size, "file_id": file_id, "next_at": at, **more},
    )
    return row


def sign(text: str, *, at: datetime) -> dict[str, str]:
    """Return our signature under a custody text."""
    signer, when = keys.own(), moment(at)
    made = signer(signed_text(text, settings.EXCHANGE_NAME, when))
    return Signature(settings.EXCHANGE_NAME, signer.key_id, when, b64encode(made).decode()).to_json()


def check_signature(text: str, found: Any, peer: str, about: str) -> dict[str, str]:
    """Return the peer's signature under a custody text; raises NotTheirSignature."""
    one = Signature.from_json(found if isinstance(found, dict) else {})
    card = neighbours.get_neighbour(peer)
    try:
        raw = b64decode(one.signature, validate=True)
    except ValueError:
        raw = b""
    if one.by != peer or not keys.verifier(card.entry.public_key)(signed_text(text, one.by, one.at), raw):
        raise NotTheirSignature(peer=card.name, about=about)
    return one.to_json()


def move(passage: Passage, stage: Stage, *, by: Actor, at: datetime, reason: str = "") -> history.Entry:
    """Set the passage's stage (the caller saves) and return the line of its history; raises WrongStage."""
    before = Stage(passage.stage)
    check_follows(before, stage)
    passage.stage, passage.updated_at = stage, at
    if stage in ENDED:
        passage.ended_at = at
    return history.Entry(
        subject_kind="passage",
        subject_id=passage.id,
        application_id=passage.application_id,
        action=stage.lower(),
        actor=by.to_record(),
        at=at,
        from_state=before,
        to_state=stage,
        reason=reason[:500],
    )
