"""Moving open drafts: what the author is shown first, what must be said, and the report afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from yijianshi.applications import commands as applications
from yijianshi.cases import queries as cases
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.differences import differences
from yijianshi.channels.workbench.telling import Told
from yijianshi.foundation import clock
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Conflict, Invalid
from yijianshi.kernel.text import Text

_DONE = Text(
    "“{name}”的 {n} 份草稿已经迁到第 {version} 版。{losses}",
    "{n:draft|drafts} of '{name}' moved to version {version}. {losses}",
)
_SOME = Text("其中 {n} 份有内容带不过去，已写在申请人的草稿页上。", "{n} could not take everything along; their page says what.")
_NONE = Text("内容都带过去了。", "Everything went along.")
_ASKED = Text("请写一句原因，申请人会看到。", "Please give the reason in a sentence; applicants read it.")
_CHANGED = Text(
    "您打开以后又发布了第 {n} 版。请看过下面新的差别再迁移。", "Version {n} was published since; look at the changes below."
)


class NothingToMove(Conflict):
    """“{name}”没有停留在旧版本上的草稿，不用迁移。

    No draft of '{name}' stands on an older version; there is nothing to move.
    """


@dataclass(frozen=True, slots=True)
class Older:
    """One older version with its drafts, and what is different in the version in force."""

    version: int
    drafts: int
    changes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The form, with what was typed and what is wrong with it; ``done`` once the drafts are moved."""

    thing: cases.ThingInUse
    version: int
    older: tuple[Older, ...]
    reason_zh: str = ""
    reason_en: str = ""
    problems: Mapping[str, Text] | None = None
    done: Told | None = None


def ask(code: str, *, by: Actor, at: datetime) -> Page:
    """Return the form for one thing. Raises NothingToMove where no draft stands on an older version, ThingNotPublished."""
    today = clock.today(at)
    _, current = catalogue.get_current(code, today)
    thing = next((one for one in cases.list_versions_in_use(by=by, on=today) if one.code == code), None)
    if thing is None or thing.current is None or not thing.to_move:
        raise NothingToMove(name=current.name)
    newest = thing.current.card.version
    behind = [one for one in thing.versions if one.card.version < newest and one.drafts]
    older = tuple(
        Older(one.card.version, one.drafts, tuple(differences(catalogue.get_version(one.card.id), current))) for one in behind
    )
    return Page(thing, newest, older)


def move(page: Page, sent: Mapping[str, str], *, by: Actor, at: datetime) -> Page:
    """Move the drafts, or return the page with what must be mended; the version must still be the one that was shown."""
    zh, en = sent.get("reason_zh", "").strip(), sent.get("reason_en", "").strip()
    page = replace(page, reason_zh=zh, reason_en=en)
    problems = {name: _ASKED for name, said in (("reason_zh", zh), ("reason_en", en)) if not said}
    if not problems and sent.get("version") != str(page.version):
        problems["version"] = _CHANGED.format(n=page.version)
    if problems:
        return replace(page, problems=problems)
    try:
        done = applications.migrate_drafts(page.thing.code, page.version, Text(zh, en), by=by, at=at)
    except Invalid as error:
        return replace(page, problems={"reason_zh": error.text})
    losses = _SOME.format(n=done.with_losses) if done.with_losses else _NONE
    title = _DONE.format(name=page.thing.name, n=done.drafts, version=page.version, losses=losses)
    return replace(page, done=Told("done", title))
