"""What the standard asks for and nobody needs to type: it follows from what the item already says."""

from collections.abc import Collection, Sequence

from yijianshi.catalogue.logic.code_tables import LICENCE_STEPS, SERVICE_OBJECT, name_of
from yijianshi.catalogue.logic.schema import Item, Material, SatisfierKind
from yijianshi.catalogue.logic.schema.item import INSTANT, LICENCE, days_in_words
from yijianshi.catalogue.logic.schema.standard import SpecialProcedure
from yijianshi.kernel.text import Text

_EXEMPT = {SatisfierKind.E_CERTIFICATE, SatisfierKind.DATA_SHARE, SatisfierKind.INTERNAL_PRODUCT, SatisfierKind.PRIOR_SUBMISSION}
_SERVES = Text("申请人是：{who}", "The applicant is one of: {who}")
_THERE = Text("要办的事在本部门负责的地区", "The matter lies in the district this office is competent for")
_PLACES = Text("只在这些地区办理：{regions}", "Offered only in these regions: {regions}")
_EXTENSION = Text("经本机关负责人批准延长审查期限", "Extension approved by the head of the authority")
_BY_DAYS = Text("最多延长 {days} 个工作日", "at most {days:working day|working days} more")
# 行政许可法 art. 34, 38: what is complete, in the form the law asks for, and true is granted [L]
_REVIEW = (
    Text("材料齐全，并且是法律规定的形式", "The papers are complete and in the form the law asks for"),
    Text("填写的内容与材料、与部门共享的数据一致", "What is filled in agrees with the papers and with what the offices share"),
    Text("符合上面列出的每一条受理条件", "Every condition listed above is met"),
)
_FLOW = (
    Text("网上提交，或者在窗口提交", "Submit online or at the counter"),
    Text("部门检查材料，缺什么一次告诉您", "The office looks through the papers and names everything missing at once"),
    Text("审查并作出决定", "The office examines and decides"),
    Text("结果送到您手上", "You receive the result"),
)
_SERVICE_FLOW = (
    Text("网上提交，或者在窗口提交", "Submit online or at the counter"),
    Text("核对材料，缺什么一次告诉您", "The papers are looked through; everything missing is named at once"),
    Text("办理", "The service is done"),
    Text("结果送到您手上", "You receive the result"),
)
_RIGHTS = (
    Text("知道办到哪一步、由谁办、为什么这样决定", "Know where your case stands, who holds it, and why it is decided so"),
    Text("决定对您不利时，先听您陈述、申辩", "Be heard before a decision against you"),
)
_DUTIES = (Text("提供的内容和材料真实", "What you say and hand in is true"),)


def forms(item: Item) -> tuple[str, ...]:
    """Return the codes of 办理形式 (A.5): as authored, else the web and the phone, and the counter where one must come."""
    authored = item.standard.channels.forms
    if authored:
        return authored
    posted = ("4",) if item.standard.channels.mail_materials else ()
    return ("1", "2", "3", *posted) if item.visits.count else ("2", "3", *posted)


def is_online(item: Item) -> bool:
    """Return whether one can apply online, by computer or phone."""
    return bool({"2", "3"} & set(forms(item)))


def depth(item: Item) -> str:
    """Return the code of 网上办理深度: wholly online exactly when one never has to come."""
    authored = item.standard.channels.depth
    if authored:
        return authored
    if not is_online(item):
        return "1"
    return "3" if item.visits.count else "4"


def review_type(item: Item) -> str:
    """Return 审查类型: examined and decided at once for instant items only (handbook 4.6 rule 1)."""
    return "AT_ONCE" if item.project_type == INSTANT else "REVIEW_THEN_DECIDE"


def result_type(item: Item) -> str:
    """Return 审批结果类型: as authored, else by what is issued, else by what its result is called."""
    if item.standard.outcome.type:
        return item.standard.outcome.type
    if item.produces.certificates:
        return "CERTIFICATE"
    named = type_by_name(item.result.zh) if item.result else None
    if named is not None:
        return named
    return "SERVICE" if item.task_type >= "20" else "APPROVAL"


