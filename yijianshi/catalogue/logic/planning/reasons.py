"""Why: each status in plain words, made from the explanation of the rule that decided it."""

from yijianshi.catalogue.logic.prepared import Prepared
from yijianshi.kernel.rules import UNKNOWN, Environment, Reason, explain
from yijianshi.kernel.text import Text

_MOST_STATEMENTS = 3
ALWAYS = Text("这件事一定要办这一项。", "This is always part of it.")


class Reasons:
    """Explains this thing's rules under one set of facts; equal questions are answered from memory."""

    def __init__(self, prepared: Prepared, facts: dict[str, object], env: Environment) -> None:
        self._prepared = prepared
        self._facts = facts
        self._env = env

    def of(self, key: str) -> Text:
        """Return the one decisive sentence for a rule of the prepared thing."""
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


def sentence(reason: Reason) -> Text:
    """Return the decisive reason as one sentence; of two true ways to say a condition the shorter one."""
    if reason.value is UNKNOWN:
        summary = reason.summary()
        return Text(f"{summary.zh}。", f"{summary.en}.")
    said = list(dict.fromkeys(_said(leaf) for leaf in reason.decisive()))[:_MOST_STATEMENTS]
    return Text("因为" + ";".join(text.zh for text in said) + "。", "Because " + "; ".join(text.en for text in said) + ".")


def _said(leaf: Reason) -> Text:
    return leaf.text if leaf.value is True and len(leaf.text.zh) < len(leaf.statement.zh) else leaf.statement
