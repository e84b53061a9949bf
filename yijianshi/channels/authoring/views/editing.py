"""The editor: one file of a proposal, by form or as text, with the findings beside it."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from yijianshi.catalogue.commands.authoring import EditedMeanwhile
from yijianshi.catalogue.logic.authoring.editing import place_of, steps_of
from yijianshi.channels.authoring import editing, telling
from yijianshi.channels.authoring.editing import Desk, Draft
from yijianshi.channels.authoring.forms import inputs
from yijianshi.channels.authoring.presenting import browsing
from yijianshi.channels.authoring.views import WRITE, merging
from yijianshi.foundation import clock
from yijianshi.identity.entrance import STAFF, ActorRequest, entry
from yijianshi.kernel.errors import DomainError, Invalid
from yijianshi.kernel.text import Text

_SAVED = Text("已保存到提案。", "Saved in the proposal.")
_STILL = Text("已保存到提案，还有 {n} 处要改。", "Saved in the proposal; {n:place still needs|places still need} mending.")


@entry(STAFF, roles=WRITE)
def edit(request: ActorRequest, proposal_id: UUID, path: str) -> HttpResponse:
    """Show one page of the editor; check or save what was sent."""
    desk = Desk(proposal_id, path, request.actor, clock.now())
    draft = editing.open_draft(desk)
    if request.method != "POST":
        return _to_line(request, desk, draft) if "line" in request.GET else _page(request, desk, draft)
    try:
        if request.POST.get("do") == "check":
            return _page(request, desk, editing.check(desk, draft.file, editing.text_sent(draft, request.POST)))
        saved = editing.save(desk, draft, request.POST)
    except EditedMeanwhile as problem:
        return merging.ask(request, desk, problem)
    except Invalid as problem:
        return _page(request, desk, draft, problem)
    return _saved(request, desk, len(saved.findings.errors))


def _saved(request: HttpRequest, desk: Desk, errors: int) -> HttpResponse:
    telling.keep(request, _STILL.format(n=errors) if errors else _SAVED, "waiting" if errors else "done")
    return redirect(_next(request, desk))


def _page(request: HttpRequest, desk: Desk, draft: Draft, problem: DomainError | None = None) -> HttpResponse:
    at = request.GET.get("at", "")
    form = None if request.GET.get("view") == "text" else editing.form(desk, draft, steps_of(at))
    page = {"draft": draft, "file": draft.file, "form": form, "proposal_id": desk.proposal_id, "problem": problem}
    page |= {"told": telling.take(request), "preview": browsing.previewed(draft.file.kind, draft.file.code)}
    page["text"] = request.POST.get("text", draft.text)
    template = "authoring/edit_form.html" if form else "authoring/edit_text.html"
    return render(request, template, page, status=problem.status if problem else 200)


def _to_line(request: HttpRequest, desk: Desk, draft: Draft) -> HttpResponse:
    word = request.GET["line"]
    line = int(word) if word.isascii() and word.isdigit() and len(word) < 7 else 0
    steps = editing.at_line(draft, line)
    if not draft.has_form:
        return redirect(f"{_address(desk)}?view=text")
    return redirect(f"{_address(desk)}?{urlencode({'at': place_of(steps)})}#{inputs.id_of(steps)}")


def _next(request: HttpRequest, desk: Desk) -> str:
    if "text" in request.POST:
        return f"{_address(desk)}?view=text"
    at = request.POST.get("to", "") or request.GET.get("at", "")
    return f"{_address(desk)}?{urlencode({'at': at})}" if at else _address(desk)


def _address(desk: Desk) -> str:
    return reverse("authoring:edit", args=[desk.proposal_id, desk.path])
