"""Asking the other parties to agree to the finished form, and their answers."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.applications.commands.rounds import open_round
from yijianshi.applications.commands.submit import NotReady
from yijianshi.applications.events import PartyAnswered, PartyInvited
from yijianshi.applications.models import Application, Confirmation, Invitation, Letter, Material
from yijianshi.applications.queries import parties
from yijianshi.applications.queries.access import lock_owned
from yijianshi.applications.queries.drafts import NotADraft, Worked, offers_for, work_out
from yijianshi.applications.queries.views import draft_materials
from yijianshi.catalogue.logic.checking import FactProblem
from yijianshi.catalogue.logic.plan import PlannedParty
from yijianshi.foundation import events, history
from yijianshi.identity import queries as people
from yijianshi.identity.logic.actor import SYSTEM, Actor
from yijianshi.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from yijianshi.kernel.text import Text

LONGEST_REASON = 300


class ChangedSinceShown(Conflict):
    """申请人刚刚改过内容，和您看到的不一样了，所以没有确认。请等申请人再次邀请，看过新的内容再决定。

    The applicant has just changed the content, so it differs from what you saw and nothing was confirmed. Please wait until you
    are asked again, and decide on the new content.
    """


class AnsweredAlready(Conflict):
    """您已经答复过这一次的邀请，不用再答复。

    You have answered this request already; nothing more is needed.
    """


class ReasonNeeded(Invalid):
    """不同意的话，请写一句原因，申请人才知道要改什么。

    If you do not agree, please give a reason in a sentence, so that the applicant knows what to change.
    """


class MustSign(Conflict):
    """这份内容要签名才算同意。请打开“去签名”，看过文件后签名。

    Agreement to this takes a signature. Please open 'Sign', read the document and sign it.
    """


class MayNotAnswer(Forbidden):
    """您得到的授权只能查看，不能代为确认。请让本人自己确认。

    Your mandate lets you look, not agree in the other person's name. Please let them answer themselves.
    """


@transaction.atomic
def invite(*, application_id: UUID, entity: str, by: Actor, at: datetime) -> UUID:
    """Ask one party to agree to the finished form, and return the invitation; asking again shows the present content.

    Raises NotReady while something is missing, NotFound for a party this application does not have.
    """
    (draft,) = lock_owned([application_id], by=by)
    if draft.state != Application.State.DRAFT:
        raise NotADraft
    worked = work_out(draft, offers=offers_for(draft, by=by, at=at), at=at)
    party = next((one for one in worked.plan.parties if one.entity == entity), None)
    if party is None:
        raise NotFound(what=Text("这位当事人", "This party"))
    files = dict(Material.objects.filter(application=draft).values_list("code", "files"))
    must_be_finished(worked, files)
    if party.act == "SIGN":
        open_round(parties.Filled(draft, worked.thing, worked.plan, worked.facts), by=by, at=at)
    return _write(worked, party, files, by, at)


@transaction.atomic
def decline(*, invitation_id: UUID, digest: str, reason: str, by: Actor, at: datetime) -> None:
    """Refuse to agree, with a reason; raises ReasonNeeded, ChangedSinceShown, AnsweredAlready, NotFound."""
    said = reason.strip()[:LONGEST_REASON]
    if not said:
        raise ReasonNeeded(field="reason")
    _answer(invitation_id, digest, Confirmation.Answer.DECLINED, said, by, at)


@transaction.atomic
def confirm(*, invitation_id: UUID, digest: str, by: Actor, at: datetime) -> None:
    """Agree to exactly what was shown (*digest*); a party that has to sign does so with commands.sign.

    This is a confirmation, no electronic signature in the sense of 电子签名法. Raises MustSign, ChangedSinceShown when the draft
    moved on, AnsweredAlready, NotFound.
    """
    if parties.find_invitation(invitation_id, by=by).act == "SIGN":
        raise MustSign
    _answer(invitation_id, digest, Confirmation.Answer.CONFIRMED, "", by, at)


def answer_by_signing(application: Application, entity: str, *, by: Actor, at: datetime) -> None:
    """Note the agreement of a party that has just signed; part of the signer's transaction."""
    row = Invitation.objects.filter(application=application, entity=entity).first()
    if row is None:
        raise ChangedSinceShown
    _answer(row.id, row.digest, Confirmation.Answer.CONFIRMED, "", by, at)


def must_be_finished(worked: Worked, files: dict[str, list[dict[str, str]]]) -> None:
    """Raise NotReady with everything that is still missing."""
    agreed = dict(Letter.objects.filter(application=worked.application).values_list("code", "agreed_at"))
    missing = [FactProblem(one.planned.code, one.problem) for one in draft_materials(worked.plan, files, agreed) if one.problem]
    if worked.problems or missing:
        raise NotReady([*worked.problems, *missing])


def _write(worked: Worked, party: PlannedParty, files: dict[str, list[dict[str, str]]], by: Actor, at: datetime) -> UUID:
    draft = worked.application
    filled = parties.Filled(draft, worked.thing, worked.plan, worked.facts)
    shown, digest = parties.keep(filled, party, files)
    row, _ = Invitation.objects.update_or_create(
        application=draft,
        entity=party.entity,
        defaults={
            "act": party.act,
            "id_number_index": parties.index_of(str(worked.facts[party.id_number])),
            "revision": draft.revision,
            "shown": shown,
            "digest": digest,
            "invited_at": at,
        },
    )
    _note(draft, row, "invite_party", by, at)
    number = str(worked.facts[party.id_number])
    person = people.find_person_ids([number], SYSTEM).get(number)
    events.publish(PartyInvited(str(row.id), str(draft.id), draft.revision, str(person) if person else None))
    return row.id


def _answer(invitation_id: UUID, digest: str, answer: str, reason: str, by: Actor, at: datetime) -> None:
    if by.person_id is None or (by.principal and not by.principal.may_submit):
        raise MayNotAnswer
    application, row = parties.lock_asked(invitation_id, by=by)
    if digest != row.digest or not parties.is_current(application, row):
        raise ChangedSinceShown
    if Confirmation.objects.filter(application=application, entity=row.entity, at__gte=row.invited_at).exists():
        raise AnsweredAlready
    row_id = Confirmation.objects.create(
        application=application,
        entity=row.entity,
        person_id=by.person_id,
        mandate_id=by.principal.mandate_id if by.principal else None,
        act=row.act,
        answer=answer,
        revision=row.revision,
        digest=row.digest,
        reason=reason,
        at=at,
    ).id
    events.publish(PartyAnswered(str(row_id), str(application.id), answer))
    action = "confirm_party" if answer == Confirmation.Answer.CONFIRMED else "decline_party"
    _note(application, row, action, by, at, reason)


def _note(application: Application, row: Invitation, action: str, by: Actor, at: datetime, reason: str = "") -> None:
    history.record(
        [
            history.Entry(
                subject_kind="application",
                subject_id=application.id,
                application_id=application.id,
                action=action,
                actor=by.to_record(),
                at=at,
                from_state=application.state,
                to_state=application.state,
                reason=reason,
                payload={"entity": row.entity, "act": row.act, "revision": row.revision, "digest": row.digest},
            )
        ]
    )
