"""C80x: every worked example of a thing comes out as it says (run once the rest of the content is free of errors)."""

from collections.abc import Iterator

from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX
from yijianshi.catalogue.logic.compiler import compile_thing
from yijianshi.catalogue.logic.examples import run_example, unasked_answers
from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.library import Library
from yijianshi.kernel.text import Text
from yijianshi.kernel.workdays import Calendar

_NEVER_ASKED = Text(
    "引导里不会问到“{fact}”（前面的回答已经决定了），例子里可以不写。",
    "The guide would not ask for '{fact}' here (earlier answers settle it); the example can leave it out.",
)


def check(library: Library, calendar: Calendar) -> Iterator[Finding]:
    """Yield a finding for every expectation that does not hold."""
    compiled = {code: compile_thing(library, code) for code in library.things}
    for document in library.examples:
        code = document.model.thing
        if code.startswith(SINGLE_PREFIX) and code.removeprefix(SINGLE_PREFIX) in library.items and code not in compiled:
            compiled[code] = compile_thing(library, code)
        thing = compiled.get(code)
        if thing is None:
            continue
        mismatches = run_example(thing, document.model, calendar)
        for mismatch in mismatches:
            where = ("answers",) if mismatch.key == "answers" else ("expect", *mismatch.key.split(".", 1))
            yield Finding("C801", document.where(*where), mismatch.text)
        if not mismatches and document.model.expect.route == "BUNDLE":
            for fact in unasked_answers(thing, document.model, calendar):
                yield Finding("C802", document.where("answers", fact), _NEVER_ASKED.format(fact=fact), "warning")
