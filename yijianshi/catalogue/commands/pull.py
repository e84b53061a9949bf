"""Catalogue synchronisation (目录同步): the news of a province's template become a proposal here, for two people to approve."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.catalogue.commands import shelf
from yijianshi.catalogue.commands.authoring import moves
from yijianshi.catalogue.commands.publish import refuse_errors
from yijianshi.catalogue.logic.authoring.template import is_template
from yijianshi.catalogue.models import Proposal, ProposalFile, ProposalSave
from yijianshi.catalogue.queries.locks import lock_shelf, lock_untouched_proposals
from yijianshi.catalogue.queries.shelf import read_texts
from yijianshi.foundation import history
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Forbidden
from yijianshi.kernel.text import Text

_WHY = Text("上级的内容由系统取回，再由内容编辑审核", "the system fetches the content of the level above; authors approve it")
_TITLE = "上级内容有更新：{name}"
_REASON = (
    "这些文件和上级的模板不一样。采用之前请看差别；本地的绑定、机构和示例没有动。"
    " These files differ from the template of the level above. Look at the differences before approving; bindings, offices and"
    " examples of this place were left alone."
)
_REPLACED = "上级的内容又更新了，新的提案代替了这一份。 The content was updated again; a newer proposal replaces this one."


@dataclass(frozen=True, slots=True)
class Pulled:
    """What came of it: the proposal with the files that differ (None: nothing does), and template files only this place has."""

    proposal_id: UUID | None
    files: tuple[str, ...] = ()
    only_here: tuple[str, ...] = ()


@transaction.atomic
def propose_pulled(name: str, theirs: Mapping[str, str], *, by: Actor, at: datetime) -> Pulled:
    """Put the template files of *theirs* (path → text) that differ from the shelf into one proposal, for people to decide on.

    Files only this place has are named, not removed. Pulling the same again gives the same proposal; an older one nobody has
    touched is withdrawn. Raises ContentHasErrors, in the check's own words, where the news would break what this place bound.
    """
    if not by.is_system:
        raise Forbidden(why=_WHY)
    lock_shelf()
    own = {path: row.text for path, row in shelf.read_shelf().items() if row.text is not None}
    news = {path: text for path, text in theirs.items() if is_template(path) and own.get(path) != text}
    only_here = tuple(sorted(path for path in own if is_template(path) and path not in theirs))
    title = _TITLE.format(name=name)[:120]
    earlier = lock_untouched_proposals(title)
    same = next((one for one in earlier if _texts_of(one) == news), None)
    for one in earlier:
        if one is not same:
            moves.finish(one, moves.Act("withdraw", by, at, _REPLACED))
    if not news or same is not None:
        return Pulled(same.id if same else None, tuple(sorted(news)), only_here)
    refuse_errors(read_texts({**own, **news})[1])
    return Pulled(_propose(title, news, own, by, at), tuple(sorted(news)), only_here)


def _texts_of(proposal: Proposal) -> dict[str, str | None]:
    return dict(proposal.files.values_list("path", "text"))


def _propose(title: str, news: Mapping[str, str], own: Mapping[str, str], by: Actor, at: datetime) -> UUID:
    who = by.to_record()
    proposal = Proposal(id=new_id(), title=title, reason=_REASON, state="DRAFT", author=who, opened_at=at, changed_at=at)
    proposal.save()
    ProposalFile.objects.bulk_create(
        ProposalFile(proposal=proposal, path=path, base_text=own.get(path), text=text, edited_by=who, edited_at=at)
        for path, text in sorted(news.items())
    )
    ProposalSave.objects.bulk_create(
        ProposalSave(proposal=proposal, path=path, revision=1, text=text, saved_by=who, saved_at=at)
        for path, text in sorted(news.items())
    )
    line = history.Entry(
        subject_kind="proposal",
        subject_id=proposal.id,
        action="open",
        actor=who,
        at=at,
        to_state="DRAFT",
        payload={"files": sorted(news)},
    )
    history.record([line])
    return proposal.id
