"""Why: each status in plain words, made from the explanation of the rule that decided it."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from yijianshi.catalogue.logic.prepared import Prepared
from yijianshi.catalogue.logic.schema import Item
from yijianshi.kernel.rules import UNKNOWN, Environment, Reason, explain
from yijianshi.kernel.text import Text

WHATEVER = Text("无论其他情况怎样，结果都一样。", "It is the same whatever the other answers are.")
_MOST_STATEMENTS = 3
_MOST_NAMES = 2
_MOST_REMEMBERED = 20_000
ALWAYS = Text("这件事一定要办这一项。", "This is always part of it.")


class Reasons:
    """Explains this thing's rules under one set of facts; equal questions are answered from memory."""

    def __init__(
        self, prepared: Prepared, facts: Mapping[str, object], env: Environment, settled: Collection[str] = frozenset()
    ) -> None:
        self._settled = settled
        self._prepared = prepared
        self._facts = facts
        self._env = env
        if len(prepared.memory) > _MOST_REMEMBERED:
            prepared.memory.clear()

    def of(self, key: str) -> Text:
        """Return the one decisive sentence for a rule of the prepared thing."""
        if key in self._settled:
            return WHATEVER
        prepared = self._prepared
        expr = prepared.exprs[key]
        mentioned = prepared.names_of[key]
        seen = tuple((name, repr(self._facts[name])) for name in mentioned if name in self._facts)
        memory_key = ("why", self._env.today, id(self._env.calendar), key, seen)
        found = prepared.memory.get(memory_key)
        if found is None:
            reason = explain(expr, self._facts, self._env, prepared.labels, prepared.value_labels)
            found = sentence(reason)
            prepared.memory[memory_key] = found
        return found

    def naming(self, template: Text, items: Sequence[Item]) -> Text:
        """Return a template with ``{items}`` replaced by the names of these items."""
        memory_key = ("naming", template, tuple(item.code for item in items))
        found = self._prepared.memory.get(memory_key)
        if found is None:
            found = self._prepared.memory[memory_key] = template.format(items=quoted(items))
        return found


@lru_cache(maxsize=4096)
def because(template: Text, why: Text) -> Text:
    """Return a template with ``{why}`` filled in; the same few reasons come up for many fields."""
    return template.format(why=why)


def joined(texts: Sequence[Text]) -> Text:
    """Return texts as one enumeration."""
    return Text("、".join(text.zh for text in texts), ", ".join(text.en for text in texts))


def quoted(items: Sequence[Item]) -> Text:
    """Return the items' names in quotes, two of them at most, then how many there are."""
    names = joined([Text(f"“{item.name.zh}”", f"'{item.name.en}'") for item in items[:_MOST_NAMES]])
    if len(items) <= _MOST_NAMES:
        return names
    return Text("{names}等 {count} 个事项", "{names} and {more} more").format(
        names=names, count=len(items), more=len(items) - _MOST_NAMES
    )


def sentence(reason: Reason) -> Text:
    """Return the decisive reason as one sentence; of two true ways to say a condition the shorter one."""
    if reason.value is UNKNOWN:
        summary = reason.summary()
        return Text(f"{summary.zh}。", f"{summary.en}.")
    said = list(dict.fromkeys(_said(leaf) for leaf in reason.decisive()))[:_MOST_STATEMENTS]
    return Text("因为" + "；".join(text.zh for text in said) + "。", "Because " + "; ".join(text.en for text in said) + ".")


def _said(leaf: Reason) -> Text:
    return leaf.text if leaf.value is True and len(leaf.text.zh) < len(leaf.statement.zh) else leaf.statement
