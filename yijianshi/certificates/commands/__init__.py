"""Writes of the certificates room, one function per verb."""

from yijianshi.certificates.commands.authority import ensure_authority, renew_authority, rotate_maker, rotate_root
from yijianshi.certificates.commands.change import cancel, restore, revoke, suspend
from yijianshi.certificates.commands.issue import Issue, issue
from yijianshi.certificates.commands.look_up import CheckedFile, check_file, check_known_file, look_up
from yijianshi.certificates.commands.reissue import Reissue, reissue
from yijianshi.certificates.commands.sealing import get_file, seal, seal_due
from yijianshi.certificates.commands.seals import NewSeal, end_seal, make_seal
from yijianshi.certificates.commands.show import Seen, forget_unseen, make_copy, see, show
from yijianshi.certificates.commands.signatures import Drawing, Signed, end_signature, seal_drawing, sign
from yijianshi.certificates.commands.use import Use, use

__all__ = [
    "CheckedFile",
    "Drawing",
    "Issue",
    "NewSeal",
    "Reissue",
    "Seen",
    "Signed",
    "Use",
    "cancel",
    "check_file",
    "check_known_file",
    "end_seal",
    "end_signature",
    "ensure_authority",
    "forget_unseen",
    "get_file",
    "issue",
    "look_up",
    "make_copy",
    "make_seal",
    "reissue",
    "renew_authority",
    "restore",
    "revoke",
    "rotate_maker",
    "rotate_root",
    "seal",
    "seal_drawing",
    "seal_due",
    "see",
    "show",
    "sign",
    "suspend",
    "use",
]
