"""Facts as people write them, as rules use them, and as they are stored."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.schema import Element, ElementType
from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.text import Text, long_date

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")  # legal time of the whole country, no summer time since 1992
_MAX_CHARACTERS = 5000
_DATE = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
_COMPACT_DATE = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_YES = {"true", "yes", "on", "1", "y", "是", "有", "对"}
_NO = {"false", "no", "off", "0", "n", "否", "没有", "不"}
Raw = object


class UnusableAnswer(Invalid):
    """“{label}”填的内容看不懂：{why}

    What was entered for '{label}' could not be read: {why}
    """


class UnknownFact(Invalid):
    """这件事不需要“{name}”这一项，请检查名称。

    This application has no entry called '{name}'. Please check the name.
    """


def decode_answer(thing: CompiledThing, name: str, raw: Raw) -> object:
    """Return the value of one answer as rules use it. Raises UnusableAnswer or UnknownFact, both in plain words."""
    element = thing.elements_by_name.get(name)
    if element is None:
        raise UnknownFact(name=name, field=name)
    return decode(element, raw)


def decode(element: Element, raw: Raw) -> object:
    """Return a raw form, JSON or certificate value as the element's type. Raises UnusableAnswer."""
    if element.type is ElementType.LIST:
        return _decode_list(element, raw)
    if isinstance(raw, list | tuple):
        if len(raw) != 1:
            raise _unusable(element, Text("这里只能选一个。", "only one answer is possible here."))
        raw = raw[0]
    return _DECODERS.get(element.type, _decode_text)(element, raw)


def decode_facts(thing: CompiledThing, stored: Mapping[str, Raw]) -> dict[str, object]:
    """Return stored facts as values; what this version does not know or cannot read is left out, never guessed."""
    facts: dict[str, object] = {}
    for name, raw in stored.items():
        try:
            facts[name] = decode_answer(thing, name, raw)
        except Invalid:
            continue
    return facts


