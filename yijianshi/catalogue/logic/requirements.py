"""What one region asks for and promises that another does not, for the same answers: told before the citizen decides."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.plan import FieldStatus, MaterialStatus, Plan, PlannedMaterial
from yijianshi.kernel.text import Text

_HERE_ONLY = Text("{place}不办这一项：{name}。", "{place} leaves this out: {name}.")
_THERE_ONLY = Text("{place}多办一项：{name}。", "{place} also does: {name}.")
_MORE_PAPER = Text("{place}要交“{name}”，本地不用。", "{place} asks for '{name}', here it is not needed.")
_LESS_PAPER = Text("{place}不要“{name}”，本地要交。", "{place} does not ask for '{name}', here it is needed.")
_MORE_FIELDS = Text("{place}的表多填 {n} 项：{names}。", "The form of {place} asks {n:more field|more fields}: {names}.")
_LESS_FIELDS = Text("{place}的表少填 {n} 项：{names}。", "The form of {place} leaves out {n:field|fields}: {names}.")
_DAYS = Text(
    "{place}承诺 {there} 个工作日办完，本地 {here} 个。", "{place} promises {there:working day|working days}, here {here}."
)
_FEES = Text("{place}收费 {there} 元，本地 {here} 元。", "{place} charges {there} yuan, here {here}.")
_VISITS = Text("{place}要到现场 {there} 次，本地 {here} 次。", "{place} needs {there:visit|visits} in person, here {here}.")
_TO_HAND_IN = frozenset({MaterialStatus.TO_UPLOAD, MaterialStatus.TO_COMMIT, MaterialStatus.DEFERRED})
_TO_FILL = frozenset({FieldStatus.ASK, FieldStatus.ANSWERED})


@dataclass(frozen=True, slots=True)
class Side:
    """One region's thing and what it comes to for the citizen's answers."""

    thing: CompiledThing
    plan: Plan


def requirement_differences(here: Side, there: Side, place: Text, *, but: Collection[str] = ()) -> list[Text]:
    """Return, in words, how *there* (called *place*) differs from *here*; empty when the same is asked and promised.

    Fields named in *but* are not compared: who chose the place has answered them.
    """
    found = [*_items(here, there, place), *_papers(here, there, place), *_fields(here, there, place, but)]
    numbers = [
        (_DAYS, here.plan.promise.working_days, there.plan.promise.working_days),
        (_VISITS, _visits(here), _visits(there)),
        (_FEES, _fee(here.plan.fee_total), _fee(there.plan.fee_total)),
    ]
    found += [text.format(place=place, here=a, there=b) for text, a, b in numbers if a != b and None not in (a, b)]
    return found


def _items(here: Side, there: Side, place: Text) -> list[Text]:
    mine, theirs = set(here.plan.included()), set(there.plan.included())
    gone = [_HERE_ONLY.format(place=place, name=here.thing.item(code).name) for code in sorted(mine - theirs)]
    return gone + [_THERE_ONLY.format(place=place, name=there.thing.item(code).name) for code in sorted(theirs - mine)]


def _papers(here: Side, there: Side, place: Text) -> list[Text]:
    mine, theirs = _handed_in(here.plan), _handed_in(there.plan)
    more = [_MORE_PAPER.format(place=place, name=theirs[code].name) for code in sorted(theirs.keys() - mine.keys())]
    return more + [_LESS_PAPER.format(place=place, name=mine[code].name) for code in sorted(mine.keys() - theirs.keys())]


def _handed_in(plan: Plan) -> Mapping[str, PlannedMaterial]:
    return {one.code: one for one in plan.materials if one.status in _TO_HAND_IN}


def _fields(here: Side, there: Side, place: Text, but: Collection[str]) -> list[Text]:
    mine, theirs = _filled(here.plan) - set(but), _filled(there.plan) - set(but)
    found = []
    for text, names, thing in ((_MORE_FIELDS, theirs - mine, there.thing), (_LESS_FIELDS, mine - theirs, here.thing)):
        if names:
            labels = [thing.label(name) for name in sorted(names)]
            listed = Text("、".join(one.zh for one in labels), ", ".join(one.en for one in labels))
            found.append(text.format(place=place, n=len(labels), names=listed))
    return found


def _filled(plan: Plan) -> set[str]:
    return {one.name for one in plan.fields if one.status in _TO_FILL and one.required}


def _visits(side: Side) -> int:
    return sum(side.thing.item(code).visits.count for code in side.plan.included())


def _fee(total: Decimal | None) -> str | None:
    return None if total is None else f"{total:g}"
