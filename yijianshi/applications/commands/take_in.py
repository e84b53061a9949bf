"""Taking in an application that another region received: an ordinary application here, made and submitted in one act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.applications.commands.draft import attach, commit_letter
from yijianshi.applications.commands.start import create, may_apply
from yijianshi.applications.commands.submit import Receipt, Submission, submit
from yijianshi.applications.queries.stored_facts import pack
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.values import decode_answer
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Conflict

CHANNEL = "crossregion"


class NoLongerOffered(Conflict):
    """“{thing}”在这里已经换了新的版本，或者不再办理。请重新看一遍要求，再提交。

    "{thing}" has a newer version here, or is no longer offered. Please look at the requirements once more and submit again.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """An application as another region hands it over; *key* names it for good, *facts* are raw, *files* were stored for *by*."""

    key: str
    thing: str
    sha: str
    facts: Mapping[str, Any] = field(repr=False)
    declined: Sequence[str] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Sequence[UUID]] = field(default_factory=dict)
    letters: Sequence[str] = ()


@transaction.atomic
def take_in(handed: HandedOver, *, by: Actor, at: datetime) -> Receipt:
    """Make the application for the person *by* and submit it; the same key again gives the same receipt.

    It stays on the version the applicant was shown. Raises NoLongerOffered, and what the commands it is made of raise.
    """
    version_id = catalogue.find_version(handed.thing, handed.sha)
    if version_id is None:
        raise NoLongerOffered(thing=handed.thing)
    thing = catalogue.get_version(version_id)
    may_apply(thing, by)
    facts = {name: decode_answer(thing, name, raw) for name, raw in handed.facts.items()}
    declined = [name for name in handed.declined if name in thing.questions_by_fact]
    draft = create(thing, version_id, pack(thing, facts), declined, by, at)
    draft.channel = CHANNEL
    draft.choices = {**handed.choices, **dict.fromkeys(handed.files, "UPLOAD")}
    draft.save(update_fields=["channel", "choices"])
    for code, ids in handed.files.items():
        attach(application_id=draft.id, material=code, file_ids=ids, by=by, at=at)
    for letter in handed.letters:
        commit_letter(application_id=draft.id, letter=letter, agreed=True, by=by, at=at)
    return submit([Submission(application_id=draft.id, idempotency_key=handed.key, declaration=True)], by=by, at=at)[0]
