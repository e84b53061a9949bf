"""What the included items of a plan may read from which register: the union of what they declare, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.plan import Plan
from yijianshi.catalogue.logic.prepared import prepare, read_key
from yijianshi.catalogue.logic.repeating import expanded
from yijianshi.catalogue.logic.schema import Item, Register, RegisterUse
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.text import Text


@dataclass(frozen=True, slots=True)
class PlannedRead:
    """One register about one holder; *consent* is the text for its sensitive fields, None where there are none."""

    register: Register
    holder: str
    items: tuple[Item, ...]
    fields: tuple[str, ...]
    why: Text
    consent: Text | None

    def part(self, *, sensitive: bool) -> tuple[str, ...]:
        """Return the sensitive fields, or the others."""
        marked = {one.code for one in self.register.fields if one.sensitivity == "SENSITIVE"}
        return tuple(name for name in self.fields if (name in marked) == sensitive)


def planned_reads(thing: CompiledThing, plan: Plan, facts: Mapping[str, object], env: Environment) -> tuple[PlannedRead, ...]:
    """Return the reads of the included items whose condition holds; a condition still open reads nothing yet."""
    thing = expanded(thing, facts)
    if not thing.registers:
        return ()
    outcomes = prepare(thing).rules(facts, env)
    wanted: dict[tuple[str, str], list[tuple[Item, RegisterUse]]] = {}
    for code in plan.included():
        item = thing.item(code)
        for position, use in enumerate(item.reads):
            if use.when is None or outcomes[read_key(code, position)] is True:
                wanted.setdefault((use.register_, use.holder), []).append((item, use))
    return tuple(_united(thing.registers_by_code[key[0]], key[1], uses) for key, uses in wanted.items())


def _united(register: Register, holder: str, uses: list[tuple[Item, RegisterUse]]) -> PlannedRead:
    fields = tuple(dict.fromkeys(name for _, use in uses for name in use.fields))
    consent = next((use.consent for _, use in uses if use.consent is not None), None)
    items = tuple(dict.fromkeys(item.code for item, _ in uses))
    by_code = {item.code: item for item, _ in uses}
    return PlannedRead(register, holder, tuple(by_code[code] for code in items), fields, uses[0][1].why, consent)
