"""What each one-thing saves, by its published version and its published worked examples."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.savings import Savings, savings_of
from yijianshi.catalogue.logic.schema import Example
from yijianshi.catalogue.logic.schema.matter_list import Matter
from yijianshi.catalogue.models import PublishedSheet
from yijianshi.catalogue.models.published_sheet import EXAMPLES
from yijianshi.catalogue.queries import cards, lists, versions
from yijianshi.foundation import calendars
from yijianshi.identity.logic.actor import Actor

_RESULTS_IN_MEMORY = 256


@dataclass(frozen=True, slots=True)
class ThingSavings:
    """One thing, its computed savings, and its entry on a published list, whose figures stand beside them."""

    thing: CompiledThing
    savings: Savings
    matter: Matter | None


def get_savings(code: str, *, by: Actor, on: date) -> ThingSavings:
    """Return what a thing in force on the day *on* saves; open to everybody. Raises ThingNotPublished."""
    version_id, thing = versions.get_current(code, on)
    sheet = _newest_examples(on).get(code)
    matters = {card.matter.code: card.matter for one in lists.list_matter_lists(by=by, on=on) for card in one.matters}
    entry = thing.list_entry
    return ThingSavings(thing, _worked_out(version_id, sheet), matters.get(entry.code) if entry else None)


def list_savings(*, by: Actor, on: date) -> list[ThingSavings]:
    """Return what every one-thing in force on the day *on* saves, in the order of the catalogue."""
    sheets = _newest_examples(on)
    matters = {card.matter.code: card.matter for one in lists.list_matter_lists(by=by, on=on) for card in one.matters}
    return [
        ThingSavings(
            versions.get_version(card.version_id),
            _worked_out(card.version_id, sheets.get(card.code)),
            matters.get(card.list_code or ""),
        )
        for card in cards.list_things(by=by, on=on)
    ]


def _newest_examples(on: date) -> dict[str, UUID]:
    rows = PublishedSheet.objects.filter(kind=EXAMPLES, effective_on__lte=on).order_by("code", "-version").distinct("code")
    return {code: sheet_id for code, sheet_id, is_end in rows.values_list("code", "id", "is_end") if not is_end}


@lru_cache(maxsize=_RESULTS_IN_MEMORY)
def _worked_out(version_id: UUID, sheet_id: UUID | None) -> Savings:
    """Neither a version nor a sheet ever changes, so this is worked out once a process."""
    if sheet_id is None:
        return Savings((), ())
    content = PublishedSheet.objects.values_list("content", flat=True).get(id=sheet_id)
    examples = [Example.model_validate(one) for one in content["examples"]]
    return savings_of(versions.get_version(version_id), examples, calendars.national())
