"""What a new version means for whoever applies, in one line: how much to fill in and hand in, and how long it takes."""

from collections.abc import Iterator

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.promise import longest_promise
from yijianshi.kernel.text import Text

_FEWER_FACTS = Text("少问 {n} 项", "asks {n:detail|details} fewer")
_MORE_FACTS = Text("多问 {n} 项", "asks {n:detail|details} more")
_FEWER_MATERIALS = Text("少 {n} 份材料", "{n:material|materials} fewer")
_MORE_MATERIALS = Text("多 {n} 份材料", "{n:material|materials} more")
_PROMISE = Text("最长承诺 {old} → {new} 个工作日", "longest promise {old} → {new} working days")


def headline(old: CompiledThing, new: CompiledThing) -> Text | None:
    """Return the line, None where none of this changes; counted with every item and condition included."""
    parts = list(_parts(old, new))
    return Text("，".join(part.zh for part in parts) + "。", _sentence(", ".join(part.en for part in parts))) if parts else None


def _parts(old: CompiledThing, new: CompiledThing) -> Iterator[Text]:
    facts = len(_asked(new)) - len(_asked(old))
    if facts:
        yield (_MORE_FACTS if facts > 0 else _FEWER_FACTS).format(n=abs(facts))
    materials = len(new.materials) - len(old.materials)
    if materials:
        yield (_MORE_MATERIALS if materials > 0 else _FEWER_MATERIALS).format(n=abs(materials))
    promises = longest_promise(old), longest_promise(new)
    if promises[0] != promises[1]:
        yield _PROMISE.format(old=promises[0], new=promises[1])


def _asked(thing: CompiledThing) -> frozenset[str]:
    """Return what can be asked, in the guide or in the form; what an item of the thing produces is not asked."""
    produced = {fact for use in thing.items for fact in use.definition.produces.facts}
    needed = {need.fact for use in thing.items for need in use.definition.needs}
    return frozenset({question.fact for question in thing.questions} | (needed - produced))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
