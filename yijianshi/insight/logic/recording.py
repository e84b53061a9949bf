"""An application without its person.

What a recording keeps, and nothing else:

- of a fact marked SENSITIVE in the dictionary: only that it was given; its value is never opened;
- of names, numbers of documents, companies, phones and accounts, addresses and free text: only that they were given;
- answers yes/no and enumerations of at most ``MOST_OPTIONS`` options, and every answer to a guide question that is one;
- dates that a rule asks for, as days from the day of submission, rounded (``GRAINS``); of others only that they were given;
- numbers that a rule asks for, rounded to two digits (three where two would change the path);
- places that a rule asks for or that settle who is competent, as the prefecture (the county where that would change the path);
- "I don't know" answers, chosen ways to hand a material in, and the types of certificates used, for which material;
- the day of submission, as the Monday of its week (the day itself where the Monday would change the path).

No number of an application, no person, no organisation, no moment. A recording that does not take the path the application really
took is not kept at all: it would prove nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from json import dumps

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.plan import Offer, OfferKind
from yijianshi.catalogue.logic.prepared import prepare
from yijianshi.catalogue.logic.schema import Element, ElementType, SatisfierKind
from yijianshi.catalogue.logic.values import decode, encode
from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.rules import UNKNOWN, Environment, evaluate, names, parse
from yijianshi.kernel.text import Text

MOST_OPTIONS = 12
SMALL_GROUP = 5  # a recording that fewer than so many applications share is said to stand out (k-anonymity)
GRAINS = ((60, 7), (730, 30), (36_500, 365))  # (days away, rounded down to so many days), nearest first
_WORDS = {
    ElementType.TEXT,
    ElementType.ID_NUMBER,
    ElementType.USCC,
    ElementType.PHONE,
    ElementType.ADDRESS,
    ElementType.ACCOUNT,
}
_RECORDED = Text("记录里的证照", "certificate of the recording")


@dataclass(frozen=True, slots=True)
class Recording:
    """One application, or ``count`` equal ones; the module says what it may hold. Values of ``kept`` are JSON, dates are days."""

    on: date
    kept: Mapping[str, object]
    present: tuple[str, ...]
    declined: tuple[str, ...] = ()
    held: tuple[tuple[str, str, str], ...] = ()  # (certificate type, holder, material it served)
    prior: tuple[str, ...] = ()  # materials met by what was handed in earlier
    choices: Mapping[str, str] | None = None
    count: int = 1

    @property
    def digest(self) -> str:
        """Return a name for the content; equal recordings have equal digests."""
        parts: list[object] = [self.on.isoformat(), dict(sorted(self.kept.items())), sorted(self.present), sorted(self.declined)]
        parts += [sorted(self.held), sorted(self.prior), dict(sorted((self.choices or {}).items()))]
        return sha256(dumps(parts, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Application:
    """What a recording is made from; sensitive facts are among ``present`` only."""

    on: date
    facts: Mapping[str, object]
    present: tuple[str, ...]
    declined: tuple[str, ...] = ()
    satisfied: Mapping[str, str] | None = None  # material → satisfier
    choices: Mapping[str, str] | None = None


def record(thing: CompiledThing, application: Application, *, fine: bool = False) -> Recording:
    """Return the application without its person; *fine* rounds less."""
    asked = _asked_by_rules(thing)
    elements = thing.elements_by_name
    kept = {
        name: found
        for name, value in application.facts.items()
        if name in elements and (found := _kept(elements[name], value, application.on, (asked, thing), fine)) is not None
    }
    satisfied = application.satisfied or {}
    return Recording(
        on=application.on if fine else application.on - timedelta(days=application.on.weekday()),
        kept=kept,
        present=tuple(sorted({*application.present, *application.facts} - kept.keys())),
        declined=tuple(sorted(application.declined)),
        held=tuple(sorted(_held(thing, satisfied))),
        prior=tuple(sorted(code for code, kind in satisfied.items() if kind == SatisfierKind.PRIOR_SUBMISSION)),
        choices={code: kind for code, kind in (application.choices or {}).items() if code in thing.materials_by_code},
    )


class Reader:
    """Reads recordings as one version understands them, or several that read alike; equal values are read once."""

    def __init__(self, *versions: CompiledThing) -> None:
        self._elements = {name: element for thing in versions for name, element in thing.elements_by_name.items()}
        self._values: dict[str, dict[object, object | None]] = {name: {} for name in self._elements}
        self._words: dict[str, object | None] = {}

    def facts(self, recording: Recording) -> dict[str, object]:
        """Return the facts as rules use them: kept values, a stand-in for given words; what is unknown here is left out."""
        facts: dict[str, object] = {}
        for name, value in recording.kept.items():
            found = self._value(name, value, recording.on)
            if found is not None:
                facts[name] = found
        for name in recording.present:
            if name not in self._words:
                element = self._elements.get(name)
                # one word for each fact, so that two of them are never taken for equal
                self._words[name] = decode(element, name) if element is not None and element.type in _WORDS else None
            found = self._words[name]
            if found is not None:
                facts[name] = found
        return facts

    def _value(self, name: str, value: object, on: date) -> object | None:
        known = self._values.get(name)
        if known is None:
            return None
        key = (type(value), tuple(value) if isinstance(value, list) else value)
        if key not in known:
            known[key] = self._kept(self._elements[name], value)
        found = known[key]
        return self._on_day(self._elements[name], found, on) if isinstance(found, _Days) else found

    def _kept(self, element: Element, value: object) -> object | None:
        if element.type in (ElementType.DATE, ElementType.DATETIME):
            return _Days(value) if type(value) is int else None
        return _read(element, value)

    def _on_day(self, element: Element, away: "_Days", on: date) -> object | None:
        day = on + timedelta(days=away.count)
        return day if element.type is ElementType.DATE else _read(element, day.isoformat())


@dataclass(frozen=True, slots=True)
class _Days:
    """A day by how many days it lies before or after the submission."""

    count: int


def offers_of(thing: CompiledThing, recording: Recording, facts: Mapping[str, object], env: Environment) -> tuple[Offer, ...]:
    """Return the certificates and earlier submissions as the planner takes them, with the faces this version reads."""
    offers = [
        Offer(OfferKind.CERTIFICATE, holder, kind, _face(thing, (kind, material), facts, env), f"recording-{place}", _RECORDED)
        for place, (kind, holder, material) in enumerate(recording.held)
    ]
    offers += [Offer(OfferKind.PRIOR, "applicant", code, {}, f"recording-{code}", _RECORDED) for code in recording.prior]
    return tuple(offers)


def grouped(recordings: Iterable[Recording]) -> list[Recording]:
    """Return equal recordings as one with their count, in order of day."""
    groups: dict[str, list[Recording]] = {}
    for recording in recordings:
        groups.setdefault(recording.digest, []).append(recording)
    merged = [_times(group[0], sum(one.count for one in group)) for group in groups.values()]
    return sorted(merged, key=lambda one: (one.on, one.digest))


def standing_out(recordings: Sequence[Recording]) -> int:
    """Return how many applications share their recording with fewer than ``SMALL_GROUP`` others, the day left aside."""
    sizes: dict[str, int] = {}
    for recording in recordings:
        key = _undated(recording)
        sizes[key] = sizes.get(key, 0) + recording.count
    return sum(size for size in sizes.values() if size < SMALL_GROUP)


def _undated(recording: Recording) -> str:
    return Recording(date.min, recording.kept, recording.present, recording.declined, recording.held).digest


def _times(recording: Recording, count: int) -> Recording:
    parts = (recording.on, recording.kept, recording.present, recording.declined, recording.held, recording.prior)
    return Recording(*parts, recording.choices, count)


def _asked_by_rules(thing: CompiledThing) -> frozenset[str]:
    """Return the facts that rules, certificates' matches, dates of eligibility or competence look at."""
    asked = set(prepare(thing.whole).mentioned) | set(thing.questions_by_fact)
    for use in thing.whole.items:
        item = use.definition
        asked.update([item.department.region_from] if item.department.region_from else [])
        asked.update(names(parse(item.eligible.on)) if item.eligible else ())
    asked.update(entity.repeats.count for entity in thing.entities if entity.repeats)
    return frozenset(asked)


