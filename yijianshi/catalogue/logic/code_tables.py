"""The code tables of the item standard, each code with its name in both languages.

A.1 to A.8 are those of GB/T 39046-2020 annex A. The tables below them are in general use; their confidence is noted.
Other systems number 办件类型 and 特别程序 differently: translate with ``item_exchange/foreign_codes.py``, never by position.
"""

from collections.abc import Mapping
from typing import Final

from yijianshi.kernel.text import Text

Table = Mapping[str, Text]

# GB/T 39046-2020 annex A, exact; codes from 11 and from 21 on are open for local types.
TASK_TYPE: Final[Table] = {  # A.1 事项类型
    "00": Text("行政权力事项", "Administrative power"),
    "01": Text("行政许可", "Administrative licence"),
    "02": Text("行政处罚", "Administrative penalty"),
    "03": Text("行政强制", "Administrative coercion"),
    "04": Text("行政征收", "Administrative levy"),
    "05": Text("行政给付", "Administrative benefit"),
    "06": Text("行政检查", "Administrative inspection"),
    "07": Text("行政确认", "Administrative confirmation"),
    "08": Text("行政奖励", "Administrative reward"),
    "09": Text("行政裁决", "Administrative adjudication"),
    "10": Text("其他类别事项", "Another kind of power, such as filing"),
    "20": Text("公共服务事项", "Public service"),
}
USE_LEVEL: Final[Table] = {  # A.2 行使层级
    "1": Text("国家级/局（署、会）", "National"),
    "2": Text("省级/直属", "Province"),
    "3": Text("市级/隶属", "City"),
    "4": Text("县级", "County"),
    "5": Text("镇（乡、街道）级", "Township or street"),
    "6": Text("村（社区）级", "Village or community"),
    "7": Text("分级管理", "Shared between levels"),
}
BODY_NATURE: Final[Table] = {  # A.3 实施主体性质
    "1": Text("法定机关", "Authority by law"),
    "2": Text("授权组织", "Organisation authorised by law"),
    "3": Text("受委托组织", "Organisation acting on commission"),
    "9": Text("其他", "Another kind"),
}
SERVICE_OBJECT: Final[Table] = {  # A.4 服务对象
    "1": Text("自然人", "Natural persons"),
    "2": Text("企业法人", "Companies"),
    "3": Text("事业法人", "Public institutions"),
    "4": Text("社会组织法人", "Social organisations"),
    "5": Text("行政机关", "Authorities"),
    "6": Text("其他组织", "Another organisation"),
}
HANDLE_FORM: Final[Table] = {  # A.5 办理形式
    "1": Text("窗口办理", "At the counter"),
    "2": Text("电脑端网上办理", "Online, computer"),
    "3": Text("移动端网上申请", "Online, phone"),
    "4": Text("快递申请", "By post"),
    "9": Text("其他", "Another way"),
}
PROJECT_TYPE: Final[Table] = {  # A.6 办件类型
    "1": Text("即办件", "Done at once"),
    "2": Text("承诺件", "Done within a promised time"),
    "9": Text("其他", "Another kind"),
}
SPECIAL_PROCEDURE: Final[Table] = {  # A.7 特别程序种类
    "1": Text("延长审批", "Extension"),
    "2": Text("除延长审批之外的情况", "Another special procedure"),
}
SATISFACTION: Final[Table] = {  # A.8 满意度; 1 is the best, stars count the other way
    "1": Text("非常满意", "Very satisfied"),
    "2": Text("满意", "Satisfied"),
    "3": Text("基本满意", "Fairly satisfied"),
    "4": Text("不满意", "Dissatisfied"),
    "5": Text("非常不满意", "Very dissatisfied"),
}

# In general use. [L]: power source, online depth. [P]: the others.
POWER_SOURCE: Final[Table] = {
    "STATUTORY": Text("法定本级行使", "Given to this level by law"),
    "HANDED_DOWN": Text("上级下放", "Handed down from above"),
    "GRANTED_FROM_ABOVE": Text("上级授权", "Granted from above"),
    "GRANTED_BY_PEER": Text("同级授权", "Granted by a body of the same level"),
    "COMMISSIONED_FROM_ABOVE": Text("上级委托", "Commissioned from above"),
    "COMMISSIONED_BY_PEER": Text("同级委托", "Commissioned by a body of the same level"),
}
REVIEW_TYPE: Final[Table] = {
    "AT_ONCE": Text("即审即办", "Examined and decided at once"),
    "REVIEW_THEN_DECIDE": Text("前审后批", "Examined first, decided after"),
}
ONLINE_DEPTH: Final[Table] = {
    "1": Text("Ⅰ级（信息发布）", "I (published online)"),
    "2": Text("Ⅱ级（网上预约）", "II (booking online)"),
    "3": Text("Ⅲ级（网上受理）", "III (accepted online)"),
    "4": Text("Ⅳ级（全程网办）", "IV (wholly online)"),
}
HANDLE_AREA: Final[Table] = {
    "NATION": Text("全国通办", "Anywhere in the country"),
    "PROVINCES": Text("跨省通办", "Across provinces"),
    "PROVINCE": Text("全省通办", "Anywhere in the province"),
    "CITIES": Text("跨市通办", "Across cities"),
    "CITY": Text("全市通办", "Anywhere in the city"),
    "COUNTIES": Text("跨县通办", "Across counties"),
    "LOCAL": Text("当地办理", "Here only"),
}
AREA_MODE: Final[Table] = {
    "ONLINE": Text("全程网办", "Wholly online"),
    "RECEIVED_FOR": Text("异地代收代办", "Received for the other place"),
    "JOINT": Text("多地联办", "Handled by several places together"),
}
RESULT_TYPE: Final[Table] = {
    "CERTIFICATE": Text("出证办结", "A certificate is issued"),
    "DOCUMENT": Text("出文办结", "A document is issued"),
    "APPROVAL": Text("审批办结", "An approval is given"),
    "SERVICE": Text("服务办结", "The service is rendered"),
}
SYSTEM_LEVEL: Final[Table] = {
    "NATION": Text("国家级", "National"),
    "PROVINCE": Text("省级", "Province"),
    "CITY": Text("市级", "City"),
}
SYSTEM_NET: Final[Table] = {
    "INTERNET": Text("互联网", "Internet"),
    "GOVERNMENT": Text("电子政务外网", "Government network"),
    "DEPARTMENT": Text("部门专网", "Department's own network"),
}
MATERIAL_SOURCE: Final[Table] = {
    "GOVERNMENT": Text("政府部门核发", "Issued by an authority"),
    "APPLICANT": Text("申请人自备", "Your own"),
    "THIRD_PARTY": Text("第三方出具", "Issued by a third party"),
}
MATERIAL_FORM: Final[Table] = {
    "PAPER": Text("纸质", "Paper"),
    "ELECTRONIC": Text("电子化", "Electronic"),
    "EITHER": Text("纸质或电子化", "Paper or electronic"),
}

APPLIED_FOR: Final = frozenset({"01", "05", "07", "08", "09", "10", "20"})  # 依申请政务服务事项 [L]; 02, 03, 04, 06 are not
LICENCE_STEPS: Final = (
    Text("受理", "Acceptance"),
    Text("审核", "Examination"),
    Text("审批", "Decision"),
    Text("办结", "Completion"),
    Text("送达", "Delivery"),
)


def name_of(table: Table, code: str) -> Text:
    """Return what a code means; a code the table leaves open for local use is shown as it is."""
    return table.get(code) or Text(code, code)
