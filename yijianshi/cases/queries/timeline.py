"""History in words."""

from collections.abc import Mapping
from uuid import UUID

from yijianshi.cases.logic.states import ACTIONS, STATE_TEXTS, State
from yijianshi.cases.queries.views import HistoryLine
from yijianshi.foundation import history
from yijianshi.kernel.text import Text

_OTHER_ACTIONS = {
    "submit": Text("提交申请", "Application submitted"),
    "invite_party": Text("请另一方确认", "Another party was asked to agree"),
    "confirm_party": Text("另一方确认并同意", "Another party agreed"),
    "decline_party": Text("另一方没有同意", "Another party did not agree"),
    "amend": Text("修改了申请内容", "Application content corrected"),
    "supply": Text("补交了后补的材料", "A paper that was to follow was handed in"),
    "split": Text("分送到部门", "Sent to the department"),
    "issue": Text("签发电子证照", "E-certificate issued"),
    "use": Text("使用了电子证照", "E-certificate used"),
}
_SILENT = {"use"}


def lines_for_application(application_id: UUID, item_names: Mapping[UUID, Text]) -> tuple[HistoryLine, ...]:
    """Return everything that happened to an application and its cases, newest first; the caller has checked who asks."""
    lines = [line.entry for line in history.list_for_application(application_id) if line.entry.action not in _SILENT]
    return tuple(_line(entry, item_names.get(entry.subject_id)) for entry in reversed(lines))


def lines_for_case(case_id: UUID) -> tuple[HistoryLine, ...]:
    """Return everything that happened to one case, newest first; the caller has checked who asks."""
    return tuple(_line(line.entry, None) for line in reversed(history.list_for("case", case_id)))


def _line(entry: history.Entry, item: Text | None) -> HistoryLine:
    what = _what(entry)
    text = Text(f"{item.zh}：{what.zh}", f"{item.en}: {what.en}") if item else what
    return HistoryLine(entry.at, text, str(entry.actor.get("name") or ""), entry.reason, entry.basis, entry.document_no)


def _what(entry: history.Entry) -> Text:
    if entry.action in _OTHER_ACTIONS:
        return _OTHER_ACTIONS[entry.action]
    action = ACTIONS.get(entry.action)
    if action is None:
        return Text(entry.action, entry.action)
    if entry.to_state == entry.from_state or entry.to_state not in State.__members__:
        return action.label
    reached = STATE_TEXTS[State(entry.to_state)]
    if reached == action.label:
        return reached
    return Text(f"{action.label.zh}（{reached.zh}）", f"{action.label.en} ({reached.en})")
