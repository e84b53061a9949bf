"""A proposal as citizens would meet it, and what it changes in words."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from yijianshi.catalogue.logic.authoring.editing import edit
from yijianshi.catalogue.logic.authoring.places import check_path
from yijianshi.catalogue.logic.authoring.positions import Steps
from yijianshi.catalogue.logic.authoring.proposed import Proposed
from yijianshi.catalogue.logic.authoring.texts import clean
from yijianshi.catalogue.logic.compiled import SINGLE_PREFIX, CompiledThing
from yijianshi.catalogue.logic.compiler import all_codes, compile_thing
from yijianshi.catalogue.logic.differences import differences
from yijianshi.catalogue.logic.findings import Findings
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.models import Proposal, PublishedThing
from yijianshi.catalogue.queries.authoring.access import refuse_strangers
from yijianshi.catalogue.queries.authoring.drafts import proposed_library, proposed_texts
from yijianshi.catalogue.queries.locks import ProposalNotFound
from yijianshi.catalogue.queries.shelf import read_texts, shelf_texts
from yijianshi.foundation import history
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Conflict
from yijianshi.kernel.text import Text, text_from_json

_compiled: WeakKeyDictionary[Library, dict[str, CompiledThing]] = WeakKeyDictionary()
_GONE = Text(
    "从发布时选的那一天起停止办理：不再受理新的申请，已经提交的按原来的版本办完。",
    "This takes it out of service from the day chosen on publishing: no new applications; what was submitted is finished on its"
    " version.",
)
_NEW = Text("这是新的一项。", "This is new.")


class MendFirst(Conflict):
    """内容里还有 {count} 处错误，暂时看不了预览。请先按提示改好。

    The content still has {count} errors, so there is no preview yet. Please mend them first, as the findings say.
    """


def preview_library(proposal_id: UUID | None, *, by: Actor) -> Library:
    """Return all content as it would be with the proposal (None: as it is in use). Raises NotForYou, ProposalNotFound."""
    return _checked(proposal_id, by)[0]


def preview_thing(proposal_id: UUID | None, code: str, *, by: Actor) -> CompiledThing:
    """Return one thing, or one item for ``item:<code>``, compiled with the proposal (None: from the content in use).

    Worked examples that no longer come out as they say do not stand in the way of looking at what they would have to say.
    Raises MendFirst while there are other errors, UnknownThing for a code the content does not have, NotForYou, ProposalNotFound.
    """
    library, findings = _checked(proposal_id, by)
    if findings.broken:
        raise MendFirst(count=len(findings.broken))
    return _thing(library, code)


def check_text(proposal_id: UUID, path: str, text: str, *, by: Actor) -> Findings:
    """Return what the check would find in all content if this text were saved; nothing is saved. Raises as ``save_file`` does."""
    refuse_strangers(by)
    plain = clean(check_path(path), text)
    return read_texts(proposed_texts(proposal_id, Proposed(path, plain, plain, plain)))[1]


def check_values(
    proposal_id: UUID, path: str, put: Mapping[Steps, Any], removals: Sequence[Steps] = (), *, by: Actor
) -> tuple[str, Findings]:
    """Return the text with these values put into the file as the proposal has it, and what the check would find.

    Nothing is saved. Raises NoSuchPlace, TextBroken, NotForYou.
    """
    refuse_strangers(by)
    now = proposed_texts(proposal_id).get(check_path(path), "")
    text = clean(path, edit(now, put, removals))
    return text, check_text(proposal_id, path, text, by=by)


def differences_in_words(proposal_id: UUID, *, by: Actor) -> dict[str, list[Text]]:
    """Return code → what changes in words, for each thing and single item that changes; empty while there are errors.

    For a published proposal: what it changed then. Raises NotForYou, ProposalNotFound.
    """
    library, findings = _checked(proposal_id, by)
    state = Proposal.objects.values_list("state", flat=True).get(id=proposal_id)
    if state == "PUBLISHED":
        return _published_differences(proposal_id)
    if findings.errors or state == "WITHDRAWN":
        return {}
    before = read_texts(shelf_texts())[0]
    return {} if before is library else _differences(before, library)


def affected_codes(proposal_id: UUID, *, by: Actor) -> list[str]:
    """Return the codes of the things, then single items, that the proposal changes."""
    return sorted(differences_in_words(proposal_id, by=by), key=lambda code: (code.startswith(SINGLE_PREFIX), code))


def _checked(proposal_id: UUID | None, by: Actor) -> tuple[Library, Findings]:
    refuse_strangers(by)
    if proposal_id is None:
        return read_texts(shelf_texts())
    if not Proposal.objects.filter(id=proposal_id).exists():
        raise ProposalNotFound
    return proposed_library(proposal_id)


def _thing(library: Library, code: str) -> CompiledThing:
    known = _compiled.setdefault(library, {})
    if code not in known:
        known[code] = compile_thing(library, code)
    return known[code]


def _differences(before: Library, after: Library) -> dict[str, list[Text]]:
    old, new = all_codes(before), all_codes(after)
    found: dict[str, list[Text]] = {}
    for code in new:
        if code not in old:
            found[code] = [_NEW]
        elif changes := differences(_thing(before, code), _thing(after, code)):
            found[code] = changes
    return found | {code: [_GONE] for code in old if code not in new}


def _published_differences(proposal_id: UUID) -> dict[str, list[Text]]:
    versions: Mapping[UUID, str] = dict(PublishedThing.objects.filter(proposal_id=proposal_id).values_list("id", "code"))
    found = {}
    for version_id, code in versions.items():
        lines = history.list_for("thing", version_id)
        told = [text_from_json(one) for line in lines for one in line.entry.payload.get("changes", ())]
        found[code] = told or [_NEW]
    return found
