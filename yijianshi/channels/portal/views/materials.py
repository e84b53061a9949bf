"""Materials: how each is met, uploads, and commitment letters."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.applications import commands, queries
from yijianshi.channels.portal.presenting import answers, tasks
from yijianshi.channels.portal.presenting import materials as presenting
from yijianshi.channels.portal.views.drafting import while_draft
from yijianshi.foundation import clock
from yijianshi.identity.entrance import CITIZEN, ActorRequest, entry
from yijianshi.kernel.errors import DomainError


@entry(CITIZEN)
@while_draft
def overview(request: ActorRequest, application_id: UUID) -> HttpResponse:
    """Show every material with what to do about it."""
    return _show(request, application_id)


@entry(CITIZEN)
@require_POST
def one(request: ActorRequest, application_id: UUID, code: str) -> HttpResponse:
    """Add or remove a file, or choose another way to meet the material."""
    about: dict[str, Any] = {"application_id": application_id, "material": code, "by": request.actor, "at": clock.now()}
    try:
        if "remove" in request.POST:
            commands.detach(file_id=_file_id(request.POST["remove"]), **about)
        elif "reuse" in request.POST:
            commands.reuse(source=_file_id(request.POST["reuse"]), agreed=request.POST.get("agreed") == "yes", **about)
        elif "satisfier" in request.POST:
            commands.choose(satisfier=request.POST["satisfier"], **about)
        else:
            _attach_all(request, about)
    except DomainError as problem:
        return _show(request, application_id, code, problem)
    return redirect(f"{_address(application_id)}#m-{code}")


@entry(CITIZEN)
@while_draft
def letter(request: ActorRequest, application_id: UUID, code: str) -> HttpResponse:
    """Show a commitment letter to read in full, and keep the agreement."""
    draft = queries.get_draft(application_id, by=request.actor, at=clock.now())
    found = next((letter for letter in draft.letters if letter.code == code), None)
    if found is None:
        raise Http404
    missing = request.method == "POST" and request.POST.get("agreed") != "yes"
    if request.method != "POST" or missing:
        page = {"draft": draft, "letter": found, "missing": missing, "ordinary_way": answers.ordinary_way(draft, code)}
        return render(request, "portal/letter.html", page)
    commands.commit_letter(application_id=application_id, letter=code, agreed=True, by=request.actor, at=clock.now())
    return redirect(tasks.next_after(tasks.of_draft(draft), request.path))


def _file_id(raw: str) -> UUID:
    try:
        return UUID(raw)
    except ValueError:
        raise Http404 from None


def _attach_all(request: ActorRequest, about: dict[str, Any]) -> None:
    commands.hand_in(request.FILES.getlist("files"), lambda ids: commands.attach(file_ids=ids, **about), **about)


def _show(request: ActorRequest, application_id: UUID, code: str = "", problem: DomainError | None = None) -> HttpResponse:
    draft = queries.get_draft(application_id, by=request.actor, at=clock.now())
    wanted = [one.planned.code for one in draft.materials if one.planned.status == "TO_UPLOAD" and not one.files]
    before = queries.reusable(draft.thing, wanted, by=request.actor, at=clock.now())
    cards = [
        presenting.card(
            draft.thing,
            material,
            problem.text if problem and material.planned.code == code else None,
            before.get(material.planned.code, ()),
        )
        for material in draft.materials
    ]
    problems = [{"text": problem.text, "link": card.place} for card in cards if problem and card.planned.code == code]
    page = {
        "draft": draft,
        "cards": presenting.in_order([card for card in cards if card.tone != "idle"]),
        "not_needed": [card for card in cards if card.tone == "idle"],
        "problems": problems,
        "next": _after(draft),
    }
    return render(request, "portal/materials.html", page, status=problem.status if problem else 200)


def _after(draft: Any) -> str:
    return tasks.next_after(tasks.of_draft(draft), _address(draft.id))


def _address(application_id: UUID) -> str:
    return reverse("portal:materials", args=[application_id])
