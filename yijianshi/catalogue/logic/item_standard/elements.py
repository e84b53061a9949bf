"""The 53 elements of the item standard (handbook 4.3), each with its number, its field name and where it is read from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from yijianshi.catalogue.logic import code_tables as tables
from yijianshi.catalogue.logic.item_standard import derived
from yijianshi.catalogue.logic.item_standard.subject import Subject
from yijianshi.catalogue.logic.schema.item import LegalBasis
from yijianshi.kernel.text import Text

Said = Iterable[Text | str | None]
_TOPICS = {"PERSON": Text("面向自然人", "For persons"), "BUSINESS": Text("面向法人", "For businesses")}
YES, NO = Text("是", "Yes"), Text("否", "No")


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the standard."""

    number: int
    field: str
    label: Text
    read: Callable[[Subject], Said]


@dataclass(frozen=True, slots=True)
class Described:
    """One element of one item in words; no values where the item has nothing to say there."""

    number: int
    field: str
    label: Text
    values: tuple[Text, ...]


def describe(subject: Subject) -> list[Described]:
    """Return all 53 elements in the order of the standard."""
    return [Described(one.number, one.field, one.label, _texts(one.read(subject))) for one in ELEMENTS]


def _texts(said: Said) -> tuple[Text, ...]:
    return tuple(one if isinstance(one, Text) else Text(one, one) for one in said if one)


def _flag(value: object) -> Said:
    return [YES if value else NO]


def basis_in_words(basis: LegalBasis) -> Text:
    """Return a legal basis as it is cited: the law, its number, the article."""
    number = f"（{basis.document_no}）" if basis.document_no else ""
    zh = f"第{basis.article}条" if basis.article else ""
    en = f", art. {basis.article}" if basis.article else ""
    return Text(f"《{basis.law.zh}》{number}{zh}", f"{basis.law.en}{en}")


def _basis(subject: Subject) -> Said:
    for one in subject.item.legal_basis:
        yield basis_in_words(one)


def _fee(subject: Subject) -> Said:
    fee = subject.item.fee
    if fee is None:
        return [Text("不收费", "No fee")]
    return [Text("{name}：{amount}", "{name}: {amount}").format(name=fee.name, amount=fee.amount), fee.basis]


def _law_remedies(subject: Subject) -> Said:
    remedies = subject.item.remedies
    return [remedies.review, remedies.litigation] if remedies else []


def _booking(subject: Subject) -> Said:
    channels = subject.item.standard.channels
    daily = Text("每天 {n} 个号", "{n:place|places} a day").format(n=channels.booking_daily) if channels.booking_daily else None
    return [YES, channels.booking, daily] if channels.booking else [NO]


def _post(subject: Subject) -> Said:
    channels = subject.item.standard.channels
    materials = Text("材料可以寄来", "papers may be posted") if channels.mail_materials else None
    result = Text("结果可以寄给您", "the result can be posted to you") if channels.mail_result else None
    return [materials, result] if materials or result else [NO]


def _system(subject: Subject) -> Said:
    system = subject.item.standard.system
    if system is None:
        return []
    return [system.name, tables.SYSTEM_LEVEL[system.level], tables.SYSTEM_NET[system.net]]


def _layers(subject: Subject) -> Said:
    layer = subject.item.standard.layer
    return [layer.main, layer.sub, layer.situation] if layer else []


def _dates(subject: Subject) -> Said:
    dates = subject.item.standard.dates
    yield Text("第 {n} 版", "version {n}").format(n=subject.version) if subject.version else None
    start = dates.effective_on or subject.effective_on
    yield Text("{day} 起", "from {day}").format(day=start) if start else None
    yield Text("到 {day} 止", "until {day}").format(day=dates.ends_on) if dates.ends_on else None
    yield dates.note


def _specials(subject: Subject) -> Said:
    for one in derived.special_procedures(subject.item):
        limit = one.limit or Text("不计入办理时限", "not counted in the time limit")
        yield Text("{name}（{limit}）", "{name} ({limit})").format(name=one.name, limit=limit)


def _names(things: Iterable[Text]) -> Said:
    return list(things)


def _e(number: int, field: str, zh: str, en: str, read: Callable[[Subject], Said]) -> Element:
    return Element(number, field, Text(zh, en), read)


