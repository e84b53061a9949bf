"""C77x: a region says only what the province's template leaves open, and never worse than the template (省市县三级同要素)."""

from collections.abc import Iterator
from typing import Any

from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.item_standard import regional
from yijianshi.catalogue.logic.library import Document, Library
from yijianshi.catalogue.logic.lint_rules.consistency import PHONES_NEEDED, phones_fit
from yijianshi.catalogue.logic.plain_errors import did_you_mean
from yijianshi.catalogue.logic.schema import Binding, Item
from yijianshi.catalogue.logic.schema.binding import OPEN_BY_DEFAULT
from yijianshi.kernel.text import Text

_UNKNOWN_ITEM = Text(
    "没有叫“{item}”的事项，绑定不到任何地方。{hint}", "There is no item called '{item}' for this to belong to. {hint}"
)
_CLOSED = Text(
    "“{element}”不能由 {region} 另写：{why}。地方可以写的有：{open}。请从 set 里去掉它。",
    "{region} cannot set '{element}' for itself: {why}. A region may set: {open}. Remove it from set.",
)
_SAME_EVERYWHERE = Text("它要省、市、县三级一致，由全省模板写", "it is the same in the whole province and stands in the template")
_BY_LAW = Text("它由法律规定，不因地区而变", "the law sets it, and it is the same everywhere")
_KEPT = Text("这个事项的全省模板没有放开它（open）", "this item's template does not leave it open (open)")
_ALL_OPEN = Text(
    "电话、地点、时间、窗口、网址、预约、邮寄、自助终端，以及更短的承诺和更少的到场次数",
    "telephones, places, hours, windows, addresses, booking, post, machines, a shorter promise, fewer visits",
)
_LAW_ELEMENTS = frozenset(
    {"legal_basis", "limits", "legal", "task_type", "remedies", "fee", "procedure", "correction", "extension"}
)
_WRONG_VALUE = Text(
    "“{element}”的值不对：{value}。应当是{kind}。", "The value of '{element}' does not fit: {value}. Write {kind}."
)
_KINDS = {
    "number": Text("一个不小于 0 的整数，如 promise: 3", "a whole number of 0 or more, such as promise: 3"),
    "phone": Text(
        '带区号的电话并加引号，如 "0371-12345678"', 'a telephone with its area code in quotes, such as "0371-12345678"'
    ),
    "flag": Text("true 或 false", "true or false"),
    "address": Text("以 https:// 开头的网址", "an address that begins with https://"),
    "code": Text("9 位乡镇代码或 12 位村代码并加引号", "a code of 9 (township) or 12 digits (village) in quotes"),
    "text": Text("中文和英文，如 {{zh: …, en: …}}", "both languages, such as {{zh: …, en: …}}"),
}
_PROMISE = Text(
    "{region} 承诺 {days} 个工作日，比{than}的 {most} 个还长。地方的承诺只能更短，请改成不超过 {most}，或去掉。",
    "{region} promises {days:working day|working days}, longer than the {most} of {than}. It may only promise less: write"
    " {most} at most, or remove it.",
)
_VISITS = Text(
    "{region} 要到现场 {count} 次，比{than}的 {most} 次还多。地方只能更少，请改成不超过 {most}，或去掉。",
    "{region} asks for {count:visit|visits}, more than the {most} of {than}. It may only ask for fewer: write {most} at most,"
    " or remove it.",
)
_TEMPLATE, _AROUND = Text("全省模板", "the template"), Text("上级地区", "the region around it")
_PLACE = Text(
    "文件应当放在 {path}，好让人按地区和事项找到它。请移动文件，或改 region、item。",
    "The file belongs at {path}, so that people find it by region and item. Move it, or change region or item.",
)
_TWICE = Text(
    "{region} 对“{item}”已经在 {first} 写过。请合并成一个文件。",
    "{region} has already spoken about '{item}' in {first}. Make them one file.",
)
_NOT_OFFERED = Text(
    "“{item}”只在 {regions} 办理，{region} 不在其中。请去掉这个文件，或改模板的 offered_in。",
    "'{item}' is offered only in {regions}, not in {region}. Remove this file, or change the template's offered_in.",
)