def type_by_name(result: str) -> str | None:
    """Return the result type a Chinese name stands for (handbook 4.6 rule 2), None where it does not tell."""
    if result.endswith(("批复", "批文")):
        return "APPROVAL"
    if result.endswith(("证", "证书")) and not result.endswith(("凭证", "保证", "论证", "认证", "公证")):
        return "CERTIFICATE"
    return "DOCUMENT" if result.endswith("文") else None


def body_nature(item: Item) -> str:
    """Return 实施主体性质 (A.3); what is no authority is 9."""
    return item.standard.authority.body_nature if item.nature == "AUTHORITY" else "9"


def steps(item: Item) -> tuple[Text, ...]:
    """Return the flow: as authored, else the five national steps of a licence, else four plain ones."""
    if item.steps:
        return item.steps
    if item.task_type == LICENCE:
        return LICENCE_STEPS
    return _FLOW if item.nature == "AUTHORITY" else _SERVICE_FLOW


def conditions(item: Item, where: str = "") -> tuple[Text, ...]:
    """Return 受理条件: as authored, else who is served, from when, and where; *where* names the regions it is limited to."""
    authored = item.standard.admission.conditions
    if authored:
        return authored
    found = [_SERVES.format(who=_named(item.service_objects))]
    if item.eligible is not None:
        found.append(item.eligible.text)
    if item.offered_in:
        found.append(_PLACES.format(regions=where or "、".join(item.offered_in)))
    if item.department.region_from is not None:
        found.append(_THERE)
    return tuple(found)


def review(item: Item) -> tuple[Text, ...]:
    """Return 审查标准: as authored, else what the licensing law asks of every examination [L]."""
    return item.standard.admission.review or _REVIEW


def rights(item: Item) -> tuple[Text, ...]:
    """Return the applicant's rights; of an administrative decision if nothing is authored."""
    return item.standard.admission.rights or (_RIGHTS if item.nature == "AUTHORITY" else _RIGHTS[:1])


def duties(item: Item) -> tuple[Text, ...]:
    """Return the applicant's duties."""
    return item.standard.admission.duties or _DUTIES


def special_procedures(item: Item) -> tuple[SpecialProcedure, ...]:
    """Return 特别程序 (A.7): those authored, after the extension the limits allow."""
    extension = item.limits.extension
    if extension is None:
        return item.standard.admission.special_procedures
    first = SpecialProcedure(
        code="1",
        name=_EXTENSION,
        limit=_BY_DAYS.format(days=extension.working_days),
        basis=extension.basis,
        confidence=extension.confidence,
    )
    return (first, *(one for one in item.standard.admission.special_procedures if one.code != "1"))


def legal_limit(item: Item) -> Text:
    """Return 法定办结时限 in words."""
    return days_in_words(item.limits.legal) if item.limits.legal else Text("法律没有规定", "No law sets one")


def promised_limit(item: Item) -> Text:
    """Return 承诺办结时限 in words."""
    return days_in_words(item.limits.promise) if item.limits.promise.as_working_days else Text("当场办结", "At once")


def topics_for(item: Item) -> str:
    """Return whether the item belongs to the topics for persons or for businesses (handbook 4.6 rule 8)."""
    return item.standard.topics_for or ("PERSON" if "1" in item.service_objects else "BUSINESS")


def is_exempt(material: Material) -> bool:
    """Return whether it can be 免于提交: a certificate, shared data, a result or an earlier submission stands in for it."""
    return bool(_kinds(material) & _EXEMPT)


def by_commitment(materials: Collection[Material]) -> list[Material]:
    """Return the materials a commitment may stand in for (告知承诺)."""
    return [one for one in materials if SatisfierKind.COMMITMENT in _kinds(one)]


def deferrable(materials: Collection[Material]) -> list[Material]:
    """Return the materials that may follow later (容缺受理)."""
    return [one for one in materials if one.deferrable is not None]


def _kinds(material: Material) -> set[SatisfierKind]:
    return {satisfier.kind for satisfier in material.satisfiers}


def _named(codes: Sequence[str]) -> Text:
    names = [name_of(SERVICE_OBJECT, code) for code in codes]
    return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))
