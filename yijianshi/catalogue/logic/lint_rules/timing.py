"""C9xx: time in content is coherent: windows open before they close, nobody is asked to shorten a wait, what decides is asked."""

import re
from collections.abc import Iterator

from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.library import Document, Library
from yijianshi.catalogue.logic.reach import names_in
from yijianshi.catalogue.logic.schema import Item, Thing
from yijianshi.catalogue.logic.schema.item import INSTANT
from yijianshi.catalogue.logic.windows import hours_of
from yijianshi.kernel.text import Text

_BACKWARDS = Text(
    "受理时段“{label}”在 {closes} 结束，比开始的 {opens} 还早。请改 opens 或 closes。",
    "The window '{label}' closes on {closes}, before it opens on {opens}. Change opens or closes.",
)
_NO_HOURS = Text(
    "受理时段“{label}”每天的时间 {hours} 没有长度：结束要晚于开始。跨过午夜的请分成两个时段写。",
    "The daily hours {hours} of the window '{label}' have no length: the end must be later than the start."
    " Write hours across midnight as two windows.",
)
_NOT_ASKED = Text(
    "受理时段“{label}”看“{fact}”，可是这件事里没有问到它，也没有事项要填它。请加一个问题，或改条件。",
    "The window '{label}' looks at '{fact}', which this thing neither asks nor has an item need. Add a question or change the"
    " condition.",
)

_NO_CLAUSE = Text(
    "等待期没有写依据（timer.basis）。法律没有规定的等待不能要求群众等；请写明条款，或去掉 timer。",
    "The wait names no clause (timer.basis). What no law orders nobody may be made to wait for: name it or drop the timer.",
)
_NOBODY_FILLS_IN = Text(
    "期满自动办结（then: COMPLETE）的事项不能有要经办人填写的结果（{facts}）。请改为 then: DECIDE，或去掉这些结果。",
    "An item completed by itself (then: COMPLETE) cannot have results an officer fills in ({facts})."
    " Write then: DECIDE, or drop these results.",
)
_INSTANT_WAIT = Text(
    "即办件（project_type “1”）不能再等 {days} 天。请改为承诺件，或去掉 timer。",
    "An instant item (project_type '1') cannot wait {days} days. Make it a promised item, or drop the timer.",
)
_A_SENTENCE = Text(
    "timer.text 是等待期的名称，会写进别的句子里，不能是一整句话。请写成名称，例如“债权人公告”，说明放进 summary 或 faq。",
    "timer.text names the wait inside other sentences, so it cannot be a sentence of its own. Write a name such as 'Notice to"
    " creditors' and explain in summary or faq.",
)

_NEVER_KNOWN = Text(
    "“{item}”从哪天起可以申请，要看“{fact}”，可是这件事的问题和其他事项都不问它，这一项就永远办不了。请加一个问题。",
    "From when one may apply for '{item}' depends on '{fact}', which neither a question nor another item asks: the item could"
    " never be applied for here. Add a question.",
)
_LONGEST_NAME = 20
_SENTENCE = re.compile("[，。；！？]")


def check(library: Library) -> Iterator[Finding]:
    """Yield findings about windows and timers."""
    for item in library.items.values():
        yield from _timer(item)
    for document in library.things.values():
        known = _known(document.model, library)
        yield from _windows(document, known)
        yield from _eligible(document, library)


def _timer(document: Document[Item]) -> Iterator[Finding]:
    item, timer = document.model, document.model.timer
    if timer is None:
        return
    where = document.where("timer")
    if timer.basis is None:
        yield Finding("C931", where, _NO_CLAUSE)
    if timer.then == "COMPLETE" and item.produces.facts:
        yield Finding("C932", where, _NOBODY_FILLS_IN.format(facts="、".join(item.produces.facts)))
    if item.project_type == INSTANT:
        yield Finding("C933", where, _INSTANT_WAIT.format(days=timer.days))
    if len(timer.text.zh) > _LONGEST_NAME or _SENTENCE.search(timer.text.zh.rstrip("。")):
        yield Finding("C934", document.where("timer", "text"), _A_SENTENCE)


def _known(thing: Thing, library: Library) -> set[str]:
    """Return the facts a thing asks in the guide or in the form."""
    items = [library.items[use.item].model for use in thing.items if use.item in library.items]
    return {question.fact for question in thing.questions} | {need.fact for item in items for need in item.needs}


def _eligible(document: Document[Thing], library: Library) -> Iterator[Finding]:
    """While an item lies ahead nothing is asked for it, so the day must be known from the guide or from another item."""
    for position, use in enumerate(document.model.items):
        item = library.items[use.item].model if use.item in library.items else None
        if item is None or item.eligible is None:
            continue
        others = [library.items[one.item].model for one in document.model.items if one.item in library.items]
        known = {question.fact for question in document.model.questions}
        known |= {need.fact for other in others if other.code != item.code for need in other.needs}
        for fact in sorted(names_in(item.eligible.on) - known):
            yield Finding("C941", document.where("items", position), _NEVER_KNOWN.format(item=item.name, fact=fact))


def _windows(document: Document[Thing], known: set[str]) -> Iterator[Finding]:
    for position, window in enumerate(document.model.windows):
        label, where = window.label, document.where("windows", position)
        if window.closes < window.opens:
            yield Finding("C911", where, _BACKWARDS.format(label=label, opens=window.opens, closes=window.closes))
        hours = hours_of(window)
        if hours is not None and hours[1] <= hours[0]:
            yield Finding("C912", where, _NO_HOURS.format(label=label, hours=window.hours or ""))
        for fact in sorted(names_in(window.when) - known):
            yield Finding("C913", where, _NOT_ASKED.format(label=label, fact=fact))
