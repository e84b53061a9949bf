"""Signing keys of this installation: made, kept, rotated by date, used through a provider.

A key has a *purpose* (``log``, ``root``, ``seal``, ``time`` …) and perhaps an *owner* (an organisation or a person). One key per
purpose and owner is in use; those before it stay, since what they signed must be verifiable for as long as it is kept. Today the
one provider holds private keys sealed in the database; a cryptographic machine or a signing server is another provider.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import F

from yijianshi.foundation import sealing
from yijianshi.foundation.ids import new_id
from yijianshi.foundation.models import SigningKey
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.pki import sm2

TERM = timedelta(days=5 * 365)


class NoKey(NotFound):
    """没有现在能用的签名密钥（{purpose}）。请运维人员检查密钥的起止日期，或者换一把：yijianshi keys rotate。

    There is no signing key in force ({purpose}). Please have the operator check the dates of the key, or change it: yijianshi
    keys rotate.
    """


class Provider(Protocol):
    """Where private keys are."""

    name: str

    def make(self, key_id: UUID) -> tuple[str, bytes]:
        """Return the handle and the public half of a fresh pair."""
        ...

    def signer(self, key_id: UUID, handle: str, public: bytes) -> sm2.Signer:
        """Return what signs with it."""
        ...


class Software:
    """Private keys sealed in the database, each bound to its row."""

    name = "software"

    def make(self, key_id: UUID) -> tuple[str, bytes]:
        """Return the sealed private key and the public one."""
        made = sm2.generate()
        return sealing.seal(made.private.hex(), _context(key_id)), made.public

    def signer(self, key_id: UUID, handle: str, public: bytes) -> sm2.Signer:
        """Return a signer with the opened key; raises SealBroken."""
        return sm2.SoftwareSigner(bytes.fromhex(sealing.unseal(handle, _context(key_id))), public)


PROVIDERS: dict[str, Provider] = {"software": Software()}


@dataclass(frozen=True, slots=True)
class Key:
    """A signing key, ready to sign."""

    id: UUID
    purpose: str
    owner_id: UUID | None
    public: bytes
    certificate: bytes
    valid_from: datetime
    valid_to: datetime
    retired_at: datetime | None
    signer: sm2.Signer


def current(purpose: str, owner_id: UUID | None = None, *, at: datetime) -> Key:
    """Return the key in use at *at*; raises NoKey when there is none or its dates do not cover it."""
    row = SigningKey.objects.filter(purpose=purpose, owner_id=owner_id, retired_at__isnull=True).first()
    if row is None or not row.valid_from <= at < row.valid_to:
        raise NoKey(purpose=purpose)
    return _key(row)


def ensure(purpose: str, owner_id: UUID | None = None, *, at: datetime, term: timedelta = TERM) -> Key:
    """Return the key in use, made now if there never was one; raises NoKey for one that has run out."""
    if not SigningKey.objects.filter(purpose=purpose, owner_id=owner_id, retired_at__isnull=True).exists():
        _make(purpose, owner_id, at, term)
    return current(purpose, owner_id, at=at)


def lock_in_use(purpose: str, owner_id: UUID | None = None) -> Key | None:
    """Return the key in use whatever its dates, locked until the transaction ends; None where there is none."""
    chosen = SigningKey.objects.filter(purpose=purpose, owner_id=owner_id, retired_at__isnull=True)
    chosen.select_for_update().first()
    row = chosen.first()  # read again: whoever held the lock may have changed the key
    return None if row is None else _key(row)


@transaction.atomic
def rotate(purpose: str, owner_id: UUID | None = None, *, at: datetime, term: timedelta = TERM) -> Key:
    """Retire the key in use and return its successor."""
    SigningKey.objects.filter(purpose=purpose, owner_id=owner_id, retired_at__isnull=True).update(retired_at=at)
    _make(purpose, owner_id, at, term)
    return current(purpose, owner_id, at=at)


def certify(key: Key, certificate: bytes) -> Key:
    """Keep the certificate (DER) issued for a key, and return the key with it."""
    SigningKey.objects.filter(pk=key.id).update(certificate=certificate)
    return replace(key, certificate=certificate)


def retire(key_id: UUID, *, at: datetime) -> None:
    """Let a key sign nothing more."""
    SigningKey.objects.filter(pk=key_id, retired_at__isnull=True).update(retired_at=at)


def get(key_id: UUID) -> Key:
    """Return a key, whether or not it is in use; raises NoKey."""
    row = SigningKey.objects.filter(pk=key_id).first()
    if row is None:
        raise NoKey(purpose=str(key_id))
    return _key(row)


def list_keys(purpose: str = "") -> list[Key]:
    """Return the keys, those in use first, then the latest; operators only."""
    rows = SigningKey.objects.filter(**({"purpose": purpose} if purpose else {}))
    latest = (F("retired_at").desc(nulls_first=True), "-valid_from")
    return [_key(row) for row in rows.order_by("purpose", "owner_id", *latest)]


def certificates_of(key_ids: Collection[UUID]) -> dict[UUID, bytes]:
    """Return key → its certificate (DER); those that have none are left out."""
    rows = SigningKey.objects.filter(pk__in=key_ids).values_list("pk", "certificate")
    return {key_id: bytes(certificate) for key_id, certificate in rows if certificate}


def _make(purpose: str, owner_id: UUID | None, at: datetime, term: timedelta) -> None:
    provider = PROVIDERS["software"]
    key_id = new_id()
    handle, public = provider.make(key_id)
    row = SigningKey(
        id=key_id,
        purpose=purpose,
        owner_id=owner_id,
        public=public,
        provider=provider.name,
        handle=handle,
        valid_from=at,
        valid_to=at + term,
    )
    # two who find none at the same moment make two; the first to be written is the one
    SigningKey.objects.bulk_create([row], ignore_conflicts=True)


def _key(row: SigningKey) -> Key:
    public = bytes(row.public)
    return Key(
        row.pk,
        row.purpose,
        row.owner_id,
        public,
        bytes(row.certificate),
        row.valid_from,
        row.valid_to,
        row.retired_at,
        PROVIDERS[row.provider].signer(row.pk, row.handle, public),
    )


def _context(key_id: UUID) -> str:
    return f"foundation.signing_key:{key_id}"
