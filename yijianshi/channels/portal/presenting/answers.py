"""The guide's questions of a draft: what was answered, what is to be asked next, and which answer leads past a commitment."""

from collections.abc import Iterator

from django.urls import reverse

from yijianshi.applications.queries.views import DraftView, raw_value
from yijianshi.catalogue.logic.compiled import Question
from yijianshi.catalogue.logic.schema import SatisfierKind
from yijianshi.channels.portal import guiding
from yijianshi.channels.shared import asking as guide
from yijianshi.kernel.rules import names as rule_names
from yijianshi.kernel.rules import parse


def of_draft(draft: DraftView) -> list[guide.Answered]:
    """Return the answers that still matter, in the order the guide asks for them."""
    asked = [step.question for step in guiding.walk(draft.thing, draft.facts, draft.declined).asked]
    return guide.answered(asked, draft.thing, raw_answers(draft), frozenset(draft.declined) - set(draft.facts))


def next_question(draft: DraftView) -> Question | None:
    """Return the question that can still change what is to be done, or None."""
    return guiding.walk(draft.thing, draft.facts, draft.declined).question


def raw_answers(draft: DraftView) -> dict[str, str | list[str]]:
    """Return the draft's answers as a page's fields hold them."""
    thing = draft.thing
    return {fact: raw_value(thing.element(fact), draft.facts[fact]) for fact in thing.questions_by_fact if fact in draft.facts}


def address(draft: DraftView, fact: str) -> str:
    """Return the address of the page that asks one question of the guide again."""
    return reverse("portal:answer", args=[draft.id, fact])


def ordinary_way(draft: DraftView, letter: str) -> str:
    """Return where to go instead of signing *letter*: the question that chose it, else the materials.

    A question leads past a letter which itself is the material: nothing else could be handed in for it. Facts of the form say
    how things are; only what the guide alone asks is a choice.
    """
    in_form = {name for group in draft.thing.form for name in group.elements}
    chosen = [fact for fact in _deciding(draft, letter) if fact in draft.thing.questions_by_fact and fact not in in_form]
    return address(draft, chosen[0]) if chosen else reverse("portal:materials", args=[draft.id])


def _deciding(draft: DraftView, letter: str) -> Iterator[str]:
    """Yield the facts in the conditions of the items and materials that ask for *letter* first of all."""
    codes = {one.planned.code for one in draft.materials if one.planned.letter == letter}
    first = {code for code in codes if _is_letter(draft, code)}
    for item in draft.thing.items:
        for use in item.definition.materials:
            if use.material in first and item.code in draft.plan.included():
                for rule in (item.when, use.when):
                    yield from sorted(rule_names(parse(rule))) if rule else ()


def _is_letter(draft: DraftView, material: str) -> bool:
    definition = draft.thing.materials_by_code.get(material)
    return bool(definition and definition.satisfiers and definition.satisfiers[0].kind is SatisfierKind.COMMITMENT)
