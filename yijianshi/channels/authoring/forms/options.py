"""The choices of the forms in words; a code without words of its own is shown as it is."""

from collections.abc import Mapping

from yijianshi.catalogue.logic import code_tables
from yijianshi.channels.shared.confidence import WORDS as SURE
from yijianshi.kernel.text import Text

_DAYS = {"WORKING_DAYS": Text("工作日", "working days"), "CALENDAR_DAYS": Text("自然日", "calendar days")}
_LIFE = {"PERSON": Text("个人", "People"), "BUSINESS": Text("经营主体", "Businesses")}
_EDGE = {
    "FINISH_TO_START": Text("等它办成", "waits for its result"),
    "AFTER_END": Text("等它办完，不论结果", "waits for its end, whatever the result"),
    "DATA": Text("只用它的信息，不等", "uses its data, never waits"),
    "START_TO_START": Text("它开始后就可以开始", "may begin when it has begun"),
}
_TABLES: Mapping[str, Mapping[str, Text]] = {
    "confidence": SURE,
    "type_code_confidence": SURE,
    "project_type": code_tables.PROJECT_TYPE,
    "service_objects": code_tables.SERVICE_OBJECT,
    "exercise_level": code_tables.USE_LEVEL,
    "task_type": code_tables.TASK_TYPE,
    "body_nature": code_tables.BODY_NATURE,
    "power_source": code_tables.POWER_SOURCE,
    "forms": code_tables.HANDLE_FORM,
    "depth": code_tables.ONLINE_DEPTH,
    "area": code_tables.HANDLE_AREA,
    "area_mode": code_tables.AREA_MODE,
    "unit": _DAYS,
    "life_cycle": _LIFE,
    "topics_for": _LIFE,
    "delivery": {"E_CERTIFICATE": Text("电子证照", "E-certificate"), "PHYSICAL": Text("实物", "By hand or mail")},
    "nature": {
        "AUTHORITY": Text("行政机关", "Authority"),
        "UTILITY": Text("水电气等公用单位", "Utility"),
        "BANK": Text("银行", "Bank"),
        "ORGANISATION": Text("其他单位", "Other organisation"),
    },
    "tone": {"PLAIN": Text("平常", "Plain"), "SOBER": Text("庄重", "Sober"), "URGENT": Text("紧急", "Urgent")},
    "act": {"CONFIRM": Text("确认", "Confirm"), "SIGN": Text("签名", "Sign")},
    "then": {"DECIDE": Text("由人决定", "The officer decides"), "COMPLETE": Text("自动办结", "It completes by itself")},
    "licensing_law": {
        "DIRECT": Text("直接适用", "Directly"),
        "BY_ANALOGY": Text("参照", "By analogy"),
        "NONE": Text("不适用", "Not at all"),
    },
    "sensitivity": {
        "PUBLIC": Text("可以公开", "Public"),
        "PERSONAL": Text("个人信息", "Personal"),
        "SENSITIVE": Text("敏感个人信息", "Sensitive"),
    },
    "source": {
        "GOVERNMENT": Text("政府部门", "Government"),
        "APPLICANT": Text("申请人", "Applicant"),
        "THIRD_PARTY": Text("第三方", "Third party"),
    },
    "After.kind": _EDGE,
    "LocalOrder.kind": _EDGE,
    "Timer.kind": {
        "PUBLIC_NOTICE": Text("公告、公示", "Public notice"),
        "STATUTORY_WAIT": Text("法定等待", "Statutory wait"),
    },
    "Applicant.kind": {"PERSON": Text("个人", "A person"), "ENTERPRISE": Text("企业", "An enterprise")},
    "Supplier.kind": {
        "IDENTITY": Text("登录身份", "Log-in"),
        "CERTIFICATE": Text("电子证照", "E-certificate"),
        "PRIOR": Text("以前的办件", "An earlier application"),
        "REGISTER": Text("登记库", "A register"),
    },
    "Satisfier.kind": {
        "E_CERTIFICATE": Text("电子证照", "E-certificate"),
        "DATA_SHARE": Text("部门核对", "Departments check"),
        "PRIOR_SUBMISSION": Text("以前交过的", "Handed in before"),
        "INTERNAL_PRODUCT": Text("前一项的结果", "An earlier result"),
        "COMMITMENT": Text("签承诺书", "Commitment"),
        "DEPARTMENT_INQUIRY": Text("部门去核实", "The department inquires"),
        "DEFERRED": Text("以后补交", "May follow"),
        "UPLOAD": Text("上传", "Upload"),
    },
}


def words_for(owner: str, key: str, code: str) -> Text:
    """Return the words of a choice; the code stands behind them, as the file writes it."""
    table = _TABLES.get(f"{owner}.{key}", _TABLES.get(key, {}))
    found = table.get(code)
    return Text(f"{found.zh}（{code}）", f"{found.en} ({code})") if found else Text(code, code)


def codes_of(key: str) -> tuple[str, ...]:
    """Return the codes of a table that the model leaves open."""
    return tuple(_TABLES.get(key, {}))
