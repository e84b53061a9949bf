"""History in words."""

from collections.abc import Mapping
from uuid import UUID

from yijianshi.cases.logic.nature import AUTHORITY, action_for, state_text
from yijianshi.cases.logic.states import ACTIONS, State
from yijianshi.cases.queries.views import HistoryLine
from yijianshi.foundation import history
from yijianshi.kernel.text import Text

_OTHER_ACTIONS = {
    "submit": Text("提交申请", "Application submitted"),
    "invite_party": Text("请另一方确认", "Another party was asked to agree"),
    "confirm_party": Text("另一方确认并同意", "Another party agreed"),
    "decline_party": Text("另一方没有同意", "Another party did not agree"),
    "open_signing": Text("生成了要签名的文件", "The document to be signed was made"),
    "reuse_material": Text("再次使用了以前交过的材料", "An earlier paper was used again"),
    "see_original": Text("核对了原件", "Compared with the original"),
    "sign": Text("签了名", "Signed"),
    "amend": Text("修改了申请内容", "Application content corrected"),
    "supply": Text("补交了后补的材料", "A paper that was to follow was handed in"),
    "split": Text("分送到部门", "Sent to the department"),
    "issue": Text("签发电子证照", "E-certificate issued"),
    "use": Text("使用了电子证照", "E-certificate used"),
    "archive": Text("案卷已归档", "Put into the archive"),
}
_SILENT = {"use"}


def lines_for_application(application_id: UUID, items: Mapping[UUID, tuple[Text, str]]) -> tuple[HistoryLine, ...]:
    """Return everything that happened to an application and its cases, newest first; the caller has checked who asks.

    *items*: case → the name of its item and the nature of the body that does it.
    """
    lines = [line.entry for line in history.list_for_application(application_id) if line.entry.action not in _SILENT]
    return tuple(_line(entry, *items.get(entry.subject_id, (None, AUTHORITY))) for entry in reversed(lines))


def lines_for_case(case_id: UUID, nature: str = AUTHORITY) -> tuple[HistoryLine, ...]:
    """Return everything that happened to one case, newest first; the caller has checked who asks."""
    return tuple(_line(line.entry, None, nature) for line in reversed(history.list_for("case", case_id)))


def _line(entry: history.Entry, item: Text | None, nature: str) -> HistoryLine:
    what = _what(entry, nature)
    text = Text(f"{item.zh}：{what.zh}", f"{item.en}: {what.en}") if item else what
    return HistoryLine(entry.at, text, str(entry.actor.get("name") or ""), entry.reason, entry.basis, entry.document_no)


def _what(entry: history.Entry, nature: str) -> Text:
    if entry.action in _OTHER_ACTIONS:
        return _OTHER_ACTIONS[entry.action]
    known = ACTIONS.get(entry.action)
    if known is None:
        return Text(entry.action, entry.action)
    action = action_for(known, nature)
    if entry.to_state == entry.from_state or entry.to_state not in State.__members__:
        return action.label
    reached = state_text(State(entry.to_state), nature)
    if reached == action.label:
        return reached
    return Text(f"{action.label.zh}（{reached.zh}）", f"{action.label.en} ({reached.en})")
