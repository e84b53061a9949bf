"""One step on a proposal: which command it is, and what is told afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.catalogue.commands import authoring as commands
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.text import Text


class DayNeeded(Invalid):
    """请选择从哪一天起生效。

    Please choose the day from which it takes effect.
    """


@dataclass(frozen=True, slots=True)
class Sent:
    """What the form said."""

    proposal_id: UUID
    words: Mapping[str, str]
    by: Actor
    at: datetime

    def word(self, name: str) -> str:
        """Return one field without blanks around it."""
        return self.words.get(name, "").strip()


@dataclass(frozen=True, slots=True)
class Done:
    """What to tell, and the proposal to go on with."""

    text: Text
    proposal_id: UUID
    tone: str = "done"


def take(action: str, sent: Sent) -> Done:
    """Take one step. Raises KeyError for an unknown action, and what the command raises."""
    return _STEPS[action](sent)


def is_known(action: str) -> bool:
    """Say whether there is such a step."""
    return action in _STEPS


_PUBLISHED = Text("已发布：{n} 个新版本，{day} 起生效。", "Published: {n:new version|new versions}, in force from {day}.")
_PUBLISHED_WITH_ENDS = Text(
    "已发布：{n} 个新版本，{day} 起生效；{ended} 项从那天起停办。",
    "Published: {n:new version|new versions}, in force from {day}; {ended:service ends|services end} on that day.",
)


def _words(sent: Sent) -> Done:
    commands.edit_proposal(sent.proposal_id, sent.word("title"), sent.word("reason"), by=sent.by, at=sent.at)
    return Done(Text("名称和原因已保存。", "Title and reason are saved."), sent.proposal_id)


def _submit(sent: Sent) -> Done:
    commands.submit(sent.proposal_id, by=sent.by, at=sent.at)
    said = Text("已提交。请另一位内容编辑来审核。", "Handed in. Another content author now reviews it.")
    return Done(said, sent.proposal_id)


def _approve(sent: Sent) -> Done:
    commands.approve(sent.proposal_id, by=sent.by, at=sent.at, reason=sent.word("reason"))
    return Done(Text("审核通过，可以发布了。", "Approved; it can be published now."), sent.proposal_id)


def _send_back(sent: Sent) -> Done:
    commands.send_back(sent.proposal_id, sent.word("reason"), by=sent.by, at=sent.at)
    return Done(Text("已退回，原因已经写给编写的人。", "Sent back; its authors see your reason."), sent.proposal_id)


def _withdraw(sent: Sent) -> Done:
    commands.withdraw(sent.proposal_id, by=sent.by, at=sent.at, reason=sent.word("reason"))
    return Done(Text("提案已撤回，内容仍可查看。", "Withdrawn; it can still be read."), sent.proposal_id)


def _publish(sent: Sent) -> Done:
    day = _day(sent.word("effective_on"))
    made = commands.publish(sent.proposal_id, day, by=sent.by, at=sent.at)
    ended = sum(one.is_end for one in made)
    said = _PUBLISHED_WITH_ENDS if ended else _PUBLISHED
    return Done(said.format(n=len(made) - ended, ended=ended, day=day.isoformat()), sent.proposal_id)


def _roll_back(sent: Sent) -> Done:
    fresh = commands.roll_back(sent.proposal_id, sent.word("reason"), by=sent.by, at=sent.at)
    said = Text(
        "已新建一份“退回”提案，请检查后提交审核。", "A new proposal takes it back. Please look it through, then hand it in."
    )
    return Done(said, fresh)


def _bring_up_to_date(sent: Sent) -> Done:
    left = commands.bring_up_to_date(sent.proposal_id, by=sent.by, at=sent.at)
    if left:
        said = Text("还有 {n} 个文件两边都改过，要由您来定。", "{n:file|files} changed on both sides; you decide what stays.")
        return Done(said.format(n=len(left)), sent.proposal_id, "waiting")
    return Done(Text("已并入最新内容，请重新提交审核。", "Brought up to date; please hand it in again."), sent.proposal_id)


def _remove_file(sent: Sent) -> Done:
    revision = sent.word("revision")
    number = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 9 else 0
    sha = None if number else sent.word("base_sha")
    commands.remove_file(sent.proposal_id, sent.word("path"), revision=number, base_sha=sha, by=sent.by, at=sent.at)
    return Done(Text("提案里这个文件已标为删除。", "The proposal now removes this file."), sent.proposal_id)


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise DayNeeded(field="effective_on") from None


_STEPS: dict[str, Callable[[Sent], Done]] = {
    "words": _words,
    "submit": _submit,
    "approve": _approve,
    "send_back": _send_back,
    "withdraw": _withdraw,
    "publish": _publish,
    "roll_back": _roll_back,
    "remove_file": _remove_file,
    "bring_up_to_date": _bring_up_to_date,
}
