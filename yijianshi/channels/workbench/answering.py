"""Which page answers an action: its form, its summary, the news that a colleague was faster, or the way on."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from yijianshi.cases import queries
from yijianshi.cases.logic.states import ACTIONS
from yijianshi.cases.queries.views import CaseView
from yijianshi.channels.workbench import checking, forms, telling
from yijianshi.channels.workbench.acting import Outcome, Step
from yijianshi.channels.workbench.forms import Sent
from yijianshi.channels.workbench.presenting import actions, correcting, review, service_words, words
from yijianshi.foundation import clock
from yijianshi.identity.entrance import ActorRequest
from yijianshi.kernel.text import Text

STAYS = frozenset(
    {"accept", "go_without_data", "resume", "extend"}
)  # there is more to do on this case; after the others the next case is
_DONE = Text("办件 {number}：{done}", "Case {number}: {done}")


def after(request: ActorRequest, case: CaseView, action: str, sent: Sent) -> str:
    """Keep the report of what was done and return where the clerk goes on."""
    done = service_words.pick(words.DONE, service_words.DONE, action, is_service=case.is_service)
    telling.keep(request, telling.Told("done", _DONE.format(number=case.number, done=done)))
    if action in STAYS:
        address = reverse("workbench:case", args=[case.id])
        return f"{address}?{urlencode({'list': sent.listed})}" if sent.listed else address
    address = reverse("workbench:worklist")
    return f"{address}?{sent.listed}" if sent.listed else address


def page(request: ActorRequest, case: CaseView, action: str, sent: Sent, outcome: Outcome) -> tuple[str, dict[str, Any]]:
    """Return the template and its content for a step before the end."""
    shown: dict[str, Any] = {"case": case, "action": ACTIONS[action], "sent": sent, "listed": sent.listed}
    if outcome.step is Step.CONFLICT:
        now = queries.get_case(case.id, by=request.actor, at=clock.now())
        typed = [text for name, text in sent.words.items() if name != "suspension" and text]
        return "workbench/conflict.html", shown | {"case": now, "why": outcome.conflict, "typed": typed}
    if outcome.step is Step.REVIEW:
        return "workbench/review.html", shown | {"review": review.review(case, action, sent), "kept": forms.kept(sent)}
    shown["form"] = actions.form(case, ACTIONS[action], sent, outcome.problems)
    shown["problems"] = [{"text": one.text, "link": checking.link_to(one, action)} for one in outcome.problems]
    if action == "request_correction":
        shown |= {"groups": correcting.builder(case, sent, outcome.problems), "phrases": correcting.PHRASES}
        shown["certified"] = correcting.certified(case)
    return "workbench/action.html", shown
