"""Writes of this room, one function per verb."""

from yijianshi.applications.commands.draft import SavedDraft, attach, choose, commit_letter, decline, detach, save_draft
from yijianshi.applications.commands.migrate import Migrated, migrate_drafts
from yijianshi.applications.commands.objecting import object_to_use
from yijianshi.applications.commands.objects import add_object, remove_object
from yijianshi.applications.commands.owing import take_over_reads
from yijianshi.applications.commands.parties import confirm, invite
from yijianshi.applications.commands.parties import decline as decline_request
from yijianshi.applications.commands.reads import consent_to_read, dispute, withdraw_consent
from yijianshi.applications.commands.results import amend, lock_owned, materials_changed_since, record_results
from yijianshi.applications.commands.reuse import mark_seen, reuse
from yijianshi.applications.commands.signing import Signing, open_signing, send_code, sign
from yijianshi.applications.commands.start import discard, start
from yijianshi.applications.commands.submit import NotReady, Receipt, Submission, submit
from yijianshi.applications.commands.sweep import delete_expired_drafts
from yijianshi.applications.commands.take_in import HandedOver, NoLongerOffered, take_in
from yijianshi.applications.commands.telling import Happened, as_text, day_text, tell_about
from yijianshi.applications.commands.uploads import hand_in

__all__ = [
    "HandedOver",
    "Happened",
    "Migrated",
    "NoLongerOffered",
    "NotReady",
    "Receipt",
    "SavedDraft",
    "Signing",
    "Submission",
    "add_object",
    "amend",
    "as_text",
    "attach",
    "choose",
    "commit_letter",
    "confirm",
    "consent_to_read",
    "day_text",
    "decline",
    "decline_request",
    "delete_expired_drafts",
    "detach",
    "discard",
    "dispute",
    "hand_in",
    "invite",
    "lock_owned",
    "mark_seen",
    "materials_changed_since",
    "migrate_drafts",
    "object_to_use",
    "open_signing",
    "record_results",
    "remove_object",
    "reuse",
    "save_draft",
    "send_code",
    "sign",
    "start",
    "submit",
    "take_in",
    "take_over_reads",
    "tell_about",
    "withdraw_consent",
]