def _kept(element: Element, value: object, on: date, asks: tuple[frozenset[str], CompiledThing], fine: bool) -> object | None:
    """Return the JSON value to keep, or None for one of which only the presence is kept."""
    asked, thing = asks
    if element.sensitivity == "SENSITIVE" or element.type in _WORDS:
        return None
    is_asked = element.name in asked
    match element.type:
        case ElementType.BOOL:
            return value if isinstance(value, bool) else None
        case ElementType.CODE | ElementType.LIST:
            closed = len(element.options) > 0 and (
                len(element.options) <= MOST_OPTIONS or element.name in thing.questions_by_fact
            )
            return encode(value) if closed else None
        case ElementType.DATE | ElementType.DATETIME:
            return _days_away(value, on, fine) if is_asked and isinstance(value, date) else None
        case ElementType.INT | ElementType.DECIMAL:
            return encode(_rounded(value, 3 if fine else 2)) if is_asked and isinstance(value, int | Decimal) else None
        case ElementType.REGION:
            return _place(str(value), fine) if is_asked else None
        case _:
            return None


def _days_away(value: date, on: date, fine: bool) -> int:
    days = (date(value.year, value.month, value.day) - on).days
    if fine:
        return days
    grain = next((grain for most, grain in GRAINS if abs(days) <= most), GRAINS[-1][1])
    rounded = abs(days) // grain * grain
    return rounded if days >= 0 else -rounded


def _rounded(value: int | Decimal, digits: int) -> int | Decimal:
    exact = Decimal(value)
    if exact == 0:
        return value
    step = Decimal(1).scaleb(exact.adjusted() - digits + 1)
    rounded = (exact / step).to_integral_value() * step
    return int(rounded) if isinstance(value, int) else rounded.normalize() + 0


def _place(code: str, fine: bool) -> str:
    return code[:6] if fine else f"{code[:4]}00"


def _held(thing: CompiledThing, satisfied: Mapping[str, str]) -> set[tuple[str, str, str]]:
    return {
        (satisfier.certificate, holder, code)
        for code, kind in satisfied.items()
        if kind == SatisfierKind.E_CERTIFICATE and code in thing.materials_by_code
        for satisfier in thing.materials_by_code[code].satisfiers
        if satisfier.kind is SatisfierKind.E_CERTIFICATE and satisfier.certificate
        for holder in satisfier.holders
    }


def _read(element: Element, value: object) -> object | None:
    try:
        return decode(element, value)
    except Invalid:  # an option that this version no longer has: not known here
        return None


def _face(thing: CompiledThing, served: tuple[str, str], facts: Mapping[str, object], env: Environment) -> dict[str, object]:
    """Return what stands on the face so that it matches this case, for the material the certificate served."""
    kind, material = served
    found = thing.materials_by_code.get(material)
    satisfiers = [one for one in found.satisfiers if one.certificate == kind] if found else []
    face: dict[str, object] = {}
    for satisfier in satisfiers:
        for name, rule in satisfier.match.items():
            wanted = evaluate(parse(rule), facts, env)
            if wanted is not UNKNOWN:
                face[name] = wanted
    return face
