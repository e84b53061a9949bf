"""Check your answers, submit once, and the receipt."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yijianshi.applications import commands, queries
from yijianshi.cases import queries as cases
from yijianshi.channels.portal.presenting import check as presenting
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, entry
from yijianshi.kernel.errors import DomainError, Invalid


class DeclarationMissing(Invalid):
    """请先勾选“以上内容真实”。提交以后各部门就按这些内容办理。

    Please tick the declaration first. The departments act on exactly this information once it is submitted.
    """


@entry(CITIZEN)
def check(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Show all answers once more; on POST submit them, once, whatever happens to the connection."""
    if request.method != "POST":
        return _show(request, application_id)
    try:
        if request.POST.get("declaration") != "yes":
            raise DeclarationMissing(field="declaration")
        key, revision = request.POST.get("idempotency_key", ""), int(request.POST.get("revision") or 0)
        submission = commands.Submission(application_id, key, revision, declaration=True)
        commands.submit([submission], by=request.actor, at=clock.now())
    except DomainError as problem:
        return _show(request, application_id, problem)
    return redirect("portal:submitted", application_id=application_id)


def _show(request: HttpRequest, application_id: UUID, problem: DomainError | None = None) -> HttpResponse:
    draft = queries.get_draft(application_id, by=request.actor, at=clock.now())
    page = {
        "draft": draft,
        "check": presenting.of_draft(draft),
        "idempotency_key": request.POST.get("idempotency_key") or str(uuid4()),
        "refused": problem is not None,
        "problems": presenting.problems(draft, problem),
    }
    return render(request, "portal/check.html", page, status=problem.status if problem else 200)


@entry(CITIZEN)
def submitted(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Say that it arrived, what happens next and until when."""
    return render(request, "portal/submitted.html", _receipt(request, application_id))


@entry(CITIZEN)
def receipt(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Show the receipt （收件凭证） for printing."""
    return render(request, "portal/receipt.html", _receipt(request, application_id))


def _receipt(request: HttpRequest, application_id: UUID) -> dict[str, Any]:
    return {
        "receipt": queries.get_receipt(application_id, by=request.actor),
        "progress": cases.progress(application_id, by=request.actor, at=clock.now()),
    }
