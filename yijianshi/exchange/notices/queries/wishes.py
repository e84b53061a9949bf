"""How people wish to be told, and where they can be reached."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import time
from uuid import UUID

from yijianshi.exchange.notices.logic.hours import Quiet
from yijianshi.exchange.notices.models import Preference
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import SYSTEM, Actor
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

_WHOSE = Text("消息设置", "Message settings")


@dataclass(frozen=True, slots=True)
class Wish:
    """One person's wishes, with the addresses they can be kept at: channel → address, only those switched on."""

    addresses: dict[str, str] = field(repr=False)
    quiet: Quiet
    is_daily: bool
    language: str

    @property
    def channels(self) -> frozenset[str]:
        """Return the ways that are switched on and lead somewhere."""
        return frozenset(self.addresses)


@dataclass(frozen=True, slots=True)
class PreferenceCard:
    """One's own settings as the page shows them; the phone number is masked, it belongs to the identity."""

    sms: bool
    phone: str = field(repr=False)
    email: bool
    email_address: str = field(repr=False)
    quiet_from: time
    quiet_to: time
    is_daily: bool
    language: str


def wishes_of(person_ids: Collection[UUID]) -> dict[UUID, Wish]:
    """Return person → their wishes; somebody without settings has the usual ones, somebody without a phone gets no messages."""
    chosen = {row.person_id: row for row in Preference.objects.filter(person_id__in=person_ids)}
    contacts = identity.contacts(person_ids, by=SYSTEM)
    found = {}
    for person_id in person_ids:
        row = chosen.get(person_id) or Preference(person_id=person_id)
        contact = contacts.get(person_id)
        addresses = {"sms": contact.phone if contact and row.sms else "", "email": row.email_address if row.email else ""}
        found[person_id] = Wish(
            {channel: address for channel, address in addresses.items() if address},
            Quiet(row.quiet_from, row.quiet_to),
            row.is_daily,
            row.language,
        )
    return found


def get_preference(*, by: Actor) -> PreferenceCard:
    """Return one's own settings; raises NotFound for whoever is no citizen."""
    if by.person_id is None:
        raise NotFound(what=_WHOSE)
    row = Preference.objects.filter(person_id=by.person_id).first() or Preference(person_id=by.person_id)
    phone = str(identity.describe_self(by)["phone"])
    return PreferenceCard(row.sms, phone, row.email, row.email_address, row.quiet_from, row.quiet_to, row.is_daily, row.language)
