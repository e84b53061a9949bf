"""The other parties of a draft, each with their state in words and the link to pass on."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from yijianshi.applications.logic.parties import PartyState, PartyStatus
from yijianshi.applications.queries import Request
from yijianshi.applications.queries.views import DraftView
from yijianshi.kernel.text import Text

_WORDS = {
    PartyStatus.NOT_ASKED: ("waiting", Text("还没有邀请", "Not asked yet")),
    PartyStatus.WAITING: ("waiting", Text("等对方确认", "Waiting for them")),
    PartyStatus.CONFIRMED: ("done", Text("已确认并同意", "Agreed")),
    PartyStatus.DECLINED: ("stopped", Text("没有同意", "Did not agree")),
    PartyStatus.OUTDATED: ("stopped", Text("内容改过，要重新确认", "Changed since; ask again")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One party."""

    state: PartyState
    tone: str
    words: Text
    link: str

    @property
    def may_ask(self) -> bool:
        """Say whether an invitation makes sense now."""
        return self.state.status not in (PartyStatus.CONFIRMED, PartyStatus.WAITING)


def of_draft(draft: DraftView, request: HttpRequest) -> list[Line]:
    """Return the parties of a draft."""
    return [_line(state, request) for state in draft.parties]


def file_names(asked: Request) -> list[str]:
    """Return the names of the files that were handed in with what is asked about."""
    return [one["name"] for files in asked.sheet.files.values() for one in files]


def _line(state: PartyState, request: HttpRequest) -> Line:
    tone, words = _WORDS[state.status]
    place = reverse("portal:confirmation", args=[state.asked.id]) if state.asked else ""
    return Line(state, tone, words, request.build_absolute_uri(place) if place else "")
