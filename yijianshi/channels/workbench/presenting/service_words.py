"""What the desk of a utility, a bank or another service reads instead of the words of administrative law.

They take on, do and answer; they neither accept (受理) nor approve (准予), and nothing of theirs is an administrative decision.
"""

from collections.abc import Mapping

from yijianshi.kernel.text import Text

BUTTONS = {
    "accept": Text("接单", "Take it on"),
    "approve": Text("办妥：先看摘要", "Complete: see the summary"),
    "not_accept": Text("不接单：先看摘要", "Do not take on: see the summary"),
    "refuse": Text("办不了：先看摘要", "Cannot be done: see the summary"),
}
EXPLAINS = {
    "accept": Text("接单后，承诺的时间从下一个工作日开始计算。", "The promise counts from the next working day."),
    "not_accept": Text(
        "不归本单位办的，才不接单。材料不齐请用一次告知补正。",
        "Only when it is not yours to do. If papers are missing, ask for corrections instead.",
    ),
    "refuse": Text("要写明办不了的原因。下一步先给您看摘要。", "State why it cannot be done. You will see a summary first."),
}
AT_ONCE = Text("还没有接单：办妥时一并接单。", "Not taken on yet: completing takes it on too.")
TITLES = {
    "approve": Text("请核对后确认办妥", "Check, then confirm that it is done"),
    "refuse": Text("请核对后确认办不了", "Check, then confirm that it cannot be done"),
    "not_accept": Text("请核对后确认不接单", "Check, then confirm that it is not taken on"),
}
CONFIRMS = {
    "approve": Text("确认办妥", "Confirm: done"),
    "refuse": Text("确认办不了", "Confirm: cannot be done"),
    "not_accept": Text("确认不接单", "Confirm: not taken on"),
}
ACCEPTS = Text("先接单，再办妥。", "It is taken on, then completed.")
DONE = {
    "accept": Text("已接单", "Taken on"),
    "approve": Text("已办妥", "Done"),
    "refuse": Text("已答复办不了", "Answered that it cannot be done"),
    "not_accept": Text("已答复不接单", "Not taken on"),
}
TURNS = {
    "RECEIVED": Text("轮到您：请接单，或一次告知补正", "Your turn: take it on, or ask once for corrections"),
    "ACCEPTED": Text("轮到您：请办理并回复", "Your turn: do it and answer"),
}
TABS = {"RECEIVED": Text("待接单", "To take on")}
BATCH = {"accept": Text("接单", "Take on"), "approve": Text("办妥", "Complete")}


def pick(usual: Mapping[str, Text], service: Mapping[str, Text], key: str, *, is_service: bool) -> Text:
    """Return the words for *key*: the service's own where it has some."""
    return service.get(key, usual[key]) if is_service else usual[key]
