"""Filling in a draft: values, materials, letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.applications.commands.reads import ask_registers, registered
from yijianshi.applications.commands.start import DRAFT_DAYS
from yijianshi.applications.models import Application, Letter, Material
from yijianshi.applications.queries.access import lock_owned
from yijianshi.applications.queries.drafts import NotADraft
from yijianshi.applications.queries.stored_facts import pack_one
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.checking import FactProblem
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.plan import Supplied
from yijianshi.catalogue.logic.schema import Material as MaterialType
from yijianshi.catalogue.logic.values import decode_answer
from yijianshi.foundation import clock, files
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Conflict, Invalid, NotFound
from yijianshi.kernel.text import Text

MOST_VALUES = 200
SAY_IT_IS_WRONG = Text(
    "这一项是从“{register}”取来的，不能直接改。登记得不对，请用“登记的不对”说明，我们会告诉登记机关，您的申请照常往下办。",
    "This was read from {register} and cannot simply be replaced. If it is wrong, say so with 'this is wrong': the register is"
    " told, and your application goes on.",
)


class DraftChangedElsewhere(Conflict):
    """这份申请刚刚在另一台设备或另一个页面上改过。请刷新，看到最新内容后再改。

    This application was just changed on another device or page. Please reload to see the latest content, then go on.
    """


class NotThisMaterial(NotFound):
    """这件事不需要“{what}”这份材料。

    This application does not ask for the material "{what}".
    """


class TooManyFiles(Invalid):
    """“{name}”最多上传 {limit} 个文件。请先删除不需要的。

    At most {limit:file|files} can be uploaded for "{name}". Please remove those you do not need.
    """


class NotAgreed(Invalid):
    """请先勾选“我已阅读并承诺”。

    Please tick "I have read this and I commit to it" first.
    """


class NotAnAnswer(Invalid):
    """这个问题要先回答，才能知道怎样办。请选一个最接近的回答；拿不准可以打 12345。

    This question has to be answered before we know what to do. Please choose the closest answer; if in doubt, call 12345.
    """


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """What saving did: the new revision, and the values that could not be taken over."""

    revision: int
    problems: tuple[FactProblem, ...]
    saved_at: datetime


@transaction.atomic
def save_draft(
    *, application_id: UUID, values: Mapping[str, Any], by: Actor, at: datetime, revision: int | None = None
) -> SavedDraft:
    """Take over the readable ones of *values* (raw; an empty one clears the field) and report the others.

    *revision* is what the page was filled in on; raises DraftChangedElsewhere when the draft has moved on since.
    """
    draft = _take(application_id, by, revision)
    thing = catalogue.get_version(draft.version_id)
    if len(values) > MOST_VALUES:
        raise Invalid(why=Text("一次提交的内容太多", "too many values at once"))
    told = registered(draft, by=by, at=at)
    problems = tuple(problem for name, raw in values.items() if (problem := _set(draft, thing, name, raw, told)))
    _touch(draft, at)
    draft.save(update_fields=["facts", "declined", "revision", "updated_at", "expires_on"])
    ask_registers(draft, by=by, at=at)
    return SavedDraft(draft.revision, problems, at)


@transaction.atomic
def decline(*, application_id: UUID, fact: str, by: Actor, at: datetime) -> None:
    """Keep that the applicant does not know the answer to one question of the guide; raises NotAnAnswer where that is none."""
    draft = _take(application_id, by, None)
    question = catalogue.get_version(draft.version_id).questions_by_fact.get(fact)
    if question is None or question.unknown is None:
        raise NotAnAnswer(field=fact)
    draft.facts.pop(fact, None)
    draft.declined = [*(one for one in draft.declined if one != fact), fact]
    _touch(draft, at)
    draft.save(update_fields=["facts", "declined", "revision", "updated_at", "expires_on"])
    ask_registers(draft, by=by, at=at)


@transaction.atomic
def attach(
    *,
    application_id: UUID,
    material: str,
    file_ids: Sequence[UUID],
    by: Actor,
    at: datetime,
    corrected_since: datetime | None = None,
) -> None:
    """Add uploaded files to a material of a draft.

    *corrected_since*: after submission, the moment since which it is asked for: by a correction notice, or as a paper to follow
    (the caller has checked); what was handed in before stays as evidence and does not count towards the limit.
    """
    application = _take(application_id, by, None) if corrected_since is None else lock_owned([application_id], by=by)[0]
    kind = _material_type(catalogue.get_version(application.version_id), material)
    row, _ = Material.objects.get_or_create(
        application=application, code=material, defaults={"satisfier": "UPLOAD", "updated_at": at}
    )
    added = [files.describe(file_id, by=by) for file_id in file_ids]
    limit = max((one.max_files for one in kind.satisfiers if one.kind == "UPLOAD"), default=0)
    if _counted(row.files, corrected_since) + len(added) > limit:
        raise TooManyFiles(name=kind.name, limit=limit, field=material)
    new = [{"id": str(one.id), "name": one.name, "size": one.size, "mime": one.mime, "at": at.isoformat()} for one in added]
    row.files = [*row.files, *new]
    if corrected_since is None or row.satisfier != "DEFERRED":  # a paper that followed later stays known as such
        row.satisfier = "UPLOAD"
    row.updated_at = at
    row.save()


def _counted(handed_in: Sequence[Mapping[str, Any]], since: datetime | None) -> int:
    """Return how many of the files count towards the limit: all, or those handed in after *since*."""
    if since is None:
        return len(handed_in)
    return sum(datetime.fromisoformat(one["at"]) > since for one in handed_in if "at" in one)


@transaction.atomic
def detach(*, application_id: UUID, material: str, file_id: UUID, by: Actor, at: datetime) -> None:
    """Remove one uploaded file from a material, and the file itself; nothing happens if it is not there."""
    draft = _take(application_id, by, None)
    row = Material.objects.filter(application=draft, code=material).first()
    if row and any(one["id"] == str(file_id) for one in row.files):
        row.files = [one for one in row.files if one["id"] != str(file_id)]
        row.updated_at = at
        row.save()
        files.forget([file_id])


@transaction.atomic
def choose(*, application_id: UUID, material: str, satisfier: str, by: Actor, at: datetime) -> None:
    """Meet a material in another way than the first possible one, such as an upload instead of the e-certificate."""
    draft = _take(application_id, by, None)
    kind = _material_type(catalogue.get_version(draft.version_id), material)
    ways = {str(one.kind) for one in kind.satisfiers} | ({"DEFERRED"} if kind.deferrable else set())
    if satisfier not in ways:
        raise NotThisMaterial(what=f"{kind.name.zh} / {satisfier}")
    draft.choices = {**draft.choices, material: satisfier}
    _touch(draft, at)
    draft.save(update_fields=["choices", "revision", "updated_at", "expires_on"])


@transaction.atomic
def commit_letter(*, application_id: UUID, letter: str, agreed: bool, by: Actor, at: datetime) -> None:
    """Keep the commitment letter as it was shown, with who agreed and when; raises NotAgreed when the box is not ticked."""
    draft = _take(application_id, by, None)
    found = catalogue.get_version(draft.version_id).letters_by_code.get(letter)
    if found is None:
        raise NotFound(what=Text("这份承诺书", "This commitment letter"))
    if not agreed:
        raise NotAgreed(field="agreed")
    content = found.model_dump(mode="json")
    Letter.objects.update_or_create(
        application=draft, code=letter, defaults={"content": content, "signer": by.name, "agreed_at": at}
    )


def _take(application_id: UUID, by: Actor, revision: int | None) -> Application:
    (draft,) = lock_owned([application_id], by=by)
    if draft.state != Application.State.DRAFT:
        raise NotADraft()
    if revision is not None and revision != draft.revision:
        raise DraftChangedElsewhere()
    return draft


def _set(draft: Application, thing: CompiledThing, name: str, raw: Any, told: Mapping[str, Supplied]) -> FactProblem | None:
    if raw in ("", None, [], [""]):
        draft.facts.pop(name, None)
        return None
    try:
        value = decode_answer(thing, name, raw)
    except Invalid as error:
        return FactProblem(name, error.text)
    source = told.get(name)
    if source is not None and value != source.value:
        return FactProblem(name, SAY_IT_IS_WRONG.format(register=source.label))
    if source is None:
        draft.facts[name] = pack_one(thing, name, value)
    draft.declined = [one for one in draft.declined if one != name]
    return None


def _touch(draft: Application, at: datetime) -> None:
    draft.revision += 1
    draft.updated_at = at
    draft.expires_on = clock.today(at) + timedelta(days=DRAFT_DAYS)


def _material_type(thing: CompiledThing, code: str) -> MaterialType:
    found = thing.materials_by_code.get(code)
    if found is None:
        raise NotThisMaterial(what=code)
    return found
