"""Words for bodies that are no authority: utilities, banks and others serve; they take no administrative decisions.

What they do is answered with a service slip (服务单). Against it there is no administrative review and no administrative lawsuit
(行政复议法 and 行政诉讼法 concern authorities), but there is somebody to complain to.
"""

from dataclasses import replace

from yijianshi.cases.logic.states import STATE_TEXTS, Action, State
from yijianshi.cases.logic.wording import Words
from yijianshi.kernel.text import Text

AUTHORITY = "AUTHORITY"
_STATES = {
    State.RECEIVED: Text("已收件，待核对", "Received, being checked"),
    State.ACCEPTED: Text("已接单，办理中", "Taken on, in progress"),
    State.DECIDED: Text("已办妥，送达中", "Done, result on its way"),
    State.REFUSED: Text("未能办理", "Could not be done"),
    State.NOT_ACCEPTED: Text("没有接单", "Not taken on"),
}
_LABELS = {
    "accept": Text("接单", "Take on"),
    "not_accept": Text("不接单", "Do not take on"),
    "approve": Text("办妥", "Complete"),
    "refuse": Text("办不了", "Cannot be done"),
}
_NEEDS = {
    State.RECEIVED: Text("请接单或一次告知补正", "Take it on, or ask once for corrections"),
    State.ACCEPTED: Text("请办理并回复", "Do it and answer"),
}
_EXPLANATIONS = {
    State.RECEIVED: Text(
        "{department}正在核对您的申请，最晚 {act_by} 告诉您能不能办。您不需要做任何事。",
        "{department} is checking your application and will say by {act_by} whether it can be done. You need not do anything.",
    ),
    State.DECIDED: Text(
        "已经办妥。{department}正在准备结果，最晚 {act_by} 送到。",
        "Done. {department} is preparing the result and will deliver it by {act_by}.",
    ),
    State.REFUSED: Text(
        "{department}没有办成。原因和投诉渠道写在服务单里。其他不依赖它的事项照常办理。",
        "{department} could not do it. The service slip gives the reason and where to complain. The rest goes on.",
    ),
    State.NOT_ACCEPTED: Text(
        "{department}没有接单。原因和投诉渠道写在服务单里。",
        "{department} did not take it on. The service slip gives the reason and where to complain.",
    ),
}
_COMPLAIN = Text(
    "这是服务单，不是行政决定。不满意的，可以打办理单位的投诉电话 {phone}，也可以打 12345 投诉。",
    "This is a service slip, no administrative decision. If you are not satisfied, call the complaint line {phone} or 12345.",
)
_COMPLAIN_12345 = Text(
    "这是服务单，不是行政决定。不满意的，可以向办理单位投诉，也可以打 12345。",
    "This is a service slip, no administrative decision. If you are not satisfied, complain to the body itself or call 12345.",
)
_ACT_BY_UNKNOWN = Text("日期确定后告诉您", "a day we will tell you")


def state_text(state: State, nature: str) -> Text:
    """Return the name of a state as the nature of the body asks for."""
    return STATE_TEXTS[state] if nature == AUTHORITY else _STATES.get(state, STATE_TEXTS[state])


def action_for(action: Action, nature: str) -> Action:
    """Return the action with the words and, for what is no authority, without a basis in administrative law."""
    if nature == AUTHORITY:
        return action
    return replace(action, label=_LABELS.get(action.code, action.label), basis="")


def needs(state: State, nature: str, otherwise: Text) -> Text:
    """Return what the desk is to do next."""
    return otherwise if nature == AUTHORITY else _NEEDS.get(state, otherwise)


def explanation(state: State, nature: str, words: Words, otherwise: Text) -> Text:
    """Return what happens next, in words without administrative law where none applies."""
    said = None if nature == AUTHORITY else _EXPLANATIONS.get(state)
    return said.format(department=words.department, act_by=words.act_by or _ACT_BY_UNKNOWN) if said else otherwise


def complaint(phone: str | None) -> Text:
    """Return where to complain about a service that was not given."""
    return _COMPLAIN.format(phone=phone) if phone else _COMPLAIN_12345