ELEMENTS: tuple[Element, ...] = (
    _e(1, "task_name", "事项名称", "Name", lambda s: [s.item.name, *_layers(s)]),
    _e(2, "catalog_code", "基本编码", "Catalogue code", lambda s: [s.item.catalog_code]),
    _e(3, "task_code", "实施编码", "Implementation code", lambda s: [s.task_code]),
    _e(4, "task_handle_item", "业务办理项编码", "Handling-item code", lambda s: [s.handling_code]),
    _e(5, "local_codes", "地方编码", "Local codes", lambda s: [s.item.standard.codes.catalog, s.item.standard.codes.task]),
    _e(6, "task_type", "事项类型", "Type of matter", lambda s: [tables.name_of(tables.TASK_TYPE, s.item.task_type)]),
    _e(7, "by_law", "设定依据", "Legal basis", _basis),
    _e(8, "power_source", "权力来源", "Source of power", lambda s: [tables.POWER_SOURCE[s.item.standard.authority.power_source]]),
    _e(9, "use_level", "行使层级", "Level", lambda s: [tables.name_of(tables.USE_LEVEL, s.item.exercise_level)]),
    _e(10, "authority_split", "权限划分", "Division of powers", lambda s: [s.item.standard.authority.split]),
    _e(11, "dept", "实施主体", "Implementing body", lambda s: [s.office.name, s.office.uscc] if s.office else [s.department]),
    _e(12, "dept_type", "实施主体性质", "Nature of the body", lambda s: [tables.BODY_NATURE[derived.body_nature(s.item)]]),
    _e(13, "entrust_name", "委托部门", "Commissioned by", lambda s: [s.item.standard.authority.commissioned_by]),
    _e(14, "central_dept", "业务指导部门", "Guided by", lambda s: [s.item.standard.authority.guided_by]),
    _e(15, "other_dept", "联办机构", "Joint bodies", lambda s: _names(s.item.standard.authority.joint_bodies)),
    _e(16, "undertake_dept", "受理部门", "Received by", lambda s: [s.item.standard.authority.received_by or _office(s)]),
    _e(17, "anticipate", "法定办结时限", "Time limit by law", lambda s: [derived.legal_limit(s.item)]),
    _e(18, "promise", "承诺办结时限", "Promised within", lambda s: [derived.promised_limit(s.item)]),
    _e(19, "project_type", "办件类型", "Kind of case", lambda s: [tables.PROJECT_TYPE[s.item.project_type]]),
    _e(20, "review_type", "审查类型", "Kind of examination", lambda s: [tables.REVIEW_TYPE[derived.review_type(s.item)]]),
    _e(21, "accept_condition", "受理条件", "Conditions", lambda s: derived.conditions(s.item)),
    _e(22, "handle_flow", "办理流程", "Steps", lambda s: derived.steps(s.item)),
    _e(23, "special_procedure", "特别程序", "Special procedures", _specials),
    _e(24, "limit_explain", "数量限制", "Limited number", lambda s: [s.item.standard.admission.quantity_limit or NO]),
    _e(
        25,
        "intermediary",
        "中介服务",
        "Third-party service",
        lambda s: [i.name for i in s.item.standard.admission.intermediaries] or [NO],
    ),
    _e(26, "is_fee", "收费", "Fee", _fee),
    _e(27, "is_pay_online", "网上支付", "Online payment", lambda s: _flag(s.item.fee and s.item.fee.pay_online)),
    _e(
        28,
        "server_type",
        "服务对象",
        "For whom",
        lambda s: [tables.name_of(tables.SERVICE_OBJECT, c) for c in s.item.service_objects],
    ),
    _e(29, "topic_type", "主题分类", "Topics", lambda s: [_TOPICS[derived.topics_for(s.item)], *s.item.standard.topics]),
    _e(30, "handle_type", "办理形式", "Ways to apply", lambda s: [tables.HANDLE_FORM[c] for c in derived.forms(s.item)]),
    _e(31, "limit_scene_num", "到办事现场次数", "Visits", lambda s: [str(s.item.visits.count)]),
    _e(32, "limit_scene_explain", "必须现场办理原因", "Why a visit", lambda s: [s.item.visits.reason]),
    _e(
        33,
        "online",
        "网上办理深度",
        "Online depth",
        lambda s: [tables.ONLINE_DEPTH[derived.depth(s.item)], s.item.standard.channels.online_url],
    ),
    _e(34, "mobile", "移动端办理地址", "Mobile address", lambda s: [s.item.standard.channels.mobile_url]),
    _e(35, "handle_area", "通办范围", "Where it can be done", lambda s: [tables.HANDLE_AREA[s.item.standard.channels.area]]),
    _e(
        36,
        "handle_area_mode",
        "通办形式",
        "How elsewhere",
        lambda s: [tables.AREA_MODE.get(s.item.standard.channels.area_mode or "")],
    ),
    _e(37, "center", "进驻政务大厅", "Service centre", lambda s: [s.item.standard.place.center]),
    _e(
        38,
        "transact",
        "办理地点和时间",
        "Place and hours",
        lambda s: [s.address, s.item.standard.place.windows, s.item.standard.place.hours, s.item.standard.place.transport],
    ),
    _e(39, "consult", "咨询方式", "Ask", lambda s: [s.consult_phone, s.item.standard.place.consult_way]),
    _e(40, "complain", "监督投诉方式", "Complain", lambda s: [s.complaint_phone, s.item.standard.place.complaint_way]),
    _e(41, "is_schedule", "网上预约", "Booking", _booking),
    _e(42, "is_express", "物流快递", "Post", _post),
    _e(43, "is_service_terminal", "自助终端", "Self-service", lambda s: _flag(s.item.standard.channels.self_service)),
    _e(
        44,
        "result",
        "审批结果",
        "Result",
        lambda s: [s.result, tables.RESULT_TYPE[derived.result_type(s.item)], s.item.standard.outcome.sample],
    ),
    _e(
        45,
        "is_commitment",
        "告知承诺制",
        "Commitment instead of proof",
        lambda s: [m.name for m in derived.by_commitment(s.materials)] or [NO],
    ),
    _e(
        46,
        "is_deferred",
        "容缺受理",
        "Papers that may follow",
        lambda s: [m.name for m in derived.deferrable(s.materials)] or [NO],
    ),
    _e(47, "faq", "常见问题", "Questions", lambda s: [f.q for f in s.item.faq]),
    _e(48, "remedies", "行政复议和行政诉讼", "Remedies", _law_remedies),
    _e(49, "rights", "权利和义务", "Rights and duties", lambda s: [*derived.rights(s.item), *derived.duties(s.item)]),
    _e(50, "task_state", "版本和生效日期", "Version and dates", _dates),
    _e(
        51,
        "region_code",
        "行政区划",
        "Region",
        lambda s: [
            s.region and f"{s.region_name} {s.region}",
            s.item.standard.place.town_code,
            s.item.standard.place.village_code,
        ],
    ),
    _e(52, "system", "运行系统", "Running system", _system),
    _e(53, "alias", "日常用语", "Also called", lambda s: s.item.alias),
)


def _office(subject: Subject) -> Text | None:
    return subject.office.name if subject.office else subject.department
