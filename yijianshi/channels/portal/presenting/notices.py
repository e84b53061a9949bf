"""My messages and their settings as the pages show them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import QueryDict

from yijianshi.exchange.notices.commands import Wishes
from yijianshi.exchange.notices.queries import NoticeCard, PreferenceCard
from yijianshi.kernel.errors import DomainError

PAGE = 50
_LONGEST = 254


def place(raw: str) -> UUID | None:
    """Return the message after which the page begins; anything unreadable means the newest."""
    try:
        return UUID(raw)
    except ValueError:
        return None


def page_of(cards: Sequence[NoticeCard]) -> dict[str, Any]:
    """Return the list, whether anything on it is unread, and where it goes on."""
    return {
        "cards": cards,
        "has_unread": any(not card.is_read for card in cards),
        "next": cards[-1].id if len(cards) == PAGE else None,
    }


def wishes(sent: QueryDict) -> Wishes:
    """Return what was chosen, as it was typed."""
    return Wishes(
        sms="sms" in sent,
        email="email" in sent,
        email_address=sent.get("email_address", "")[: _LONGEST + 1],
        quiet_from=sent.get("quiet_from", "")[:20],
        quiet_to=sent.get("quiet_to", "")[:20],
        is_daily=sent.get("rhythm") == "daily",
        language=sent.get("language", "")[:8],
    )


def settings_page(kept: PreferenceCard, sent: QueryDict | None, problem: DomainError | None, *, is_done: bool) -> dict[str, Any]:
    """Return the form: what is kept, or what was typed and is wrong."""
    shown: Any = kept
    values = {"quiet_from": f"{kept.quiet_from:%H:%M}", "quiet_to": f"{kept.quiet_to:%H:%M}"}
    if sent is not None:
        shown = wishes(sent)
        values = {"quiet_from": shown.quiet_from, "quiet_to": shown.quiet_to}
    field = str(problem.field or "") if problem else ""
    return {
        "shown": shown,
        "phone": kept.phone,
        **values,
        "is_done": is_done,
        "wrong": field,
        "problems": [{"text": problem.text, "link": f"#{field}"}] if problem else [],
    }
