"""Drafts, worked out afresh from what was answered and what is offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.applications.models import Application, Letter
from yijianshi.applications.queries import parties, signing
from yijianshi.applications.queries.access import get_owned
from yijianshi.applications.queries.moves import last_move
from yijianshi.applications.queries.offers import gather
from yijianshi.applications.queries.reads import consent_asks, may_read, register_offers
from yijianshi.applications.queries.stored_facts import unpack
from yijianshi.applications.queries.views import DraftLetter, DraftView, draft_materials, form_groups, title_of
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic import promise, windows
from yijianshi.catalogue.logic.checking import FactProblem, check_facts
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.elsewhere import peer_of
from yijianshi.catalogue.logic.plan import ItemStatus, MaterialStatus, Offer, Plan, Route, Supplied
from yijianshi.catalogue.logic.planning import plan
from yijianshi.catalogue.logic.repeating import expanded, object_of
from yijianshi.catalogue.logic.supplying import effective_facts, supply
from yijianshi.catalogue.logic.windows import Intake
from yijianshi.exchange import queries as neighbours
from yijianshi.exchange.queries import sharing
from yijianshi.foundation import batch, calendars, clock
from yijianshi.identity.logic.actor import Actor
from yijianshi.identity.logic.regions import covers
from yijianshi.kernel.errors import Conflict
from yijianshi.kernel.rules import Environment, parse
from yijianshi.kernel.rules import names as rule_names
from yijianshi.kernel.text import Text

UNDECIDED = Text(
    "请先回答“{question}”，才知道能不能一起办。",
    'Please answer "{question}" first; it decides whether everything can be done together.',
)

UNASKED = Text(
    "请先回答“{question}”，才知道要办什么。",
    'Please answer "{question}" first; it decides what is to be done.',
)


OUTSIDE = Text(
    "这件事您选了到{place}办，请在这里选{place}的地方。",
    "You chose to do this in {place}; please pick a place there.",
)


# Files by material, and under no material the document last made for signing at this revision.
_HANDED_IN = """
SELECT code, files FROM applications_material WHERE application_id = %s
UNION ALL SELECT '', to_jsonb(id) FROM
    (SELECT id FROM applications_signing_round WHERE application_id = %s AND revision = %s ORDER BY opened_at DESC LIMIT 1) last
"""


class NotADraft(Conflict):
    """这份申请已经提交，不能再修改。需要改的内容，请等部门的补正通知，或先撤回。

    This application has been submitted, so it can no longer be changed. If something must change, wait for a correction notice
    or withdraw it.
    """


@dataclass(frozen=True, slots=True)
class Worked:
    """A draft with everything that follows from it."""

    application: Application
    thing: CompiledThing
    facts: dict[str, Any]  # in force: typed, and supplied where nothing was typed
    supplied: Mapping[str, Supplied]
    offers: Sequence[Offer]
    plan: Plan
    intake: Intake
    problems: tuple[FactProblem, ...]


def work_out(application: Application, *, offers: Sequence[Offer], at: datetime) -> Worked:
    """Return the plan of *application* and what is wrong with its facts, under today's law of its version."""
    thing = catalogue.get_version(application.version_id)
    env = environment(at)
    typed = unpack(thing, application.facts)
    supplied = supply(thing, typed, offers, env)
    declined = frozenset(application.declined)
    planned = plan(thing, typed, offers=offers, supplied=supplied, choices=application.choices, declined=declined, env=env)
    facts = effective_facts(typed, supplied, offers)
    thing = expanded(thing, facts)
    problems = (
        *_undecided(thing, planned, facts),
        *_unasked(thing, planned),
        *_outside(thing, planned, facts),
        *check_facts(thing, planned, facts, env),
    )
    season = windows.intake(thing, facts, env, at)
    return Worked(application, thing, facts, supplied, offers, planned, season, problems)


def _undecided(thing: CompiledThing, planned: Plan, facts: Mapping[str, Any]) -> tuple[FactProblem, ...]:
    """Return the questions to answer before it is known whether the items are handled together or singly."""
    if planned.route is not Route.OPEN:
        return ()
    wanted = {name for condition in thing.conditions for name in rule_names(parse(condition.rule))}
    open_questions = [question for question in thing.questions if question.fact in wanted - set(facts)]
    return tuple(FactProblem(one.fact, UNDECIDED.format(question=one.text)) for one in open_questions)


