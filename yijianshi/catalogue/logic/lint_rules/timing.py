"""C9xx: time in content is coherent: windows open before they close, and what decides about them is asked."""

from collections.abc import Iterator

from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.library import Document, Library
from yijianshi.catalogue.logic.reach import names_in
from yijianshi.catalogue.logic.schema import Thing
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


def check(library: Library) -> Iterator[Finding]:
    """Yield findings about windows."""
    for document in library.things.values():
        known = _known(document.model, library)
        yield from _windows(document, known)


def _known(thing: Thing, library: Library) -> set[str]:
    """Return the facts a thing asks in the guide or in the form."""
    items = [library.items[use.item].model for use in thing.items if use.item in library.items]
    return {question.fact for question in thing.questions} | {need.fact for item in items for need in item.needs}


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
