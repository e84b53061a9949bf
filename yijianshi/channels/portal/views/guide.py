"""The guide: one question a page, then what it comes to, then the start of an application."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from yijianshi.applications import commands as applications
from yijianshi.catalogue.logic import promise
from yijianshi.channels.portal import guiding
from yijianshi.channels.portal.presenting import overview, singly
from yijianshi.channels.shared import asking as presenting
from yijianshi.channels.shared import planned as summarising
from yijianshi.channels.shared.display import display_of
from yijianshi.foundation import calendars, clock
from yijianshi.identity.entrance import CITIZEN, PUBLIC, ActorRequest, entry
from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.text import Text


@entry(PUBLIC)
def question(request: ActorRequest, code: str) -> HttpResponse:
    """Ask the next question that can still change something, or the one named by ``?change=``."""
    if request.GET.get("again"):
        guiding.begin_anew(request, code)
    here = guiding.position(request, code)
    if request.method == "POST":
        return _answered(request, here)
    asking = here.thing.questions_by_fact.get(request.GET.get("change", "")) or here.question
    if asking is None:
        return redirect("portal:summary", code=code)
    return _ask(request, here, asking.fact)


def _answered(request: ActorRequest, here: guiding.Position) -> HttpResponse:
    fact = request.POST.get("fact", "")
    if fact not in here.thing.questions_by_fact:
        return redirect("portal:guide", code=here.thing.code)
    is_list = here.thing.element(fact).type == "LIST"
    raw = request.POST.getlist("answer") if is_list else request.POST.get("answer", "").strip()
    try:
        guiding.answer(request, here.thing, fact, raw, unsure="answer_unsure" in request.POST or guiding.UNSURE in (raw, *raw))
    except Invalid as problem:
        return _ask(request, here, fact, problem.text)
    return redirect("portal:guide", code=here.thing.code)


def _ask(request: ActorRequest, here: guiding.Position, fact: str, problem: Text | None = None) -> HttpResponse:
    earlier = presenting.answered(here.asked, here.thing, here.raw, here.declined)
    facts = [line.fact for line in earlier]
    number = facts.index(fact) + 1 if fact in facts else len(facts) + 1
    before = earlier[number - 2].fact if number > 1 else None
    page = {
        "thing": here.thing,
        "plan": here.plan,
        "ask": presenting.ask(here.thing, here.thing.questions_by_fact[fact], here.raw, number),
        "unsure_chosen": fact in here.declined,
        "earlier": [line for line in earlier if line.fact != fact],
        "before": before,
        "overview_address": overview.address(here.thing),
        "problem": problem,
        "carried": len(here.carried),
        "intake": here.intake,
        "certain": [item for item in here.plan.items if item.status == "INCLUDED"],
        "maybe": [item for item in here.plan.items if item.status == "OPEN"],
    }
    return render(request, "portal/guide.html", page, status=422 if problem else 200)


@entry(PUBLIC)
def summary(request: ActorRequest, code: str) -> HttpResponse:
    """Show what the answers come to: items, fields, materials, promised date, reductions, or the single items."""
    here = guiding.position(request, code)
    if here.question is not None:
        return redirect("portal:guide", code=code)
    dates = promise.promise_dates(here.plan.promise, clock.today(clock.now()), calendars.national())
    result = summarising.summarise(here.thing, here.plan, dates, display_of(request).language)
    earlier = presenting.answered(here.asked, here.thing, here.raw, here.declined)
    page = {"thing": here.thing, "plan": here.plan, "summary": result, "earlier": earlier, "intake": here.intake}
    page |= {"overview_address": overview.address(here.thing), "carried": len(here.carried), "steps": singly.steps(here.plan)}
    page |= guiding.compared(here)
    return render(request, "portal/single.html" if here.plan.route == "SINGLE" else "portal/summary.html", page)


@entry(CITIZEN)
def start(request: ActorRequest, code: str) -> HttpResponse:
    """Begin the application in the name of the person, or of the principal the person acts for."""
    here = guiding.position(request, code)
    if request.method != "POST":
        return render(request, "portal/start.html", {"thing": here.thing, "plan": here.plan})
    application_id = applications.start(
        thing_code=code, answers=here.raw, declined=here.declined, by=request.actor, at=clock.now()
    )
    guiding.forget(request, code)
    return redirect("portal:application", application_id=application_id)
