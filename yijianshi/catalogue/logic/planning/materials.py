"""The merged material list: each material once, met by the first satisfier that is open, with the other ways listed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yijianshi.catalogue.logic.matching import fits, is_undecided
from yijianshi.catalogue.logic.plan import MaterialStatus, Offer, OfferKind, PlannedMaterial
from yijianshi.catalogue.logic.planning.items import Standing
from yijianshi.catalogue.logic.planning.reasons import because, joined
from yijianshi.catalogue.logic.planning.wanted import Part, Wanted, collect
from yijianshi.catalogue.logic.prepared import use_key
from yijianshi.catalogue.logic.schema import Element, Item, Material, Satisfier, SatisfierKind
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.text import Text

_RECOGNISE = Text(
    "您有这类电子证照：填好“{fields}”，对得上的会自动使用，就不用上传。",
    "You hold such an e-certificate: once '{fields}' is filled in, the one that fits is used and nothing need be uploaded.",
)
_NEEDED = Text("办理{items}要用。", "Needed for {items}.")
_NOT_NEEDED = Text("您的情况不用交。{why}", "Not needed in your case. {why}")
_MAYBE = Text("可能要用，先请准备。{why}", "May be needed; please have it ready. {why}")
_HOW: Mapping[SatisfierKind, Text] = {
    SatisfierKind.E_CERTIFICATE: Text(
        "已有电子证照“{source}”，不用交。", "Your e-certificate '{source}' serves; nothing to hand in."
    ),
    SatisfierKind.DATA_SHARE: Text("已从“{source}”核对，不用交。", "Checked in the register '{source}'; nothing to hand in."),
    SatisfierKind.PRIOR_SUBMISSION: Text("以前交过“{source}”，这次不用再交。", "You handed in '{source}' before; not again."),
    SatisfierKind.INTERNAL_PRODUCT: Text(
        "办好“{source}”后由部门之间直接传递，不用交。", "Passed on by itself once '{source}' is done; nothing to hand in."
    ),
    SatisfierKind.COMMITMENT: Text("签一份告知承诺书就可以。", "Signing a commitment is enough."),
    SatisfierKind.DEPARTMENT_INQUIRY: Text(
        "由受理部门向有关单位核实，不用交。", "The department will ask the other authority; nothing to hand in."
    ),
    SatisfierKind.DEFERRED: Text(
        "容缺受理（先收件，后补材料）：请在 {source} 个工作日内补交。", "May follow later: within {source}."
    ),
    SatisfierKind.UPLOAD: Text("请拍照或上传。", "Please photograph or upload it."),
}
_BEING_READ = Text(
    "正在向“{source}”核对，不用交。一时连不上也可以先提交，由我们接着核对。",
    "Being checked in the register '{source}'; nothing to hand in. If it cannot be reached, submit anyway: we keep trying.",
)
_STATUS: Mapping[SatisfierKind, MaterialStatus] = {
    SatisfierKind.E_CERTIFICATE: MaterialStatus.SATISFIED,
    SatisfierKind.DATA_SHARE: MaterialStatus.SATISFIED,
    SatisfierKind.PRIOR_SUBMISSION: MaterialStatus.SATISFIED,
    SatisfierKind.DEPARTMENT_INQUIRY: MaterialStatus.SATISFIED,
    SatisfierKind.INTERNAL_PRODUCT: MaterialStatus.FROM_RESULT,
    SatisfierKind.COMMITMENT: MaterialStatus.TO_COMMIT,
    SatisfierKind.DEFERRED: MaterialStatus.DEFERRED,
    SatisfierKind.UPLOAD: MaterialStatus.TO_UPLOAD,
}
_ON_REQUEST = {
    SatisfierKind.DEFERRED,
    SatisfierKind.DEPARTMENT_INQUIRY,
}  # only when chosen, never by default while another is open


@dataclass(frozen=True, slots=True)
class Way:
    """One open way to meet a material."""

    kind: SatisfierKind
    source: Text
    refs: tuple[str, ...] = ()
    letter: str | None = None
    from_item: str | None = None
    pending: bool = False


def plan_materials(standing: Standing, offers: Sequence[Offer], choices: Mapping[str, str]) -> tuple[PlannedMaterial, ...]:
    """Return every material any item of this thing may ask for, in order of first use."""
    wanted = collect(standing, _parts(standing))
    return tuple(
        _planned(material, wanted[material.code], standing, (offers, choices.get(material.code)))
        for material in standing.thing.materials
        if material.code in wanted
    )


def _parts(standing: Standing) -> Iterator[tuple[Item, Iterator[Part]]]:
    for compiled in standing.thing.items:
        item = compiled.definition
        yield item, ((use.material, use_key(item.code, at), True) for at, use in enumerate(item.materials))


Means = tuple[Sequence[Offer], str | None]


def _planned(material: Material, entry: Wanted, standing: Standing, means: Means) -> PlannedMaterial:
    if not entry.needed_by:
        why = entry.why_not(standing)
        return PlannedMaterial(
            material.code, material.name, MaterialStatus.NOT_NEEDED, None, (), because(_NOT_NEEDED, why), core=material.core
        )
    offers, choice = means
    ways = _open_ways(material, entry.items, standing, offers)
    way = _pick(ways, choice)
    return PlannedMaterial(
        code=material.code,
        name=material.name,
        status=_STATUS[way.kind],
        satisfier=way.kind.value,
        needed_by=tuple(entry.needed_by),
        reason=_with_hint(_reason(entry, way, standing), way, _still_to_match(material, standing, offers), standing),
        alternatives=tuple(dict.fromkeys(other.kind.value for other in ways if other.kind is not way.kind)),
        refs=way.refs,
        core=material.core,
        letter=way.letter,
        from_item=way.from_item,
        pending=way.pending,
        certain=entry.certain,
    )


def _reason(entry: Wanted, way: Way, standing: Standing) -> Text:
    how = (_BEING_READ if way.pending else _HOW[way.kind]).format(source=way.source)
    if entry.certain or entry.open_key is None:
        needed = standing.reasons.naming(_NEEDED, entry.items)
    else:
        needed = because(_MAYBE, standing.reasons.of(entry.open_key))
    return Text(f"{needed.zh}{how.zh}", f"{needed.en} {how.en}")


def _with_hint(reason: Text, way: Way, missing: Sequence[str], standing: Standing) -> Text:
    if way.kind is not SatisfierKind.UPLOAD or not missing:
        return reason
    fields = joined([standing.thing.label(name) for name in missing])
    hint = _RECOGNISE.format(fields=fields)
    return Text(f"{reason.zh}{hint.zh}", f"{reason.en} {hint.en}")


def _pick(ways: Sequence[Way], choice: str | None) -> Way:
    chosen = next((way for way in ways if way.kind.value == choice), None)
    return chosen or next((way for way in ways if way.kind not in _ON_REQUEST), ways[0])


def _open_ways(material: Material, users: Sequence[Item], standing: Standing, offers: Sequence[Offer]) -> list[Way]:
    ways = [way for satisfier in material.satisfiers if (way := _way(material, satisfier, users, (standing, offers)))]
    if material.deferrable and not any(way.kind is SatisfierKind.DEFERRED for way in ways):
        ways.append(_deferred(material))
    return ways or [Way(SatisfierKind.UPLOAD, material.name)]


def _way(material: Material, satisfier: Satisfier, users: Sequence[Item], world: tuple[Standing, Sequence[Offer]]) -> Way | None:
    standing, offers = world
    match satisfier.kind:
        case SatisfierKind.E_CERTIFICATE:
            return _by_certificate(satisfier, offers, standing)
        case SatisfierKind.PRIOR_SUBMISSION:
            prior = [offer for offer in offers if offer.kind == OfferKind.PRIOR and offer.type == material.code]
            return Way(satisfier.kind, prior[0].label, (prior[0].ref,)) if prior else None
        case SatisfierKind.INTERNAL_PRODUCT:
            return _by_result(material, satisfier, users, standing)
        case SatisfierKind.COMMITMENT:
            return Way(satisfier.kind, material.name, letter=satisfier.letter)
        case SatisfierKind.DEFERRED:
            return _deferred(material) if material.deferrable else None
        case SatisfierKind.DATA_SHARE:
            return _by_register(satisfier, users, offers)
        case _:
            return Way(satisfier.kind, material.name)


def _deferred(material: Material) -> Way:
    days = material.deferrable.max_working_days if material.deferrable else 0
    return Way(SatisfierKind.DEFERRED, Text("{days}", "{days:working day|working days}").format(days=days))


def _by_certificate(satisfier: Satisfier, offers: Sequence[Offer], standing: Standing) -> Way | None:
    """Every listed holder must hold the certificate, the one that matches this case; each use names the certificates used."""
    used: list[Offer] = []
    for holder in satisfier.holders:
        held = [offer for offer in _held(satisfier, offers, holder) if fits(offer, satisfier.match, *_world(standing))]
        if not held:
            return None
        used.append(held[0])
    return Way(satisfier.kind, joined([offer.label for offer in used]), tuple(offer.ref for offer in used))


def _by_register(satisfier: Satisfier, users: Sequence[Item], offers: Sequence[Offer]) -> Way | None:
    """Open where an item that asks for the material declares the read, about every holder, and the register knows them."""
    used: list[Offer] = []
    for holder in satisfier.holders:
        wanted = (OfferKind.REGISTER, satisfier.register_, holder)
        declared = any((read.register_, read.holder) == wanted[1:] for item in users for read in item.reads)
        found = [offer for offer in offers if (offer.kind, offer.type, offer.holder) == wanted] if declared else []
        if not found:
            return None
        used += found
    label = joined(list(dict.fromkeys(offer.label for offer in used)))
    return Way(satisfier.kind, label, tuple(offer.ref for offer in used), pending=any(offer.pending for offer in used))


def _held(satisfier: Satisfier, offers: Sequence[Offer], holder: str) -> list[Offer]:
    wanted = (OfferKind.CERTIFICATE, satisfier.certificate, holder)
    return [offer for offer in offers if (offer.kind, offer.type, offer.holder) == wanted]


def _world(standing: Standing) -> tuple[Mapping[str, Element], Mapping[str, object], Environment]:
    return standing.thing.elements_by_name, standing.known, standing.env


def _still_to_match(material: Material, standing: Standing, offers: Sequence[Offer]) -> list[str]:
    """Return the facts to fill in before a held certificate can be recognised as the one of this case."""
    return [
        field
        for satisfier in material.satisfiers
        if satisfier.match and any(_held(satisfier, offers, holder) for holder in satisfier.holders)
        for field, rule in satisfier.match.items()
        if is_undecided({field: rule}, standing.known, standing.env)
    ]


def _by_result(material: Material, satisfier: Satisfier, users: Sequence[Item], standing: Standing) -> Way | None:
    """An item of this plan issues it, provided that item is not itself the only one asking for it."""
    for item in standing.included():
        theirs = item.repeat is None or material.repeat is None or item.repeat == material.repeat  # not another object's
        if theirs and satisfier.certificate in item.produces.certificates and any(user.code != item.code for user in users):
            return Way(satisfier.kind, item.name, from_item=item.code)
    return None
