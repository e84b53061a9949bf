"""Writing out the objects of one repeated entity: the second vehicle, the third, each with all that belongs to it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from yijianshi.catalogue.logic.parts import CompiledEdge, CompiledItem, CompiledParts, Question
from yijianshi.catalogue.logic.schema import Element, Entity, Item, Material, Need, Satisfier, SatisfierKind, Supplier
from yijianshi.catalogue.logic.schema.binding import Binding
from yijianshi.catalogue.logic.schema.item import Advice, Check, Fee
from yijianshi.catalogue.logic.schema.thing import FormGroup, Party
from yijianshi.kernel.rules import names, parse, renamed, to_source
from yijianshi.kernel.text import Text

P = TypeVar("P", bound=CompiledParts)
X = TypeVar("X")

_LABEL = Text("{object}的{label}", "{object}: {label}")
_NAME = Text("{label}（{object}）", "{label} ({object})")
_SAID = Text("{object}：{label}", "{object}: {label}")
# What vouches for one object vouches for no other: only a source that is compared with the object's own facts is asked.
_FOR_ANY = frozenset({SatisfierKind.UPLOAD, SatisfierKind.COMMITMENT, SatisfierKind.DEPARTMENT_INQUIRY, SatisfierKind.DEFERRED})


@dataclass(frozen=True)
class Objects:
    """The objects of *entity*, *count* of them; *number_first* = the first is named as such once there are several."""

    entity: Entity
    count: int
    number_first: bool

    def write_out(self, thing: P) -> P:
        """Return a thing in which each object has its own elements, items, materials, questions and dependencies."""
        repeated = {item.code for item in thing.items if self._repeats(item.definition)}
        parts = {
            "entities": self._spread(thing.entities, lambda one: one.code == self.entity.code, self._entity),
            "elements": self._elements(thing.elements),
            "materials": self._spread(thing.materials, self._repeats, self._material),
            "questions": self._spread(thing.questions, lambda one: self._is_own(one.fact), self._question),
            "form": self._spread(thing.form, lambda one: one.entity == self.entity.code, self._group),
            "parties": self._spread(thing.parties, lambda one: one.entity == self.entity.code, self._party),
            "bindings": self._spread(thing.bindings, lambda one: one.item in repeated, _bound),
            "edges": tuple(edge for one in thing.edges for edge in self._edges(one, thing)),
            "items": tuple(item for one in thing.items for item in self._items(one, thing)),
        }
        return thing.model_copy(update=parts)

    def name(self, fact: str, number: int) -> str:
        """Return what *fact* is called for one object; facts of others keep their name."""
        return f"{self.entity.code}_{number}.{fact.partition('.')[2]}" if number > 1 and self._is_own(fact) else fact

    def rule(self, source: str | None, number: int) -> str | None:
        """Return a rule about object 1 as one about this object."""
        return source if source is None or number == 1 else _about(source, self.entity.code, number)

    def called(self, number: int) -> Text:
        """Return what one object is called."""
        repeats = self.entity.repeats
        if repeats and repeats.each:
            return repeats.each.format(number=number)
        return Text(f"{self.entity.label.zh}{number}", f"{self.entity.label.en} {number}")

    def item_called(self, name: Text, number: int) -> Text:
        """Return what an item for one object is called."""
        return self._named(_NAME, name, number)

    def _named(self, template: Text, label: Text, number: int) -> Text:
        if number == 1 and (self.count == 1 or not self.number_first):
            return label
        return template.format(object=self.called(number), label=label)

    def _code(self, number: int) -> str:
        return self.entity.code if number == 1 else f"{self.entity.code}_{number}"

    def _is_own(self, fact: str) -> bool:
        return fact.partition(".")[0] == self.entity.code

    def _repeats(self, one: Item | Material) -> bool:
        return one.repeat == self.entity.code

    def _spread(self, parts: Iterable[X], is_own: Callable[[X], bool], make: Callable[[X, int], X]) -> tuple[X, ...]:
        """Return the parts, each own one made once for every object."""
        return tuple(
            made
            for one in parts
            for made in ((make(one, number) for number in range(1, self.count + 1)) if is_own(one) else (one,))
        )

    def _entity(self, one: Entity, number: int) -> Entity:
        label = self._named(Text("{object}", "{object}"), one.label, number)
        return one.model_copy(
            update={"code": self._code(number), "label": label, "repeats": one.repeats if number == 1 else None}
        )

    def _group(self, one: FormGroup, number: int) -> FormGroup:
        label = self._named(_SAID, one.label, number) if one.label else None
        listed = tuple(self.name(fact, number) for fact in one.elements)
        return one.model_copy(update={"entity": self._code(number), "elements": listed, "label": label})

    def _party(self, one: Party, number: int) -> Party:
        return one.model_copy(
            update={
                "entity": self._code(number),
                "id_number": self.name(one.id_number, number),
                "when": self.rule(one.when, number),
                "text": self._named(_SAID, one.text, number),
            }
        )

    def _question(self, one: Question, number: int) -> Question:
        return one.model_copy(update={"fact": self.name(one.fact, number), "text": self._named(_SAID, one.text, number)})

    def _elements(self, elements: tuple[Element, ...]) -> tuple[Element, ...]:
        """Return the elements object by object, where the first of them stood."""
        own = [one for one in elements if self._is_own(one.name)]
        if not own:
            return elements
        at = elements.index(own[0])
        written = [self._element(one, number) for number in range(1, self.count + 1) for one in own]
        others = [one for one in elements if not self._is_own(one.name)]
        return (*others[:at], *written, *others[at:])

    def _element(self, one: Element, number: int) -> Element:
        found: dict[str, object] = {"label": self._named(_LABEL, one.label, number)}
        if number > 1:
            found |= {
                "name": self.name(one.name, number),
                "min": self.rule(one.min, number),
                "max": self.rule(one.max, number),
                "suppliers": tuple(self._supplier(source, number) for source in one.suppliers if self._tells_apart(source.match)),
            }
        return one.model_copy(update=found)

    def _supplier(self, one: Supplier, number: int) -> Supplier:
        return one.model_copy(update={"when": self.rule(one.when, number), "match": self._match(one.match, number)})

    def _tells_apart(self, match: Mapping[str, str]) -> bool:
        return any(self._mentions(rule) for rule in match.values())

    def _match(self, match: Mapping[str, str], number: int) -> dict[str, str | None]:
        return {field: self.rule(rule, number) for field, rule in match.items()}

    def _mentions(self, rule: str | None) -> bool:
        return rule is not None and any(self._is_own(name) for name in _names(rule))

    def _material(self, one: Material, number: int) -> Material:
        found: dict[str, object] = {"name": self._named(_NAME, one.name, number)}
        if number > 1:
            ways = [self._satisfier(way, number) for way in one.satisfiers if self._vouches(way)]
            found |= {"code": _coded(one.code, number), "repeat": self._code(number), "satisfiers": tuple(ways)}
        return one.model_copy(update=found)

    def _vouches(self, way: Satisfier) -> bool:
        return way.kind in _FOR_ANY or way.kind is SatisfierKind.INTERNAL_PRODUCT or self._tells_apart(way.match)

    def _satisfier(self, one: Satisfier, number: int) -> Satisfier:
        return one.model_copy(update={"match": self._match(one.match, number)})

    def _items(self, one: CompiledItem, thing: CompiledParts) -> Iterator[CompiledItem]:
        repeated = {material.code for material in thing.materials if self._repeats(material)}
        if not self._repeats(one.definition):
            yield one.model_copy(update={"definition": self._for_all(one.definition, repeated)})
            return
        for number in range(1, self.count + 1):
            definition = self._item(one.definition, number, repeated)
            yield one.model_copy(update={"definition": definition, "when": self.rule(one.when, number)})

    def _item(self, one: Item, number: int, repeated: set[str]) -> Item:
        """Return the item about one object: it needs that object's facts and papers, and no other's."""
        name = self._named(_NAME, one.name, number)
        if number == 1:
            return one.model_copy(update={"name": name})
        department = one.department.model_copy(
            update={"region_from": one.department.region_from and self.name(one.department.region_from, number)}
        )
        return one.model_copy(
            update={
                "code": _coded(one.code, number),
                "name": name,
                "repeat": self._code(number),
                "department": department,
                "needs": tuple(self._need(need, number, need.when) for need in one.needs),
                "materials": tuple(
                    use.model_copy(
                        update={
                            "material": _coded(use.material, number) if use.material in repeated else use.material,
                            "when": self.rule(use.when, number),
                        }
                    )
                    for use in one.materials
                ),
                "produces": one.produces.model_copy(
                    update={"facts": tuple(self.name(fact, number) for fact in one.produces.facts)}
                ),
                "checks": tuple(self._check(check, number) for check in one.checks),
                "advice": tuple(self._advice(advice, number) for advice in one.advice),
                "fee": one.fee and self._fee(one.fee, number),
                "eligible": one.eligible and one.eligible.model_copy(update={"on": self.rule(one.eligible.on, number)}),
            }
        )

    def _fee(self, one: Fee, number: int) -> Fee:
        rates = (
            rate.model_copy(update={"when": self.rule(rate.when, number), "times": self.rule(rate.times, number)})
            for rate in one.rates
        )
        return one.model_copy(update={"rates": tuple(rates)})

    def _for_all(self, one: Item, repeated: set[str]) -> Item:
        """Return an item handled once: what it needs of one object, it needs of each there is."""
        others = range(2, self.count + 1)
        needs = [n for n in one.needs if self._is_own(n.fact)]
        uses = [u for u in one.materials if u.material in repeated]
        checks = [check for check in one.checks if self._mentions(check.rule)]
        if not (needs or uses or checks):
            return one
        return one.model_copy(
            update={
                "needs": (*one.needs, *(self._need(n, k, self._if_there(n.when, k)) for k in others for n in needs)),
                "materials": (
                    *one.materials,
                    *(
                        u.model_copy(update={"material": _coded(u.material, k), "when": self.rule(self._if_there(u.when, k), k)})
                        for k in others
                        for u in uses
                    ),
                ),
                "checks": (*one.checks, *(self._check(check, number) for number in others for check in checks)),
            }
        )

    def _if_there(self, when: str | None, number: int) -> str | None:
        """Return the condition of a need, together with there being so many objects."""
        repeats = self.entity.repeats
        there = f"{repeats.count} >= {number}" if repeats else None
        return there if when is None else when if there is None else f"({when}) and {there}"

    def _need(self, one: Need, number: int, when: str | None) -> Need:
        return one.model_copy(update={"fact": self.name(one.fact, number), "when": self.rule(when, number)})

    def _check(self, one: Check, number: int) -> Check:
        field, message = one.field and self.name(one.field, number), self._named(_SAID, one.message, number)
        return one.model_copy(update={"rule": self.rule(one.rule, number), "field": field, "message": message})

    def _advice(self, one: Advice, number: int) -> Advice:
        text = self._named(_SAID, one.text, number)
        return one.model_copy(update={"when": self.rule(one.when, number), "text": text})

    def _edges(self, one: CompiledEdge, thing: CompiledParts) -> Iterator[CompiledEdge]:
        """Yield a dependency for each object; what is handled once waits for all of them, or holds all of them."""
        repeated = {item.code for item in thing.items if self._repeats(item.definition)}
        ends = (one.upstream in repeated, one.downstream in repeated)
        if not any(ends):
            facts = [self.name(fact, number) for number in range(1, self.count + 1) for fact in one.facts]
            yield one.model_copy(update={"facts": tuple(dict.fromkeys(facts))})
            return
        for number in range(1, self.count + 1):
            yield one.model_copy(
                update={
                    "upstream": _coded(one.upstream, number) if ends[0] else one.upstream,
                    "downstream": _coded(one.downstream, number) if ends[1] else one.downstream,
                    "facts": tuple(self.name(fact, number) for fact in one.facts),
                }
            )


def _bound(one: Binding, number: int) -> Binding:
    return one.model_copy(update={"item": _coded(one.item, number)})


def _coded(code: str, number: int) -> str:
    return code if number == 1 else f"{code}-{number}"


@lru_cache(maxsize=4096)
def _about(source: str, entity: str, number: int) -> str:
    """Rename by the rule tree, never in the text: a literal that looks like a fact stays what it is."""

    def name(fact: str) -> str:
        owner, _, field = fact.partition(".")
        return f"{entity}_{number}.{field}" if owner == entity else fact

    return to_source(renamed(parse(source), name))


@lru_cache(maxsize=4096)
def _names(source: str) -> frozenset[str]:
    return names(parse(source))