def _unasked(thing: CompiledThing, planned: Plan) -> tuple[FactProblem, ...]:
    """Return the questions about one of several objects that nobody has answered: it came after the guide was done with."""
    open_questions = [thing.questions_by_fact[fact] for fact in planned.open_questions]
    about_one = [question for question in open_questions if object_of(thing, question.fact.partition(".")[0])]
    return tuple(FactProblem(one.fact, UNASKED.format(question=one.text)) for one in about_one)


def _outside(thing: CompiledThing, planned: Plan, facts: Mapping[str, Any]) -> tuple[FactProblem, ...]:
    """Return the places named that another region, whose thing this is, does not decide about."""
    card = neighbours.find_neighbour(peer_of(thing.code)) if peer_of(thing.code) else None
    if card is None or card.entry.peer is None:
        return ()
    place, region = card.entry.peer.name, card.entry.peer.region
    named = dict.fromkeys(item.region_fact for item in planned.items if item.status is ItemStatus.INCLUDED and item.region_fact)
    wrong = [name for name in named if facts.get(name) and not covers(region, str(facts[name]))]
    return tuple(FactProblem(name, OUTSIDE.format(place=Text(place.zh, place.en))) for name in wrong)


def get_draft(application_id: UUID, *, by: Actor, at: datetime) -> DraftView:
    """Return one draft as its pages show it; raises NotFound for a stranger's, NotADraft once it is submitted."""
    application = get_owned(application_id, by=by)
    if application.state != Application.State.DRAFT:
        raise NotADraft()
    return view_of(work_out(application, offers=offers_for(application, by=by, at=at), at=at), at)


def offers_for(application: Application, *, by: Actor, at: datetime) -> list[Offer]:
    """Return everything that is known already, and what registers answered for this application."""
    return with_registers([application], gather(purpose=application.thing_code, by=by, at=at))[application.id]


def with_registers(applications: Sequence[Application], gathered: Sequence[Offer]) -> dict[UUID, list[Offer]]:
    """Return application → the *gathered* offers and those of the registers read for it."""
    reads = sharing.list_reads([one.id for one in applications]) if sharing.are_offered() else {}
    return {one.id: [*gathered, *register_offers(reads.get(one.id, ()), gathered)] for one in applications}


def view_of(worked: Worked, at: datetime) -> DraftView:
    """Return the pages' view of a worked-out draft."""
    application, thing = worked.application, worked.thing
    files: dict[str, Any] = dict(batch.select(_HANDED_IN, [application.id, application.id, application.revision]))
    made = files.pop("", None)
    codes = dict.fromkeys(one.letter for one in worked.plan.materials if one.status is MaterialStatus.TO_COMMIT and one.letter)
    agreed = dict(Letter.objects.filter(application=application).values_list("code", "agreed_at")) if codes else {}
    filled = parties.Filled(application, thing, worked.plan, worked.facts)
    promised = promise.promised_on(worked.plan.promise, clock.today(at), calendars.national())
    return DraftView(
        id=application.id,
        thing=thing,
        title=title_of(thing, worked.facts),
        facts=worked.facts,
        declined=tuple(application.declined),
        plan=worked.plan,
        revision=application.revision,
        problems=worked.problems,
        groups=form_groups(thing, worked.plan, worked.facts, worked.supplied, worked.problems),
        materials=draft_materials(worked.plan, files, agreed),
        letters=tuple(DraftLetter(code, thing.letters_by_code[code], agreed.get(code)) for code in codes),
        promised_on=promised,
        intake=worked.intake,
        parties=parties.states_of(filled, files),
        unsigned=signing.problem_of(filled),
        signing=signing.find_current(application, UUID(made)) if made else None,
        updated_at=application.updated_at,
        expires_on=application.expires_on,
        moved=last_move(application.id),
        **_shared(worked, at),
    )


def _shared(worked: Worked, at: datetime) -> dict[str, Any]:
    """Return what the pages show of registers: what is being read, which consents are asked for, what is said to be wrong."""
    application, thing = worked.application, worked.thing
    if not thing.registers or not sharing.are_offered():
        return {}
    planned = may_read(thing, worked.plan, worked.facts, environment(at), application.region)
    return {
        "reads": tuple(sharing.list_reads([application.id])[application.id]),
        "consents": consent_asks(planned, sharing.consented(application.id)),
        "disputed": {one.fact: one for one in sharing.list_claims(application.id)},
    }


def environment(at: datetime) -> Environment:
    """Return what rules may ask of the day: the legal date and the national working-day calendar."""
    return Environment(clock.today(at), calendars.national())
