"""Reading instead of asking: consent to sensitive data, and "this is wrong"."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yijianshi.applications import commands, queries
from yijianshi.applications.queries.views import DraftView, FormField
from yijianshi.channels.portal.presenting import form as presenting
from yijianshi.channels.portal.views.drafting import while_draft
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, ActorRequest, entry
from yijianshi.kernel.errors import Invalid


@entry(CITIZEN)
@while_draft
@require_POST
def consent(request: ActorRequest, application_id: UUID, register: str) -> HttpResponse:
    """Agree to reading sensitive data of one register."""
    agreed = request.POST.get("agreed") == "yes"
    commands.consent_to_read(application_id=application_id, register=register, agreed=agreed, by=request.actor, at=clock.now())
    return redirect(f"/applications/{application_id}/#reads")


@entry(CITIZEN)
@while_draft
def wrong(request: ActorRequest, application_id: UUID, fact: str) -> HttpResponse:
    """Ask what is right instead of a register's value, or take the answer."""
    draft = queries.get_draft(application_id, by=request.actor, at=clock.now())
    field = _field(draft, fact)
    if request.method != "POST":
        return _show(request, draft, field)
    claimed, reason = request.POST.get(fact, "").strip(), request.POST.get("reason", "")
    said: dict[str, Any] = {"fact": fact, "claimed": claimed, "reason": reason}
    try:
        commands.dispute(application_id=draft.id, **said, by=request.actor, at=clock.now())
    except Invalid as problem:
        return _show(request, draft, field, problem, said)
    return redirect("portal:form", application_id=draft.id, entity=field.element.entity)


def _field(draft: DraftView, fact: str) -> FormField:
    found = [one for group in draft.groups for one in group.fields if one.element.name == fact]
    if not found or found[0].source is None or found[0].source.kind != "REGISTER":
        raise Http404
    return found[0]


def _show(request: ActorRequest, draft: DraftView, field: FormField, *failed: Any) -> HttpResponse:
    """*failed*: what was wrong with what was said, and what was said."""
    problem, said = failed or (None, {"claimed": "", "reason": ""})
    control = presenting.editable(field, said["claimed"], None)
    problems = [{"text": problem.text, "link": "#reason" if problem.field == "reason" else f"#{control.id}"}] if problem else []
    page = {"draft": draft, "known": field, "field": control, "problems": problems, "reason": said["reason"]}
    return render(request, "portal/wrong.html", page, status=422 if problem else 200)
