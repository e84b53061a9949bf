"""The installation's certificate authority: its root, the maker of seals under it, and how both are changed in time.

What an earlier root issued keeps verifying: its certificate stays among those trusted, and its key signs its revocation list.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from yijianshi.certificates.queries.trust import ROOT
from yijianshi.foundation import history, signing
from yijianshi.identity.logic.actor import Actor, Role
from yijianshi.kernel.errors import Forbidden
from yijianshi.kernel.pki import authority, certificates
from yijianshi.kernel.pki.authority import Wanted
from yijianshi.kernel.pki.certificates import Name
from yijianshi.kernel.text import Text

MAKER = "maker"
ROOT_TERM = timedelta(days=20 * 365)
MAKER_TERM = timedelta(days=10 * 365)
LEAST = {ROOT: MAKER_TERM, MAKER: timedelta(days=365)}  # with less left, each is changed by itself
BEFORE_THE_END = "到期前自动更换"


@transaction.atomic
def ensure_authority(*, at: datetime) -> tuple[signing.Key, signing.Key]:
    """Return the keys of the root and of the maker of seals, with their certificates; made at first use."""
    root = _ensure_root(at)
    maker = signing.ensure(MAKER, at=at, term=term_under(MAKER_TERM, root, at=at))
    return root, _with_certificate(maker, root)


@transaction.atomic
def rotate_root(*, by: Actor, at: datetime, reason: str = "") -> signing.Key:
    """Change the root, and with it the maker of seals, and return the new root's key; what was issued before keeps verifying.

    Raises Forbidden.
    """
    _check_permission(by)
    old = signing.lock_in_use(ROOT)
    new = _with_certificate(signing.rotate(ROOT, at=at, term=ROOT_TERM))
    history.record([_entry(old, new, by, at, reason)])
    rotate_maker(by=by, at=at, reason=reason)
    return new


@transaction.atomic
def rotate_maker(*, by: Actor, at: datetime, reason: str = "") -> signing.Key:
    """Change the maker of seals, certified by the root in use, and return its new key; seals made before keep verifying.

    Raises Forbidden, and NoKey when the root has run out: then change the root.
    """
    _check_permission(by)
    signing.lock_in_use(ROOT)  # always before the maker's
    old = signing.lock_in_use(MAKER)
    root = _ensure_root(at)
    new = _with_certificate(signing.rotate(MAKER, at=at, term=term_under(MAKER_TERM, root, at=at)), root)
    history.record([_entry(old, new, by, at, reason)])
    return new


@transaction.atomic
def renew_authority(*, by: Actor, at: datetime) -> list[str]:
    """Change what has too little time left and return the purposes of the keys changed; none before there is an authority.

    The root when it could no longer cover a whole maker's certificate, the maker in its last year. Raises Forbidden.
    """
    _check_permission(by)
    root, maker = signing.lock_in_use(ROOT), signing.lock_in_use(MAKER)
    if root is None:
        return []
    if root.valid_to - at < LEAST[ROOT]:
        rotate_root(by=by, at=at, reason=BEFORE_THE_END)
        return [ROOT, MAKER]
    if maker is None or maker.valid_to - at < LEAST[MAKER]:
        rotate_maker(by=by, at=at, reason=BEFORE_THE_END)
        return [MAKER]
    return []


def term_under(wanted: timedelta, *issuers: signing.Key, at: datetime) -> timedelta:
    """Return the term of a key made at *at*: as long as wanted, but no longer than that of any of its issuers."""
    return min(wanted, *(issuer.valid_to - at for issuer in issuers))


def certify(subject: Name, key: signing.Key, root: signing.Key) -> signing.Key:
    """Return the key with the certificate the root issues for it."""
    wanted = _wanted(subject, key)
    return signing.certify(key, authority.issue(wanted, certificates.parse(root.certificate), root.signer).der)


def _ensure_root(at: datetime) -> signing.Key:
    return _with_certificate(signing.ensure(ROOT, at=at, term=ROOT_TERM))


def _with_certificate(key: signing.Key, root: signing.Key | None = None) -> signing.Key:
    """Return the maker's key, or without *root* the root's, with its certificate, issued now if it has none."""
    if key.certificate:
        return key
    if root is not None:
        return certify(Name("制章机构", settings.EXCHANGE_NAME), key, root)
    # Every root has a name of its own: certificates and revocation lists say by name which root issued them (RFC 5280).
    number = len(signing.list_keys(ROOT))
    name = f"{settings.EXCHANGE_NAME} 根" if number == 1 else f"{settings.EXCHANGE_NAME} 根 {number}"
    wanted = _wanted(Name(name, settings.EXCHANGE_NAME), key, is_authority=True)
    return signing.certify(key, authority.make_root(wanted, key.signer).der)


def _wanted(subject: Name, key: signing.Key, *, is_authority: bool = False) -> Wanted:
    # A leading zero bit keeps the number positive; 20 bytes at most (RFC 5280 section 4.1.2.2).
    return Wanted(subject, key.public, key.valid_from, key.valid_to, key.id.int >> 1, is_authority)


def _check_permission(by: Actor) -> None:
    if not (by.is_system or by.has_role(Role.OPERATOR)):
        raise Forbidden(why=Text("只有系统管理人员可以更换密钥", "only operators change keys"))


def _entry(old: signing.Key | None, new: signing.Key, by: Actor, at: datetime, reason: str) -> history.Entry:
    return history.Entry(
        subject_kind="signing_key",
        subject_id=new.id,
        action="rotate",
        actor=by.to_record(),
        at=at,
        reason=reason,
        payload={
            "purpose": new.purpose,
            "public": new.public.hex(),
            "before": str(old.id) if old else "",
            "until": new.valid_to.isoformat(timespec="seconds"),
        },
    )
