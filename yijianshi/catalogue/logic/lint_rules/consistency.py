"""C7xx: time limits within the law, and the consistency rules for items (handbook 4.6) as far as our elements reach."""

import re
from collections.abc import Iterator

from yijianshi.catalogue.logic.findings import Finding, Severity
from yijianshi.catalogue.logic.library import Document, Library
from yijianshi.catalogue.logic.schema import Item, Material, SatisfierKind
from yijianshi.catalogue.logic.schema.item import INSTANT, LICENCE, days_in_words
from yijianshi.kernel.identifiers.item_code import check_item_code
from yijianshi.kernel.identifiers.problem import Level
from yijianshi.kernel.text import Text

_APPLIED_FOR = {"01", "05", "07", "08", "09", "10"}  # administrative acts that can be contested; 20 公共服务 cannot
_AREA_CODE = re.compile(r"^(?:0\d{2,3}-\d{7,8}(?:-\d{1,6})?|12345|1\d{10}|400-?\d{3}-?\d{4})$")
_WITHOUT_PAPER = {SatisfierKind.E_CERTIFICATE, SatisfierKind.DATA_SHARE, SatisfierKind.INTERNAL_PRODUCT}

_TOO_LONG = Text(
    "承诺 {promise} 个工作日，超过了法定的 {legal}。承诺只能更短，请改承诺时限，或核对法定时限。",
    "The promise of {promise} working days is longer than the law's {legal}. A promise can only be shorter.",
)
_PROMISE_UNIT = Text(
    "承诺时限请用工作日写（working_days），整件事的时间才能相加。",
    "Write the promise in working days (working_days), so that the time of the whole can be added up.",
)
_EXTENSION_UNIT = Text(
    "法定时限按自然日计算，不能按行政许可法第四十二条延长（那里按工作日计算）。请去掉 extension，或核对法定时限的单位。",
    "The legal limit counts calendar days, and an extension by art. 42 working days. Remove extension, or check the unit.",
)
_UNSAID = Text(
    "没有写明{missing}。这是法律没有规定、由本地确定的理解，请写出来并标明 confidence。",
    "{missing} is not stated. The law is silent here, so the reading is yours to state, with its confidence.",
)
_WRONG_PROCEDURE = Text(
    "行政许可（task_type 01）直接适用行政许可法（DIRECT），其他事项只能参照（BY_ANALOGY）或不适用（NONE）。",
    "A licence (task_type 01) is under the licensing law (DIRECT); other items follow it by analogy (BY_ANALOGY) or not (NONE).",
)
_SILENCE = Text(
    "不适用行政许可法（NONE），不答复就不会视为受理：请把 authority_working_days 和 recheck 的 working_days 写成 null。",
    "Without the licensing law (NONE) silence accepts nothing: write null for authority_working_days and recheck's working_days.",
)
_NOT_INSTANT = Text(
    "“即办件”（project_type 1）的承诺时限应为 0，现在是 {days}。请改成 0，或改为承诺件（2）。",
    "An instant item (project_type 1) must promise 0 working days, not {days}. Write 0, or make it a promise item (2).",
)
_SHOULD_BE_INSTANT = Text(
    "承诺时限是 0（即办），项目类型应写 1（即办件），现在是 {type}。",
    "The promise is 0 (at once), so project_type must be 1 (instant), not {type}.",
)
_NO_REASON = Text(
    "要到现场 {count} 次，却没写原因。请写明为什么必须到场。", "It asks for {count} visits without a reason. Say why."
)
_NEEDLESS_REASON = Text("不用到现场，就不要写到场原因。", "There are no visits, so there is no reason to give. Remove it.")
PHONES_NEEDED = Text(
    "咨询电话和投诉电话都要有、不能相同、要带区号（如 0371-12345678）。{phone} / {complaint}",
    "Both an enquiry and a complaint phone are needed; they must differ and have the area code (such as 0371-12345678)."
    " {phone} / {complaint}",
)
_NO_FAQ = Text("行政许可至少要有一条常见问题（faq）。", "A licence (行政许可) needs at least one frequent question (faq).")
_NO_BASIS = Text(
    "行政许可要写设定依据（legal_basis）。没有依据的许可不能收件。",
    "A licence needs its legal basis (legal_basis); without one it cannot be asked for.",
)
_NO_REMEDY = Text(
    "这是可以复议、诉讼的行政行为，要写救济途径（remedies）。只有公共服务才写 null。",
    "People can contest this act, so remedies must be given; only public services write null.",
)
_NO_SHARE = Text(
    "材料由政府部门核发，却没有电子证照、数据共享或上游结果来代替，市民只能自己交。请加一种满足方式，或在 note 说明原因。",
    "A public authority issues this material, yet no e-certificate, data sharing or upstream result can replace it."
    " Add a satisfier, or say why in note.",
)
_WRONG_APPLICANT = Text(
    "这件事由{who}申请，但事项“{item}”的服务对象（service_objects）不包括它。",
    "This thing is applied for by {who}, but the item '{item}' does not serve them (service_objects).",
)
_WHO = {"PERSON": Text("个人", "a person"), "ENTERPRISE": Text("企业", "an enterprise")}


