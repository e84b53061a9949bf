"""The pre-check: what stands in the way of submitting, each problem beside its field, in words that say how to mend it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.plan import FieldStatus, ItemStatus, Plan, PlannedField
from yijianshi.catalogue.logic.prepared import prepare
from yijianshi.catalogue.logic.repeating import expanded
from yijianshi.catalogue.logic.schema import Element, ElementType
from yijianshi.catalogue.logic.values import display
from yijianshi.kernel.identifiers.id_number import check_id_number
from yijianshi.kernel.identifiers.phone import check_phone
from yijianshi.kernel.identifiers.problem import Level, Problem
from yijianshi.kernel.identifiers.uscc import check_uscc
from yijianshi.kernel.rules import Environment, evaluate, parse
from yijianshi.kernel.rules import names as rule_names
from yijianshi.kernel.text import Text

DEFAULT_MAX_LENGTH = 200

_MISSING = Text("请填写“{label}”。{reason}", "Please fill in '{label}'. {reason}")
_TOO_SMALL = Text("“{label}”不能小于 {bound}，请再看一遍。", "'{label}' cannot be less than {bound}; please look again.")
_TOO_LARGE = Text("“{label}”不能大于 {bound}，请再看一遍。", "'{label}' cannot be more than {bound}; please look again.")
_TOO_EARLY = Text("“{label}”不能早于 {bound}，请再看一遍。", "'{label}' cannot be before {bound}; please look again.")
_TOO_LATE = Text("“{label}”不能晚于 {bound}，请再看一遍。", "'{label}' cannot be after {bound}; please look again.")
_TOO_LONG = Text(
    "“{label}”最多 {limit} 个字，现在有 {length} 个。", "'{label}' may have at most {limit} characters; it has {length}."
)
_BAD_SHAPE = Text("“{label}”的写法不对。{hint}", "'{label}' is not written as expected. {hint}")
_NO_HINT = Text("请对照证件再看一遍。", "Please compare it with the document.")
_BAD_REGION = Text(
    "“{label}”应当是 6 位行政区划代码，请从列表里选。", "'{label}' must be a 6-digit region code; please choose it from the list."
)
_BAD_ACCOUNT = Text(
    "“{label}”应当是 6 到 32 位数字，请对照银行卡再看一遍。", "'{label}' must be 6 to 32 digits; please compare it with the card."
)
_NOT_AN_OPTION = Text("“{label}”请从列出的选项里选。", "'{label}': please choose from the options shown.")
_FILLED = {FieldStatus.ASK, FieldStatus.ANSWERED, FieldStatus.PREFILLED}


@dataclass(frozen=True, slots=True)
class FactProblem:
    """One thing to mend, at one field (``name`` may be empty for a check that concerns no single field)."""

    name: str
    text: Text


def check_facts(thing: CompiledThing, plan: Plan, facts: Mapping[str, object], env: Environment) -> list[FactProblem]:
    """Return everything to mend before submitting; *facts* are all that is known, supplied values included."""
    thing = expanded(thing, facts)
    problems: list[FactProblem] = []
    for entry in plan.fields:
        if entry.status in _FILLED:
            problems += _check_field(thing.element(entry.name), entry, facts, env)
    told = {problem.name for problem in problems}
    problems += [problem for problem in _check_counts(thing, facts, env) if problem.name not in told]
    told = {problem.name for problem in problems}  # what cannot be right at all need not be told by each item again
    return [*problems, *(problem for problem in _check_items(thing, plan, facts, env) if problem.name not in told)]


def check_values(thing: CompiledThing, facts: Mapping[str, object], names: Sequence[str], env: Environment) -> list[FactProblem]:
    """Return what is wrong with these values alone, item checks that touch them included; a missing value is no problem here."""
    thing = expanded(thing, facts)
    problems: list[FactProblem] = []
    for name in names:
        value = facts.get(name)
        text = check_value(thing.element(name), value, facts, env) if value not in (None, "", ()) else None
        if text is not None:
            problems.append(FactProblem(name, text))
    touched = set(names)
    exprs = prepare(thing).checks
    for use in thing.items:
        for position, check in enumerate(use.definition.checks):
            expr = exprs[use.code, position]
            if touched & rule_names(expr) and evaluate(expr, facts, env) is False:
                problems.append(FactProblem(check.field or "", check.message))
    return list(dict.fromkeys(problems))


def check_value(element: Element, value: object, facts: Mapping[str, object], env: Environment) -> Text | None:
    """Return what is wrong with one filled-in value, or None."""
    if isinstance(value, str):
        limit = element.max_length or DEFAULT_MAX_LENGTH
        if len(value) > limit:
            return _TOO_LONG.format(label=element.label, limit=limit, length=len(value))
        if element.pattern and not re.fullmatch(element.pattern, value):
            return _BAD_SHAPE.format(label=element.label, hint=element.pattern_hint or element.hint or _NO_HINT)
    by_type = _BY_TYPE.get(element.type)
    problem = by_type(element, value, env) if by_type else None
    return problem or _check_options(element, value) or _check_bounds(element, value, facts, env)


def _check_counts(thing: CompiledThing, facts: Mapping[str, object], env: Environment) -> list[FactProblem]:
    """How many objects there are is asked by the guide, not by the form; beyond what is possible nothing was planned."""
    counts = [entity.repeats.count for entity in thing.entities if entity.repeats]
    told = [(name, check_value(thing.element(name), facts[name], facts, env)) for name in counts if facts.get(name) is not None]
    return [FactProblem(name, text) for name, text in told if text is not None]


def _check_field(element: Element, entry: PlannedField, facts: Mapping[str, object], env: Environment) -> Iterator[FactProblem]:
    value = facts.get(element.name)
    if value is None or value == "" or value == ():
        if entry.required and entry.certain:
            yield FactProblem(element.name, _MISSING.format(label=element.label, reason=entry.reason))
        return
    text = check_value(element, value, facts, env)
    if text is not None:
        yield FactProblem(element.name, text)


def _check_items(thing: CompiledThing, plan: Plan, facts: Mapping[str, object], env: Environment) -> Iterator[FactProblem]:
    exprs = prepare(thing).checks
    seen: set[Text] = set()
    for planned in plan.items:
        if planned.status is not ItemStatus.INCLUDED:
            continue
        for position, check in enumerate(thing.item(planned.code).checks):
            if evaluate(exprs[planned.code, position], facts, env) is False and check.message not in seen:
                seen.add(check.message)
                yield FactProblem(check.field or "", check.message)


def _check_options(element: Element, value: object) -> Text | None:
    codes = {option.code for option in element.options}
    chosen = value if isinstance(value, tuple | list) else (value,)
    if codes and not all(part in codes for part in chosen):
        return _NOT_AN_OPTION.format(label=element.label)
    return None


def _check_bounds(element: Element, value: object, facts: Mapping[str, object], env: Environment) -> Text | None:
    dated = isinstance(value, date)
    low, high = (_bound(bound, facts, env) for bound in (element.min, element.max))
    if low is not None and _less(value, low):
        return (_TOO_EARLY if dated else _TOO_SMALL).format(label=element.label, bound=_words(element, low))
    if high is not None and _less(high, value):
        return (_TOO_LATE if dated else _TOO_LARGE).format(label=element.label, bound=_words(element, high))
    return None


def _bound(source: str | None, facts: Mapping[str, object], env: Environment) -> object:
    if source is None:
        return None
    outcome = evaluate(parse(source), facts, env)
    return outcome if isinstance(outcome, int | Decimal | date) else None


def _less(one: object, other: object) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    if isinstance(one, date) and isinstance(other, date):
        return _day(one) < _day(other)
    if isinstance(one, int | Decimal) and isinstance(other, int | Decimal):
        return one < other
    return False


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _words(element: Element, bound: object) -> Text:
    return Text(display(element, bound, "zh"), display(element, bound, "en"))


def _refusal(problem: Problem | None) -> Text | None:
    """A warning (such as an early USCC with another check digit) is no proof of a mistake and stops nobody."""
    return problem.text if problem is not None and problem.level is Level.ERROR else None


def _check_id(element: Element, value: object, env: Environment) -> Text | None:
    return _refusal(check_id_number(str(value), env.today))


def _check_code(element: Element, value: object, env: Environment) -> Text | None:
    return _refusal(check_uscc(str(value)))


def _check_number(element: Element, value: object, env: Environment) -> Text | None:
    return _refusal(check_phone(str(value)))


def _check_region(element: Element, value: object, env: Environment) -> Text | None:
    return None if re.fullmatch(r"\d{6}", str(value)) else _BAD_REGION.format(label=element.label)


def _check_account(element: Element, value: object, env: Environment) -> Text | None:
    return None if re.fullmatch(r"\d{6,32}", str(value)) else _BAD_ACCOUNT.format(label=element.label)


_BY_TYPE: Mapping[ElementType, Callable[[Element, object, Environment], Text | None]] = {
    ElementType.ID_NUMBER: _check_id,
    ElementType.USCC: _check_code,
    ElementType.PHONE: _check_number,
    ElementType.REGION: _check_region,
    ElementType.ACCOUNT: _check_account,
}
