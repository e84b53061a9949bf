"""C3xx: every rule can be read, has the right types, and can come true."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import product

from yijianshi.catalogue.logic.findings import Finding, Where
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.logic.lint_rules.places import Place, rule_places
from yijianshi.catalogue.logic.plain_errors import did_you_mean
from yijianshi.catalogue.logic.reach import names_in
from yijianshi.catalogue.logic.rule_types import options_of, types_of
from yijianshi.catalogue.logic.schema import Item, ItemUse
from yijianshi.kernel import rules
from yijianshi.kernel.rules import CERTIFICATES_HELD, Environment, Expr, RuleProblem, RuleSyntaxError, Type
from yijianshi.kernel.rules.ir import FALSE, Compare, Known, Literal, Name, conjunction, walk
from yijianshi.kernel.text import Text

_MAX_WORLDS = 2048
_KEPT_IN_MEMORY = 8192
_Facts = tuple[tuple[str, Type, tuple[str, ...]], ...]  # name, type, options
_About = tuple[_Facts, tuple[str, ...]]  # facts, certificates
_DAYS = (date(1990, 1, 1), date(2026, 7, 1), date(2099, 12, 31))  # a rule that names a day may hold before, in or after it
_NEVER = Text(
    "这个条件永远不会成立：{rule}。请检查选项是否互相矛盾。",
    "This condition can never be true: {rule}. Check whether its options contradict each other.",
)
_KNOWN = Text(
    "这里不能用 known(…)：要不要办、要不要交，不能取决于有没有填。请写成对内容的判断。",
    "known(…) cannot decide what is asked for: filled in or not must make no difference. Test the value instead.",
)
_NEVER_TOGETHER = Text(
    "在“{thing}”里，这个条件永远不会和事项自己的条件（{rule}）同时成立，写了等于没写。",
    "Within '{thing}' this condition can never hold together with the item's own ({rule}), so it has no effect.",
)


def check(library: Library) -> Iterator[Finding]:
    """Yield a finding for every rule that cannot be read, is wrongly typed, or contradicts itself."""
    world = _World(library)
    for place in rule_places(library):
        if not _is_fine(place.source, place.want, place.decides, world.about(place.source)):
            yield from _check_rule(place, world)
    yield from _check_together(library, world)


class _World:
    """Types and possible values of all facts."""

    def __init__(self, library: Library | None = None, facts: "_Facts" = (), certificates: Sequence[str] = ()) -> None:
        elements = [document.model for document in library.elements.values()] if library else []
        self.types: Mapping[str, Type] = types_of(elements) | {name: kind for name, kind, _ in facts}
        self.options: Mapping[str, tuple[str, ...]] = options_of(elements) | {name: codes for name, _, codes in facts if codes}
        self.certificates = sorted(library.certificates) if library else certificates

    def about(self, *sources: str) -> "_About":
        """Return the part of the world that these rules speak of."""
        named = frozenset().union(*(names_in(source) for source in sources))
        held = frozenset().union(*(certificates_named(source) for source in sources))
        facts = ((name, self.types[name], tuple(self.options.get(name, ()))) for name in sorted(named) if name in self.types)
        return tuple(facts), tuple(sorted(held.intersection(self.certificates)))

    def can_be_true(self, expr: Expr) -> bool:
        """Say whether any combination of the listed options leaves the rule open or true."""
        domains = {name: domain for name in sorted(rules.names(expr)) if (domain := self._domain(name))}
        worlds = 1
        for domain in domains.values():
            worlds *= len(domain)
        if not domains or worlds > _MAX_WORLDS:
            return True
        return any(
            rules.residual(expr, dict(zip(domains, values, strict=True)), Environment(day)) != FALSE
            for values in product(*domains.values())
            for day in _DAYS
        )

    def _domain(self, name: str) -> tuple[object, ...]:
        if self.types.get(name) is Type.BOOL:
            return (True, False)
        return self.options.get(name, ()) if self.types.get(name) is Type.CODE else ()


@lru_cache(maxsize=_KEPT_IN_MEMORY)
def _is_fine(source: str, want: Type, decides: bool, about: _About) -> bool:
    """Say whether there is nothing to say about a rule; it depends on nothing but the facts and certificates it names."""
    place = Place(source, Where(""), want, decides)
    return not any(True for _ in _check_rule(place, _World(facts=about[0], certificates=about[1])))


@lru_cache(maxsize=_KEPT_IN_MEMORY)
def certificates_named(source: str) -> frozenset[str]:
    try:
        return frozenset(_certificates_in(rules.parse(source)))
    except RuleSyntaxError:
        return frozenset()


def _check_rule(place: Place, world: _World) -> Iterator[Finding]:
    try:
        expr = rules.parse(place.source)
    except RuleSyntaxError as error:
        yield Finding("C301", place.where, error.text)
        return
    problems = rules.check(expr, world.types, want=place.want, options=world.options)
    for problem in problems:
        yield Finding("C303" if _names_nothing(problem, expr, world) else "C302", place.where, _at(problem.column, problem.text))
    if place.decides and any(isinstance(node, Known) for node in walk(expr)):
        yield Finding("C306", place.where, _KNOWN)
    for name in _certificates_in(expr):
        if name not in world.certificates:
            hint = did_you_mean(name, world.certificates)
            text = Text("没有叫“{name}”的证照类型。{hint}", "There is no certificate type called '{name}'. {hint}")
            yield Finding("C305", place.where, text.format(name=name, hint=hint))
    if not problems and place.want is Type.BOOL and not world.can_be_true(expr):
        yield Finding("C304", place.where, _NEVER.format(rule=place.source))


def _names_nothing(problem: RuleProblem, expr: Expr, world: _World) -> bool:
    """Say whether the problem is a fact that the dictionary does not have."""
    missing = {node.path for node in walk(expr) if isinstance(node, Name) and node.column == problem.column}
    return bool(missing - set(world.types) - {CERTIFICATES_HELD})


def _at(column: int, text: Text) -> Text:
    return Text(f"规则第 {column} 列：{text.zh}", f"Rule, column {column}: {text.en}")


def _certificates_in(expr: Expr) -> Iterator[str]:
    for node in walk(expr):
        if isinstance(node, Compare) and isinstance(node.left, Literal) and node.right == Name(CERTIFICATES_HELD):
            yield str(node.left.value)


def _check_together(library: Library, world: _World) -> Iterator[Finding]:
    for document in library.things.values():
        for use in document.model.items:
            item = library.items.get(use.item)
            if item is None or use.when is None:
                continue
            for where, when in _conditions_of(library, use):
                if _contradicts(use.when, when, world.about(use.when, when)):
                    yield Finding("C304", where, _NEVER_TOGETHER.format(thing=document.model.name, rule=use.when), "warning")


def _conditions_of(library: Library, use: ItemUse) -> Iterator[tuple[Where, str]]:
    document = library.items[use.item]
    item: Item = document.model
    for position, need in enumerate(item.needs):
        if need.when is not None:
            yield document.where("needs", position, "when"), need.when
    for position, material in enumerate(item.materials):
        if material.when is not None:
            yield document.where("materials", position, "when"), material.when


@lru_cache(maxsize=_KEPT_IN_MEMORY)
def _contradicts(one: str, other: str, about: _About) -> bool:
    world = _World(facts=about[0], certificates=about[1])
    try:
        first, second = rules.parse(one), rules.parse(other)
    except RuleSyntaxError:
        return False
    return world.can_be_true(first) and world.can_be_true(second) and not world.can_be_true(conjunction([first, second]))
