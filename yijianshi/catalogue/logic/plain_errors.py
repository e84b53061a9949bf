"""Schema errors in plain words: what a content author reads instead of a validator's message."""

import difflib
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from yijianshi.kernel.text import Text

_LANGUAGE_NAMES = {"zh": "中文 (zh)", "en": "英文 (en)"}

_BY_TYPE: dict[str, Text] = {
    "missing": Text("缺少“{key}”，请补上。", "'{key}' is missing; add it."),
    "string_type": Text(
        "“{key}”应当是文字，现在是 {input}；数字样的文字请加引号。", "'{key}' must be text, not {input}; put digits in quotes."
    ),
    "string_pattern_mismatch": Text(
        "“{key}”的写法不合要求：{input}（应符合 {pattern}）。",
        "'{key}' is not written as expected: {input} (it must match {pattern}).",
    ),
    "string_too_long": Text("“{key}”太长（最多 {max_length} 个字）。", "'{key}' is too long (at most {max_length} characters)."),
    "string_too_short": Text("“{key}”不能为空。", "'{key}' must not be empty."),
    "int_type": Text("“{key}”应当是整数，现在是 {input}。", "'{key}' must be a whole number, not {input}."),
    "int_parsing": Text("“{key}”应当是整数，现在是 {input}。", "'{key}' must be a whole number, not {input}."),
    "bool_type": Text("“{key}”应当是 true 或 false，现在是 {input}。", "'{key}' must be true or false, not {input}."),
    "bool_parsing": Text("“{key}”应当是 true 或 false，现在是 {input}。", "'{key}' must be true or false, not {input}."),
    "greater_than_equal": Text("“{key}”不能小于 {ge}。", "'{key}' must not be less than {ge}."),
    "less_than_equal": Text("“{key}”不能大于 {le}。", "'{key}' must not be more than {le}."),
    "tuple_type": Text(
        "“{key}”应当是一个列表（每行以 - 开头）。", "'{key}' must be a list (each entry on a line that begins with -)."
    ),
    "list_type": Text(
        "“{key}”应当是一个列表（每行以 - 开头）。", "'{key}' must be a list (each entry on a line that begins with -)."
    ),
    "too_short": Text("“{key}”至少要有一条。", "'{key}' needs at least one entry."),
    "model_type": Text(
        "“{key}”应当是若干“键: 值”，现在是 {input}。", "'{key}' must be a set of 'key: value' lines, not {input}."
    ),
    "dict_type": Text("“{key}”应当是若干“键: 值”，现在是 {input}。", "'{key}' must be a set of 'key: value' lines, not {input}."),
    "literal_error": Text("“{key}”只能是 {expected}，现在是 {input}。", "'{key}' can only be {expected}, not {input}."),
    "enum": Text("“{key}”只能是 {expected}，现在是 {input}。", "'{key}' can only be {expected}, not {input}."),
    "date_type": Text("“{key}”应当是日期，如 2026-01-01。", "'{key}' must be a date such as 2026-01-01."),
    "date_from_datetime_parsing": Text("“{key}”应当是日期，如 2026-01-01。", "'{key}' must be a date such as 2026-01-01."),
}
_OTHER = Text("“{key}”不合要求：{message}（现在是 {input}）。", "'{key}' is not as expected: {message} (it is {input}).")

_NO_CONFIDENCE = Text(
    "“{key}”没有写明把握程度。请写 confirmed、L、P、D 或 unconfirmed，让人知道这条依据核实过没有。",
    "'{key}' does not say how sure it is. Write confirmed, L, P, D or unconfirmed, so that people know whether it was verified.",
)
_FEE_INCOMPLETE = Text(
    "收费要写全：项目、标准、依据、能否网上支付。缺“{key}”。不收费请写 fee: null。",
    "A fee needs its name, amount, basis and whether it can be paid online; '{key}' is missing. Without a fee write fee: null.",
)