def encode(value: object) -> object:
    """Return a value as JSON holds it: dates as ISO text, decimals as text, lists as lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | Fraction):
        return str(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [encode(part) for part in value]
    return value


def encode_facts(facts: Mapping[str, object]) -> dict[str, object]:
    """Return facts as JSON holds them; ``decode_facts`` gives them back."""
    return {name: encode(value) for name, value in facts.items()}


def display(element: Element, value: object, language: str = "zh") -> str:
    """Return a value in words for people: option labels, 是/否, dates as people say them, units appended."""
    labels = {option.code: option.label.get(language) for option in element.options}
    if isinstance(value, list | tuple):
        return ("、" if language == "zh" else ", ").join(labels.get(str(part), str(part)) for part in value)
    if isinstance(value, bool):
        return {True: Text("是", "Yes"), False: Text("否", "No")}[value].get(language)
    if isinstance(value, datetime):
        return value.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return long_date(value).get(language)
    words = labels.get(str(value), str(encode(value)))
    return f"{words} {element.unit.get(language)}" if element.unit else words


def _unusable(element: Element, why: Text) -> UnusableAnswer:
    return UnusableAnswer(label=element.label, why=why, field=element.name)


def _text_of(element: Element, raw: Raw) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal | date):
        raise _unusable(element, Text("这里要填文字。", "a text is expected here."))
    seen = _without_controls(raw if isinstance(raw, str) else str(encode(raw)))
    text = unicodedata.normalize("NFKC" if element.type is not ElementType.TEXT else "NFC", seen).strip()
    if not text:
        raise _unusable(element, Text("还没有填。", "nothing has been entered yet."))
    if len(text) > _MAX_CHARACTERS:
        why = Text("最多写 {most} 个字，现在有 {now} 个，请写短一些。", "at most {most} characters fit; there are {now} now.")
        raise _unusable(element, why.format(most=_MAX_CHARACTERS, now=len(text)))
    return text


def _without_controls(text: str) -> str:
    """Return *text* without control, format and surrogate characters, keeping line breaks and tabs."""
    if text.isprintable():  # nearly always; nothing printable is any of these
        return text
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"})


def _decode_text(element: Element, raw: Raw) -> str:
    return _text_of(element, raw)


def _decode_compact(element: Element, raw: Raw) -> str:
    text = re.sub(r"[\s\-]", "", _text_of(element, raw)).upper()
    if not text.isascii():
        raise _unusable(element, Text("这里只能填数字和英文字母。", "only digits and Latin letters are possible here."))
    return text


def _decode_int(element: Element, raw: Raw) -> int:
    text = _text_of(element, raw).replace(",", "")
    if re.fullmatch(r"[-+]?\d{16,}", text):
        why = Text(
            "这个数太大了，有 {now} 位。请看看是不是多打了数字。", "this number has {now} digits. Please check for extra digits."
        )
        raise _unusable(element, why.format(now=len(text.lstrip("-+"))))
    if not re.fullmatch(r"[-+]?\d{1,15}", text):
        raise _unusable(element, Text("请填整数，例如 3。", "please enter a whole number such as 3."))
    return int(text)


def _decode_decimal(element: Element, raw: Raw) -> Decimal:
    if isinstance(raw, float):
        raw = str(raw)
    text = _text_of(element, raw).replace(",", "")
    try:
        if not re.fullmatch(r"[-+]?\d{1,15}(\.\d{1,10})?", text):
            raise InvalidOperation
        return Decimal(text)
    except InvalidOperation as error:
        raise _unusable(element, Text("请填数字，例如 12.5。", "please enter a number such as 12.5.")) from error


def _decode_bool(element: Element, raw: Raw) -> bool:
    if isinstance(raw, bool):
        return raw
    word = _text_of(element, raw).lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise _unusable(element, Text("请选“是”或“否”。", "please choose yes or no."))


def _decode_date(element: Element, raw: Raw) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = _text_of(element, raw)
    match = _DATE.match(text) or _COMPACT_DATE.match(text)
    if match is None:
        raise _unusable(
            element, Text("请按“年-月-日”填，例如 2026-03-02。", "please write year-month-day, for example 2026-03-02.")
        )
    try:
        return date(*map(int, match.groups()))
    except ValueError as error:
        raise _unusable(element, Text("日历上没有这一天。", "there is no such day in the calendar.")) from error


def _decode_datetime(element: Element, raw: Raw) -> datetime:
    if isinstance(raw, datetime):
        return raw if raw.tzinfo else raw.replace(tzinfo=BEIJING)
    text = _text_of(element, raw).replace("/", "-")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        why = Text("请填日期和时间，例如 2026-03-02 08:30。", "please enter date and time, for example 2026-03-02 08:30.")
        raise _unusable(element, why) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)


def _decode_code(element: Element, raw: Raw) -> str:
    code = _text_of(element, raw)
    if element.options and code not in {option.code for option in element.options}:
        raise _unusable(element, Text("请从列出的选项里选一个。", "please choose one of the options shown."))
    return code


def _decode_list(element: Element, raw: Raw) -> tuple[str, ...]:
    parts: Sequence[Raw] = raw if isinstance(raw, list | tuple) else [raw]
    chosen = {_decode_code(element, part) for part in parts if part != ""}
    order = [option.code for option in element.options]
    return tuple(sorted(chosen, key=lambda code: (order.index(code) if code in order else len(order), code)))


_DECODERS: Mapping[ElementType, Callable[[Element, Raw], object]] = {
    ElementType.INT: _decode_int,
    ElementType.DECIMAL: _decode_decimal,
    ElementType.BOOL: _decode_bool,
    ElementType.DATE: _decode_date,
    ElementType.DATETIME: _decode_datetime,
    ElementType.CODE: _decode_code,
    ElementType.REGION: _decode_code,
    ElementType.ID_NUMBER: _decode_compact,
    ElementType.USCC: _decode_compact,
    ElementType.ACCOUNT: _decode_compact,
}
