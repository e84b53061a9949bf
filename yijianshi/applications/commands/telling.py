"""Tell people what happened, in the words the content has for it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from yijianshi.applications.queries.addressees import Addressees, addressees
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic import telling
from yijianshi.catalogue.logic.schema.notice import Notice
from yijianshi.exchange.notices import commands as notices
from yijianshi.foundation import clock
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import SYSTEM, Actor
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing that happened: *key* names it for good, *people* says who takes which part (applicant, agent, party)."""

    key: str
    outcome: str | None = None
    words: Mapping[str, Text] = field(default_factory=dict)
    people: Mapping[str, UUID] = field(default_factory=dict, repr=False)
    act_by: date | None = None
    path: str = ""
    application_id: UUID | None = None
    mandate_id: UUID | None = None


def tell(event: str, happened: Sequence[Happened], *, by: Actor, at: datetime) -> int:
    """Write the notices the content has for *event* and return how many are new; nothing published means nothing told."""
    texts = catalogue.list_notices(event, on=clock.today(at))
    if not texts:
        return 0
    contacts = identity.contacts({person for one in happened for person in one.people.values()}, by=by)
    site = as_text(urlsplit(settings.PUBLIC_URL).netloc)
    fresh = [
        _notice(text, one, audience, {"surname": Text(*[contacts[person].surname] * 2), "site": site})
        for one in happened
        for text, audience, person in _pairs(texts, one)
        if person in contacts
    ]
    return notices.notify(fresh, by=by, at=at)


def tell_about(event: str, happened: Mapping[UUID, Sequence[Happened]], *, at: datetime) -> int:
    """Tell the applicant and the agent of each application (application → what happened to it)."""
    known = addressees(happened, by=SYSTEM)
    every = [_addressed(one, known[key]) for key, ones in happened.items() if key in known for one in ones]
    return tell(event, every, by=SYSTEM, at=at)


def as_text(value: object) -> Text:
    """Return a value that reads the same in both languages, a dash for nothing."""
    return Text(*[str(value or "—")] * 2)


def day_text(day: date | None) -> Text:
    """Return a day as a notice says it: 12月3日, 3 Dec; what stands for it when it is not known yet."""
    return Text("待定的日期", "a day to be set") if day is None else Text(f"{day.month}月{day.day}日", f"{day.day} {day:%b}")


def _addressed(one: Happened, known: Addressees) -> Happened:
    people = {"applicant": known.applicant, "agent": known.agent}
    words = {"thing": known.thing, "number": as_text(known.number), **one.words}
    return Happened(
        key=one.key,
        outcome=one.outcome,
        words=words,
        people={audience: person for audience, person in people.items() if person is not None},
        act_by=one.act_by,
        path=one.path or f"/applications/{known.application_id}/",
        application_id=known.application_id,
        mandate_id=known.mandate_id,
    )


def _pairs(texts: Collection[Notice], one: Happened) -> Iterator[tuple[Notice, str, UUID]]:
    """Yield each person once: who is two things at the same time hears it as the first of them."""
    told: set[UUID] = set()
    for text in texts:
        for audience in text.audience if text.outcome == one.outcome else ():
            person = one.people.get(audience)
            if person is not None and person not in told:
                told.add(person)
                yield text, audience, person


def _notice(text: Notice, one: Happened, audience: str, also: Mapping[str, Text]) -> notices.NewNotice:
    told = telling.tell(text, {**also, **one.words})
    return notices.NewNotice(
        key=one.key,
        person_id=one.people[audience],
        audience=audience,
        title=told.title,
        body=told.body,
        sms=told.sms,
        channels=text.channels,
        urgent=text.urgent,
        needs_action=text.needs_action,
        act_by=one.act_by if text.needs_action else None,
        path=one.path,
        application_id=one.application_id,
        mandate_id=one.mandate_id if audience == "agent" else None,
        event=text.event,
        outcome=text.outcome or "",
    )
