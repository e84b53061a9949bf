"""Words of the workbench for the house's own codes; each tone goes with an icon and a word, never colour alone."""

from yijianshi.channels.workbench.presenting import service_words
from yijianshi.kernel.text import Text

STATE_TONES: dict[str, str] = {
    "WAITING_UPSTREAM": "idle",
    "RECEIVED": "waiting",
    "CORRECTION_REQUESTED": "idle",
    "ACCEPTED": "running",
    "SUSPENDED": "idle",
    "DECIDED": "running",
    "COMPLETED": "done",
    "REFUSED": "stopped",
    "NOT_ACCEPTED": "stopped",
    "RETURNED": "stopped",
    "WITHDRAWN": "stopped",
    "TERMINATED": "stopped",
}
STATE_TABS: dict[str, Text] = {
    "": Text("全部待办", "All open"),
    "RECEIVED": Text("待受理", "To accept"),
    "ACCEPTED": Text("办理中", "In progress"),
    "CORRECTION_REQUESTED": Text("等补正", "Awaiting corrections"),
    "SUSPENDED": Text("暂停计时", "Paused"),
    "DECIDED": Text("待送达", "To deliver"),
}
STATE_TEXTS: dict[str, Text] = {  # where the desk sees it from the other side than the applicant
    "CORRECTION_REQUESTED": Text("等申请人补正", "Awaiting corrections"),
}
TURNS: dict[str, Text] = {
    "WAITING_UPSTREAM": Text("等前一项办完", "Waiting for an earlier item"),
    "RECEIVED": Text("轮到您：请受理，或一次告知补正", "Your turn: accept, or ask once for corrections"),
    "CORRECTION_REQUESTED": Text("轮到申请人", "The applicant's turn"),
    "ACCEPTED": Text("轮到您：请审查并决定", "Your turn: examine and decide"),
    "SUSPENDED": Text("程序结束后，请恢复计时", "Resume the clock when the procedure ends"),
    "DECIDED": Text("轮到您：请送达", "Your turn: deliver the result"),
}
LAMPS: dict[str, Text] = {
    "GREEN": Text("充裕", "In time"),
    "YELLOW": Text("将到期", "Due soon"),
    "RED": Text("超承诺", "Past promise"),
    "BLACK": Text("超法定", "Past the law's limit"),
    "GREY": Text("不计时", "Not counting"),
}
SATISFIERS: dict[str, Text] = {
    "E_CERTIFICATE": Text("电子证照", "E-certificate"),
    "DATA_SHARE": Text("部门数据核对", "Checked with the register"),
    "PRIOR_SUBMISSION": Text("以前交过", "Handed in before"),
    "INTERNAL_PRODUCT": Text("前一项的结果", "Earlier result"),
    "COMMITMENT": Text("承诺书", "Commitment"),
    "DEPARTMENT_INQUIRY": Text("部门核实", "Department inquires"),
    "DEFERRED": Text("容缺后补", "Follows later"),
    "UPLOAD": Text("上传文件", "Uploaded"),
}
TO_FOLLOW = Text("容缺后补，还没有交", "To follow, not handed in yet")
FOLLOWED = Text("容缺后补，已经交了", "To follow, handed in since")
CLOCK_STATES: dict[str, Text] = {
    "NOT_STARTED": Text("受理前核对，办理时限还没有开始", "Being checked; the time limit has not started"),
    "WAITING_FOR_APPLICANT": Text("等申请人补正，时限没有开始", "Waiting for the applicant; the time limit has not started"),
    "RUNNING": Text("正在计时", "The clock is running"),
    "NOTICE": Text("公告或法定等待中，不计时", "A notice or statutory wait runs; the clock does not"),
    "SUSPENDED": Text("计时已暂停", "The clock is paused"),
    "STOPPED": Text("计时已结束", "The clock has stopped"),
}
DONE: dict[str, Text] = {
    "accept": Text("已受理", "Accepted"),
    "approve": Text("已准予", "Approved"),
    "refuse": Text("已作出不予批准决定", "Refused"),
    "not_accept": Text("已作出不予受理决定", "Not accepted"),
    "request_correction": Text(
        "补正通知已放进申请人的“我的办件”", "Correction notice placed under the applicant's My applications"
    ),
    "go_without_data": Text("已不等数据，接着办", "Going on without the data"),
    "suspend": Text("已暂停计时", "Clock paused"),
    "resume": Text("已恢复计时", "Clock running again"),
    "extend": Text("已延长期限", "Time limit extended"),
    "deliver": Text("已记录送达", "Delivery recorded"),
}
OUTCOMES: dict[str, tuple[str, Text]] = {
    "APPROVED": ("done", Text("准予", "Approved")),
    "REFUSED": ("stopped", Text("不予批准", "Refused")),
    "NOT_ACCEPTED": ("stopped", Text("不予受理", "Not accepted")),
}
SERVICE_OUTCOMES: dict[str, tuple[str, Text]] = {  # of bodies that are no authority
    "APPROVED": ("done", Text("办妥", "Done")),
    "REFUSED": ("stopped", Text("未能办理", "Could not be done")),
    "NOT_ACCEPTED": ("stopped", Text("没有接单", "Not taken on")),
}
ROLES: dict[str, Text] = {
    "CLERK": Text("受理", "clerk"),
    "OFFICER": Text("审批", "officer"),
    "HEAD": Text("负责人", "head"),
    "SUPERVISOR": Text("监督", "supervisor"),
    "AUTHOR": Text("事项编制", "author"),
    "OPERATOR": Text("运行维护", "operator"),
}


def state(code: str, text: Text) -> Text:
    """Return a state's name as the desk says it."""
    return STATE_TEXTS.get(str(code), text)


def turn(code: str, *, is_service: bool = False) -> Text | None:
    """Return whose turn it is, as the desk sees it; None once a case has ended."""
    return service_words.TURNS.get(code, TURNS.get(code)) if is_service else TURNS.get(code)


_LEFT = Text("还剩 {n} 个工作日", "{n} working days left")
_ONE_LEFT = Text("还剩 1 个工作日", "1 working day left")
_TODAY = Text("今天到期", "Due today")
_OVER = Text("已超 {n} 个工作日", "{n} working days over")
_ONE_OVER = Text("已超 1 个工作日", "1 working day over")


def days_left(count: int | None) -> Text | None:
    """Return how many working days are left or over, in words; None when no day counts."""
    if count is None:
        return None
    if count == 0:
        return _TODAY
    if abs(count) == 1:
        return _ONE_LEFT if count > 0 else _ONE_OVER
    return _LEFT.format(n=count) if count > 0 else _OVER.format(n=-count)
