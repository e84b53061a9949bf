"""``content/notices``: what people are told when something happens, and by which way; one file for each thing told."""

from typing import Literal

from pydantic import Field

from yijianshi.catalogue.logic.schema.base import Code, Strict, T

Audience = Literal["applicant", "agent", "party", "holder"]
NoticeChannel = Literal["sms", "email"]


class Notice(Strict):
    """One row of the table event → audience, text, ways. Everything is shown under 消息; ``channels`` say how else it is sent.

    ``event`` is one of ``catalogue/logic/occasions.py``, with its ``outcome`` where it has several. Placeholders such as
    ``{item}`` come from the closed list of that event. ``urgent`` is sent at night, too, and never waits for a digest.
    """

    kind: Literal["notice"]
    code: Code
    event: str = Field(max_length=80)
    outcome: str | None = Field(default=None, max_length=40)
    audience: tuple[Audience, ...] = Field(min_length=1)
    channels: tuple[NoticeChannel, ...] = ()
    urgent: bool = False
    needs_action: bool = False
    title: T
    body: T
    sms: T | None = None
