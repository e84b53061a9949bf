"""One answer of the guide, changed while the application is a draft."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from yijianshi.applications import commands, queries
from yijianshi.applications.queries.views import DraftView
from yijianshi.channels.portal import guiding
from yijianshi.channels.portal.presenting import answers
from yijianshi.channels.portal.presenting.singly import single_code
from yijianshi.channels.portal.views.drafting import while_draft
from yijianshi.channels.shared import asking as presenting
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, ActorRequest, entry
from yijianshi.kernel.errors import Invalid


@entry(CITIZEN)
@while_draft
def one(request: ActorRequest, application_id: UUID, fact: str) -> HttpResponse:
    """Ask one question of the guide again, or save its answer and ask what it newly brings up."""
    draft = queries.get_draft(application_id, by=request.actor, at=clock.now())
    if fact not in draft.thing.questions_by_fact:
        raise Http404
    return _answered(request, draft, fact) if request.method == "POST" else _ask(request, draft, fact)


@entry(CITIZEN)
def singly(request: ActorRequest, application_id: UUID, code: str) -> HttpResponse:
    """Lead from a draft that is handled one item at a time to one of its items, taking the draft's answers along."""
    draft = queries.get_draft(application_id, by=request.actor, at=clock.now())
    if code not in draft.plan.included():
        raise Http404
    guiding.carry(request, draft.thing, answers.raw_answers(draft), draft.declined)
    return redirect("portal:item", code=single_code(draft.plan, code))


def _answered(request: ActorRequest, draft: DraftView, fact: str) -> HttpResponse:
    try:
        _save(request, draft, fact)
    except Invalid as problem:
        return _ask(request, draft, fact, problem)
    after = queries.get_draft(draft.id, by=request.actor, at=clock.now())
    question = answers.next_question(after)
    return redirect(answers.address(after, question.fact)) if question else redirect("portal:application", draft.id)


def _save(request: ActorRequest, draft: DraftView, fact: str) -> None:
    about: dict[str, Any] = {"application_id": draft.id, "by": request.actor, "at": clock.now()}
    if "answer_unsure" in request.POST or guiding.UNSURE in request.POST.getlist("answer"):
        commands.decline(fact=fact, **about)
        return
    raw = _given(request, draft, fact)
    guiding.must_be_possible(draft.thing, fact, raw, draft.facts)
    commands.save_draft(values={fact: raw}, **about)


def _given(request: ActorRequest, draft: DraftView, fact: str) -> str | tuple[str, ...]:
    if draft.thing.element(fact).type == "LIST":
        return tuple(
            request.POST.getlist("answer")
        )  # a tuple: "none of these" is an answer, while save_draft forgets an empty list
    return request.POST.get("answer", "").strip()


def _ask(request: ActorRequest, draft: DraftView, fact: str, problem: Invalid | None = None) -> HttpResponse:
    thing, raw = draft.thing, answers.raw_answers(draft)
    if problem:
        raw[fact] = request.POST.get("answer", "")
    page: dict[str, Any] = {
        "draft": draft,
        "ask": presenting.ask(thing, thing.questions_by_fact[fact], raw, 1),
        "unsure_chosen": fact in draft.declined and fact not in draft.facts,
        "problem": problem.text if problem else None,
    }
    return render(request, "portal/answer.html", page, status=422 if problem else 200)
