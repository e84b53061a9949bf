"""Whose turn it is and what happens next, in a sentence a citizen understands."""

from dataclasses import dataclass

from yijianshi.cases.logic.states import State
from yijianshi.kernel.text import Text

_TURNS = {
    State.WAITING_UPSTREAM: ("不需要您做事", "Nothing for you to do"),
    State.AWAITING_DATA: ("轮到部门", "The department's turn"),
    State.RECEIVED: ("轮到部门", "The department's turn"),
    State.CORRECTION_REQUESTED: ("轮到您", "Your turn"),
    State.ACCEPTED: ("轮到部门", "The department's turn"),
    State.SUSPENDED: ("轮到部门", "The department's turn"),
    State.DECIDED: ("轮到部门", "The department's turn"),
}
_DONE = ("已经结束", "Finished")
_NOTHING_TO_DO = ("您不需要做任何事。", "You need not do anything.")
_PAPER_TO_COME = ("请记得补交后补的材料。", "Please remember the paper that is to follow.")
_EXPLANATIONS = {
    State.WAITING_UPSTREAM: (
        "要先有“{upstream}”的结果。结果一出来就自动开始，您不需要做任何事。",
        'This needs the result of "{upstream}" first. It starts by itself as soon as that exists. You need not do anything.',
    ),
    State.AWAITING_DATA: (
        "{department}在等另一个部门登记库里的数据，最晚等到 {act_by}。等的时间不算您的，您不需要做任何事。",
        "{department} waits for data from another authority's register, until {act_by} at the latest. The wait is not "
        "at your cost; you need not do anything.",
    ),
    State.RECEIVED: (
        "{department}正在核对您的申请，最晚 {act_by} 答复是否受理。您不需要做任何事。",
        "{department} is checking your application and will say by {act_by} whether it is accepted. You need not do anything.",
    ),
    State.CORRECTION_REQUESTED: (
        "{department}请您补正几处内容。请在 {act_by} 前提交，交了就接着办。",
        "{department} asks you to correct a few points. Please send them by {act_by}; work goes on right after.",
    ),
    State.ACCEPTED: (
        "{department}正在办理，最晚 {due} 办结。您不需要做任何事。",
        "{department} is working on it and will finish by {due}. You need not do anything.",
    ),
    State.SUSPENDED: (
        "{department}依法暂停计时。恢复后会告诉您新的日期。",
        "{department} has paused the clock as the law allows. You will be told the new date when it runs again.",
    ),
    State.DECIDED: (
        "已经批准。{department}正在制作，最晚 {act_by} 送达。",
        "Approved. {department} is making the result and will deliver it by {act_by}.",
    ),
    State.COMPLETED: ("已经办结：{result}。", "Done: {result}."),
    State.REFUSED: (
        "{department}没有批准。理由和您的权利写在决定书里。其他不依赖它的事项照常办理。",
        "{department} refused. The decision gives the reasons and your rights. Items that do not depend on it go on as usual.",
    ),
    State.NOT_ACCEPTED: (
        "{department}没有受理。理由和您的权利写在通知书里。",
        "{department} did not accept it. The notice gives the reasons and your rights.",
    ),
    State.RETURNED: (
        "补正期限已过，这一项已退回。您随时可以重新申请。",
        "The time for corrections has passed, so this item was returned. You can apply again at any time.",
    ),
    State.WITHDRAWN: (
        "您已撤回这一项。需要时可以重新申请。",
        "You withdrew this item. You can apply again whenever you need it.",
    ),
    State.TERMINATED: (
        "“{upstream}”没有结果，所以这一项不能继续。您可以单独申请这一项。",
        '"{upstream}" gave no result, so this item could not go on. You can apply for it separately.',
    ),
}
_IN_ORDER = (
    "等“{upstream}”办完就自动开始，不管它办成没办成。您不需要做任何事。",
    'This starts by itself once "{upstream}" has ended, whatever comes of it. You need not do anything.',
)
_TO_HOLDER = Text(
    "证照只发给权利人本人，本人登录后在“我的证照”里查看。",
    'The certificate goes to the person it belongs to, who finds it under "My certificates" after signing in.',
)
_UNKNOWN_DAY = Text("日期确定后告诉您", "a day we will tell you")


@dataclass(frozen=True, slots=True)
class Words:
    """The words that fill the sentence."""

    department: Text
    result: Text
    upstream: Text
    act_by: Text | None
    due: Text | None


def whose_turn(state: State) -> Text:
    """Return whose turn it is."""
    return Text(*_TURNS.get(state, _DONE))


def explain(state: State, words: Words, *, needs_result: bool = True) -> Text:
    """Return what happens next, by whom, until when; *needs_result* is False for an item that only keeps the order."""
    said = _EXPLANATIONS[state] if needs_result or state is not State.WAITING_UPSTREAM else _IN_ORDER
    return Text(*said).format(
        department=words.department,
        result=words.result,
        upstream=words.upstream,
        act_by=words.act_by or _UNKNOWN_DAY,
        due=words.due or _UNKNOWN_DAY,
    )


def asking_for_papers(explanation: Text) -> Text:
    """Return the explanation of an item that still misses a paper to follow: not that the applicant need not do anything."""
    pairs = zip(("zh", "en"), _NOTHING_TO_DO, _PAPER_TO_COME, strict=True)
    return Text(*(explanation.get(language).replace(nothing, paper) for language, nothing, paper in pairs))


def sent_to_holder(explanation: Text) -> Text:
    """Return the explanation of an item whose certificate is not the applicant's, saying where it went."""
    return Text(f"{explanation.zh}{_TO_HOLDER.zh}", f"{explanation.en} {_TO_HOLDER.en}")