def check(library: Library) -> Iterator[Finding]:
    """Yield a finding for everything a region says that is not its to say, is worse than the template, or cannot be read."""
    first: dict[tuple[str, str], str] = {}
    for document in library.bindings:
        binding = document.model
        yield from _place(document, first.setdefault((binding.region, binding.item), document.path))
        item = library.items.get(binding.item)
        if item is None:
            hint = did_you_mean(binding.item, sorted(library.items))
            yield Finding("C771", document.where("item"), _UNKNOWN_ITEM.format(item=binding.item, hint=hint))
            continue
        offered = item.model.offered_in
        if offered and not set(offered) & set(regional.surrounding(binding.region)):
            words = {"item": item.model.name, "regions": "、".join(offered), "region": binding.region}
            yield Finding("C776", document.where("region"), _NOT_OFFERED.format(**words))
        found = list(_elements(document, item.model))
        yield from found
        if not found:
            yield from _against_wider(library, document, item.model)


def _place(document: Document[Binding], first: str) -> Iterator[Finding]:
    binding = document.model
    path = f"bindings/{binding.region}/{binding.item}.yaml"
    if first != document.path:
        text = _TWICE.format(region=binding.region, item=binding.item, first=first)
        yield Finding("C777", document.where("item"), text)
    elif document.path != path:
        yield Finding("C779", document.where("region"), _PLACE.format(path=path))


def _elements(document: Document[Binding], item: Item) -> Iterator[Finding]:
    for element, value in document.model.set.items():
        where = document.where("set", element)
        if element not in item.open:
            words = {
                "element": element,
                "region": document.model.region,
                "why": _why(element),
                "open": _open(item),
            }
            yield Finding("C772", where, _CLOSED.format(**words))
            continue
        try:
            regional.put(item, element, value)
        except regional.WrongValue:
            yield Finding("C773", where, _WRONG_VALUE.format(element=element, value=str(value), kind=_kind(element)))


def _open(item: Item) -> Text:
    if set(item.open) == set(OPEN_BY_DEFAULT):
        return _ALL_OPEN
    names = ", ".join(item.open) or "—"
    return Text(names, names)


def _why(element: str) -> Text:
    if element in OPEN_BY_DEFAULT:
        return _KEPT
    return _BY_LAW if element in _LAW_ELEMENTS else _SAME_EVERYWHERE


def _kind(element: str) -> Text:
    if element in regional.NUMBERS:
        return _KINDS["number"]
    if element in regional.PHONES:
        return _KINDS["phone"]
    if element in ("mail_materials", "mail_result", "self_service"):
        return _KINDS["flag"]
    if element.endswith("_url"):
        return _KINDS["address"]
    return _KINDS["code" if element.endswith("_code") else "text"].format()


def _against_wider(library: Library, document: Document[Binding], item: Item) -> Iterator[Finding]:
    """Compare with what holds around the region: the template, and the city's word for a county."""
    binding = document.model
    wider = [one.model for one in library.bindings if one.model.item == item.code and one.model.region != binding.region]
    around = _safely(item, wider, binding.region)
    than = _AROUND if around.said_by else _TEMPLATE
    limits = (
        ("promise", "C774", _PROMISE, around.item.limits.promise.as_working_days),
        ("visits", "C775", _VISITS, around.item.visits.count),
    )
    for element, code, text, most in limits:
        value = binding.set.get(element)
        if value is not None and value > most:
            words: dict[str, Any] = {"region": binding.region, "than": than, "most": most, "days": value, "count": value}
            yield Finding(code, document.where("set", element), text.format(**words))
    bound = regional.bind(around.item, [binding], binding.region).item
    if regional.PHONES & set(binding.set) and not phones_fit(bound.consult_phone, bound.complaint_phone):
        phones = {"phone": bound.consult_phone or "—", "complaint": bound.complaint_phone or "—"}
        yield Finding("C778", document.where("set"), PHONES_NEEDED.format(**phones))


def _safely(item: Item, wider: list[Binding], region: str) -> regional.BoundItem:
    """Bind what can be bound; what cannot is reported where it stands."""
    try:
        return regional.bind(item, wider, region)
    except regional.WrongValue:
        return regional.BoundItem(item, region, {})
