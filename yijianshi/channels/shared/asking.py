"""One question a page: its options, what was answered before, and what the citizen gets so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yijianshi.catalogue.logic.compiled import CompiledThing, Question
from yijianshi.channels.shared import fields
from yijianshi.kernel.text import Text

YES_NO = (("true", Text("是", "Yes")), ("false", Text("否", "No")))
UNSURE = Text("不清楚", "I don't know")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose."""

    code: str
    label: Text
    hint: Text | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """One earlier answer, to read and to change."""

    fact: str
    question: Text
    answer: Text


@dataclass(frozen=True, slots=True)
class Ask:
    """The question on the page."""

    question: Question
    control: fields.Control
    choices: tuple[Choice, ...]
    raw: str
    number: int
    unit: Text | None = None


def ask(thing: CompiledThing, question: Question, raw: Mapping[str, Any], number: int) -> Ask:
    """Return the page's question; *number* counts from one; an earlier answer is already chosen."""
    given = raw.get(question.fact, "")
    chosen = {given} if isinstance(given, str) else set(given)
    element = thing.element(question.fact)
    options = [(option.code, option.label, option.hint) for option in question.options or element.options]
    if not options and element.type == "BOOL":
        options = [(code, label, None) for code, label in YES_NO]
    choices = tuple(Choice(code, label, hint, code in chosen) for code, label, hint in options)
    control = fields.control_for(element.type, question.fact, len(choices), element.max_length)
    return Ask(question, control, choices, given if isinstance(given, str) else "", number, element.unit)


def answered(asked: Sequence[Question], thing: CompiledThing, raw: Mapping[str, Any], declined: frozenset[str]) -> list[Answered]:
    """Return the earlier answers that still matter, in the order they were asked."""
    known = [question for question in asked if question.fact in raw or question.fact in declined]
    return [Answered(q.fact, q.text, UNSURE if q.fact in declined else answer_in_words(thing, q, raw[q.fact])) for q in known]


def answer_in_words(thing: CompiledThing, question: Question, raw: str | list[str]) -> Text:
    """Return an answer in the words of its options; several are joined."""
    labels = {option.code: option.label for option in question.options or thing.element(question.fact).options}
    labels |= {} if labels else dict(YES_NO)
    codes = [raw] if isinstance(raw, str) else raw
    words = [labels.get(code, Text(code, code)) for code in codes if code]
    unit = thing.element(question.fact).unit
    if not words:
        return Text("都没有", "None of these")
    joined = Text("、".join(word.zh for word in words), ", ".join(word.en for word in words))
    return Text(f"{joined.zh} {unit.zh}", f"{joined.en} {unit.en}") if unit else joined