_BY_WORD: dict[str, tuple[str, Text]] = {
    "missing-language": (
        "C110",
        Text(
            "“{key}”缺少{languages}，市民会看到空白。请补上。",
            "'{key}' lacks {languages}; people would see nothing there. Add it.",
        ),
    ),
    "unknown-language": (
        "C102",
        Text(
            "“{key}”里只能有 zh 和 en，不认识“{rest}”。句子里有英文逗号时，请给整句加引号。",
            "'{key}' can only hold zh and en, not '{rest}'. If the sentence has a comma in it, put the whole sentence in quotes.",
        ),
    ),
    "text-not-bilingual": (
        "C110",
        Text("“{key}”要有中英文两种：{{zh: …, en: …}}。", "'{key}' needs both languages: {{zh: …, en: …}}."),
    ),
    "holder-needs-id-number": (
        "C102",
        Text(
            "“{key}”不是申请人本人，要写 id_number（公民身份号码取自哪个数据元），证照才能送到这个人手里。",
            "'{key}' is not who applies, so it needs id_number (the fact with the ID number) for the certificate to reach them.",
        ),
    ),
    "rest-day-needs-calendar-days": (
        "C102",
        Text(
            "“{key}”按工作日计算，最后一天不会是休息日，不要写 rest_day_moves。",
            "'{key}' counts working days, so it cannot end on a rest day; remove rest_day_moves.",
        ),
    ),
    "metric-numbers": (
        "C102",
        Text(
            "“{key}”要么写 before 和 after 两个数，要么写 percent_less（减少百分之几），不能都写或都不写。",
            "'{key}' needs either before and after, or percent_less (the reduction in per cent); not both and not neither.",
        ),
    ),
    "limit-needs-one-number": (
        "C102",
        Text(
            "时限“{key}”要么写 working_days，要么写 unit: CALENDAR_DAYS 加 days，不能都写或都不写。",
            "The limit '{key}' needs either working_days, or unit: CALENDAR_DAYS with days; not both and not neither.",
        ),
    ),
}


def explain_error(error: ErrorDetails, model: type[BaseModel]) -> tuple[str, Text]:
    """Return the finding code and the plain words for one validation error of *model*."""
    key = ".".join(str(step) for step in error["loc"]) or "?"
    values = {"key": key, "input": _short(error.get("input")), "message": error["msg"], **error.get("ctx", {})}
    if error["type"] == "missing" and error["loc"][-1] == "confidence":
        return "C602", _NO_CONFIDENCE.format(key=key)
    if error["type"] == "missing" and error["loc"][0] == "fee" and len(error["loc"]) > 1:
        return "C706", _FEE_INCOMPLETE.format(key=key)
    if error["type"] == "extra_forbidden":
        return "C102", _unknown_key(error, model)
    if error["type"] == "value_error":
        word, _, rest = str(error.get("ctx", {}).get("error", "")).partition(":")
        if word in _BY_WORD:
            code, text = _BY_WORD[word]
            languages = "、".join(_LANGUAGE_NAMES.get(part, part) for part in rest.split(","))
            return code, text.format(key=key, rest=rest, languages=languages)
    return "C102", _BY_TYPE.get(error["type"], _OTHER).format(**values)


def did_you_mean(wrong: str, known: Sequence[str]) -> Text:
    """Return "did you mean …?" for the closest known words, or a text that says there is nothing like it."""
    close = difflib.get_close_matches(wrong, known, n=2, cutoff=0.6)
    if not close:
        return Text("没有相近的名字。", "There is nothing with a similar name.")
    return Text("是不是“" + "”或“".join(close) + "”？", "Did you mean '" + "' or '".join(close) + "'?")


def _unknown_key(error: ErrorDetails, model: type[BaseModel]) -> Text:
    key = str(error["loc"][-1])
    known = sorted(_known_keys(model, error["loc"][:-1]))
    hint = did_you_mean(key, known)
    return Text("不认识“{key}”。{hint}", "'{key}' is not known here. {hint}").format(key=key, hint=hint)


def _known_keys(model: type[BaseModel], loc: Sequence[int | str]) -> set[str]:
    current: type[BaseModel] | None = model
    for step in loc:
        if current is None:
            return set()
        if isinstance(step, str):
            current = _model_of(current, step)
    return {field.alias or name for name, field in current.model_fields.items()} if current else set()


def _model_of(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    for field_name, field in model.model_fields.items():
        if name in (field_name, field.alias):
            return _first_model(field.annotation)
    return None


def _first_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _first_model(argument)
        if found is not None:
            return found
    return None


def _short(value: Any) -> str:
    if value is None:
        return "空 (empty)"
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"