def check(library: Library) -> Iterator[Finding]:
    """Yield findings about limits, visits, phones, licences, materials and applicants."""
    for item in library.items.values():
        yield from _limits(item)
        yield from _procedure(item)
        yield from _visits(item)
        yield from _acts(item)
        yield from _code(item)
        yield from _item_phones(item)
    for material in library.materials.values():
        yield from _sharing(material)
    for organisation in library.organisations:
        card = organisation.model
        if not phones_fit(card.phone, card.complaint_phone):
            text = PHONES_NEEDED.format(phone=card.phone or "—", complaint=card.complaint_phone or "—")
            yield Finding("C705", organisation.where("phone"), text)
    yield from _applicants(library)


def _limits(document: Document[Item]) -> Iterator[Finding]:
    item = document.model
    promise, legal = item.limits.promise.as_working_days, item.limits.legal
    where = document.where("limits", "promise")
    if legal is not None and promise > legal.as_working_days:
        yield Finding("C701", where, _TOO_LONG.format(promise=promise, legal=days_in_words(legal)))
    if item.limits.promise.unit == "CALENDAR_DAYS":
        yield Finding("C714", where, _PROMISE_UNIT)
    if item.limits.extension and legal is not None and legal.calendar_days is not None:
        yield Finding("C714", document.where("limits", "extension"), _EXTENSION_UNIT)
    if item.project_type == INSTANT and promise != 0:
        yield Finding("C702", where, _NOT_INSTANT.format(days=promise))
    if item.project_type != INSTANT and promise == 0:
        yield Finding("C702", document.where("project_type"), _SHOULD_BE_INSTANT.format(type=item.project_type))


def _procedure(document: Document[Item]) -> Iterator[Finding]:
    item, correction = document.model, document.model.limits.correction
    missing = [
        name for name, value in (("procedure", item.procedure), ("correction.recheck", correction.recheck)) if value is None
    ]
    if missing:
        named = "、".join(missing)
        yield Finding("C715", document.where("limits", "correction"), _UNSAID.format(missing=named), "warning")
    if (item.under_licensing_law == "DIRECT") != (item.task_type == LICENCE):
        yield Finding("C715", document.where("procedure"), _WRONG_PROCEDURE)
    again = correction.recheck.working_days if correction.recheck else correction.authority_working_days
    if item.under_licensing_law == "NONE" and (correction.authority_working_days, again) != (None, None):
        yield Finding("C715", document.where("limits", "correction"), _SILENCE)


def _code(document: Document[Item]) -> Iterator[Finding]:
    code = document.model.catalog_code
    problem = check_item_code(code) if code is not None else None
    if problem is not None:
        severity: Severity = "error" if problem.level is Level.ERROR else "warning"
        yield Finding("C713", document.where("catalog_code"), problem.text, severity)


def _visits(document: Document[Item]) -> Iterator[Finding]:
    visits = document.model.visits
    if visits.count > 0 and visits.reason is None:
        yield Finding("C703", document.where("visits"), _NO_REASON.format(count=visits.count))
    if visits.count == 0 and visits.reason is not None:
        yield Finding("C703", document.where("visits"), _NEEDLESS_REASON)


def _acts(document: Document[Item]) -> Iterator[Finding]:
    item = document.model
    if item.task_type == LICENCE and not item.faq:
        yield Finding("C709", document.where("task_type"), _NO_FAQ)
    if item.task_type == LICENCE and not item.legal_basis:
        yield Finding("C710", document.where("task_type"), _NO_BASIS)
    if item.task_type in _APPLIED_FOR and item.nature == "AUTHORITY" and item.remedies is None:
        yield Finding("C708", document.where("remedies"), _NO_REMEDY)


def _item_phones(document: Document[Item]) -> Iterator[Finding]:
    item = document.model
    if item.consult_phone is None and item.complaint_phone is None:
        return  # the competent organisation's own phones are shown
    if not phones_fit(item.consult_phone, item.complaint_phone):
        text = PHONES_NEEDED.format(phone=item.consult_phone or "—", complaint=item.complaint_phone or "—")
        yield Finding("C705", document.where("consult_phone"), text)


def phones_fit(phone: str | None, complaint: str | None) -> bool:
    """Return whether both numbers are there, differ and have their area code."""
    return bool(phone and complaint and phone != complaint and _AREA_CODE.match(phone) and _AREA_CODE.match(complaint))


def _sharing(document: Document[Material]) -> Iterator[Finding]:
    material = document.model
    kinds = {satisfier.kind for satisfier in material.satisfiers}
    if material.source == "GOVERNMENT" and not kinds & _WITHOUT_PAPER and material.note is None:
        yield Finding("C711", document.where("satisfiers"), _NO_SHARE, "warning")


def _applicants(library: Library) -> Iterator[Finding]:
    for document in library.things.values():
        kind = document.model.applicant.kind
        for position, use in enumerate(document.model.items):
            item = library.items.get(use.item)
            serves = set(item.model.service_objects) if item else {"1", "2"}
            fits = "1" in serves if kind == "PERSON" else bool(serves - {"1"})
            if item and not fits:
                text = _WRONG_APPLICANT.format(who=_WHO[kind], item=item.model.name)
                yield Finding("C712", document.where("items", position), text, "warning")
