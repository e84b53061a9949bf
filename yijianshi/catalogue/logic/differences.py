"""What changed between two compiled versions of a thing, in sentences an author, a clerk and a citizen can read."""

from collections.abc import Iterator, Mapping, Sequence

from yijianshi.catalogue.logic.compiled import CompiledItem, CompiledThing
from yijianshi.catalogue.logic.headline import headline
from yijianshi.catalogue.logic.schema import Item
from yijianshi.catalogue.logic.schema.item import days_in_words
from yijianshi.kernel.text import Text

_ADDED = Text("增加了{sort}“{name}”。", "The {sort} '{name}' was added.")
_REMOVED = Text("去掉了{sort}“{name}”。", "The {sort} '{name}' was removed.")
_RENAMED = Text("“{old}”改名为“{new}”。", "'{old}' is now called '{new}'.")
_PROMISE = Text(
    "“{item}”的承诺时限从 {old} 个工作日改为 {new} 个。", "'{item}' now promises {new} working days instead of {old}."
)
_LEGAL = Text("“{item}”的法定时限从 {old} 改为 {new}。", "The legal limit of '{item}' changed from {old} to {new}.")
_WHEN = Text("“{item}”适用的条件改了：{old} → {new}。", "The condition for '{item}' changed: {old} → {new}.")
_NEEDS = Text("“{item}”不再需要：{gone}；新需要：{new}。", "'{item}' no longer needs: {gone}; now also needs: {new}.")
_DETAILS = Text("{sort}“{name}”的内容有修改。", "Details of the {sort} '{name}' changed.")
_NOTHING = Text("无", "none")
_ALWAYS = Text("一律适用", "always")

_SORTS: Mapping[str, Text] = {
    "items": Text("事项", "item"),
    "materials": Text("材料", "material"),
    "certificates": Text("证照类型", "certificate type"),
    "letters": Text("承诺书", "commitment letter"),
    "questions": Text("问题", "question"),
    "elements": Text("数据元", "data element"),
}


def differences(old: CompiledThing, new: CompiledThing) -> list[Text]:
    """Return the changes from *old* to *new*: one line that sums up, then the most important first; empty for equal content."""
    if old.sha == new.sha:
        return []
    summed_up = headline(old, new)
    return [*([summed_up] if summed_up else []), *_changes(old, new)]


def _changes(old: CompiledThing, new: CompiledThing) -> list[Text]:
    changes = [*_identity(old, new), *_item_changes(old, new)]
    for attribute, sort in _SORTS.items():
        changes += _membership(_named(old, attribute), _named(new, attribute), sort)
    for attribute in ("materials", "certificates", "letters", "questions", "elements"):
        changes += _edited(_parts(old, attribute), _parts(new, attribute), _SORTS[attribute], _named(new, attribute))
    if old.conditions != new.conditions:
        changes.append(Text("一起办的条件有修改。", "The conditions for handling everything together changed."))
    return changes or [Text("文字或说明有修改。", "Wording or explanations changed.")]


def _identity(old: CompiledThing, new: CompiledThing) -> Iterator[Text]:
    if old.name != new.name:
        yield _RENAMED.format(old=old.name, new=new.name)
    if old.effective_on != new.effective_on:
        text = Text("生效日期从 {old} 改为 {new}。", "It takes effect on {new} instead of {old}.")
        yield text.format(old=old.effective_on, new=new.effective_on)


def _item_changes(old: CompiledThing, new: CompiledThing) -> Iterator[Text]:
    before = {use.code: use for use in old.items}
    for use in new.items:
        if use.code in before and use != before[use.code]:
            yield from _one_item(before[use.code], use, (old, new))


def _one_item(old: CompiledItem, new: CompiledItem, things: tuple[CompiledThing, CompiledThing]) -> Iterator[Text]:
    item = new.definition.name
    if old.when != new.when:
        yield _WHEN.format(item=item, old=_rule(old.when), new=_rule(new.when))
    promises = [use.definition.limits.promise.as_working_days for use in (old, new)]
    if promises[0] != promises[1]:
        yield _PROMISE.format(item=item, old=promises[0], new=promises[1])
    if old.definition.limits.legal != new.definition.limits.legal:
        yield _LEGAL.format(item=item, old=_legal(old.definition), new=_legal(new.definition))
    needs = [{need.fact: need for need in use.definition.needs} for use in (old, new)]
    gone, fresh = sorted(needs[0].keys() - needs[1].keys()), sorted(needs[1].keys() - needs[0].keys())
    if gone or fresh:
        yield _NEEDS.format(item=item, gone=_labels(gone, things[0]), new=_labels(fresh, things[1]))
    ignored = {"limits", "needs"}
    if old.definition.model_dump(exclude=ignored) != new.definition.model_dump(exclude=ignored) or (
        not gone and not fresh and needs[0] != needs[1]
    ):
        yield _DETAILS.format(sort=_SORTS["items"], name=item)


def _rule(when: str | None) -> Text:
    return Text(when, when) if when else _ALWAYS


def _legal(item: Item) -> Text:
    return days_in_words(item.limits.legal) if item.limits.legal else _NOTHING


def _labels(names: Sequence[str], thing: CompiledThing) -> Text:
    labels = [thing.label(name) for name in names]
    return Text("、".join(text.zh for text in labels), ", ".join(text.en for text in labels)) if labels else _NOTHING


def _parts(thing: CompiledThing, attribute: str) -> dict[str, object]:
    key = {"questions": "fact", "elements": "name"}.get(attribute, "code")
    return {getattr(part, key): part for part in getattr(thing, attribute)}


def _named(thing: CompiledThing, attribute: str) -> dict[str, Text]:
    return {code: _name_of(part) for code, part in _parts(thing, attribute).items()}


def _name_of(part: object) -> Text:
    if isinstance(part, CompiledItem):
        return part.definition.name
    for attribute in ("label", "text", "name"):
        text = getattr(part, attribute, None)
        if isinstance(text, Text):
            return text
    return _NOTHING


def _membership(old: Mapping[str, Text], new: Mapping[str, Text], sort: Text) -> Iterator[Text]:
    for code in sorted(new.keys() - old.keys()):
        yield _ADDED.format(sort=sort, name=new[code])
    for code in sorted(old.keys() - new.keys()):
        yield _REMOVED.format(sort=sort, name=old[code])


def _edited(old: Mapping[str, object], new: Mapping[str, object], sort: Text, names: Mapping[str, Text]) -> Iterator[Text]:
    for code in new:
        if code in old and old[code] != new[code]:
            yield _DETAILS.format(sort=sort, name=names[code])
