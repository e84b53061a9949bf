"""The task list of a draft: an open question, form pages, materials, letters, check; each with its state in words."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from yijianshi.applications.queries.views import DraftLetter, DraftView
from yijianshi.channels.portal.presenting import answers, pages
from yijianshi.kernel.text import Text

DONE = ("done", Text("已填好", "Complete"))
KNOWN = ("done", Text("不用填", "Nothing to fill in"))
TO_DO = ("waiting", Text("还要填", "To do"))
PROBLEM = ("stopped", Text("需要修改", "Needs a change"))
UNANSWERED = ("waiting", Text("还没回答", "Not answered yet"))
LATER = ("idle", Text("填好前面再做", "After the steps above"))


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the task list."""

    name: Text
    hint: Text
    link: str
    tone: str
    state: Text


def of_draft(draft: DraftView) -> list[Task]:
    """Return the tasks of a ``DraftView`` in the order they are done."""
    tasks = [*_question(draft), *(_page(draft, page) for page in pages.of_draft(draft))]
    if draft.materials:
        tasks.append(_materials(draft))
    tasks += [_letter(draft.id, letter) for letter in draft.letters]
    if draft.parties:
        tasks.append(_parties(draft))
    if draft.signing is not None or draft.unsigned:
        tasks.append(_signing(draft))
    tone, state = TO_DO if draft.ready else LATER
    hint = Text("从头看一遍，再一次提交", "Read everything once more, then submit once")
    return [*tasks, Task(Text("检查并提交", "Check and submit"), hint, reverse("portal:check", args=[draft.id]), tone, state)]


def still_open(tasks: list[Task]) -> list[Task]:
    """Return what is left to do, the last step always among it."""
    return [task for task in tasks if task.tone != "done"]


def next_after(tasks: list[Task], link: str) -> str:
    """Return the address of the next open task after the one at *link*, else the first open one; check and submit in the end."""
    links = [task.link for task in tasks]
    here = links.index(link) + 1 if link in links else 0
    in_turn = [*tasks[here:-1], *tasks[: max(here - 1, 0)]]
    return next((task.link for task in in_turn if task.tone != "done"), links[-1])


def _question(draft: DraftView) -> list[Task]:
    question = answers.next_question(draft)
    if question is None:
        return []
    hint = Text("这个回答决定还要办什么", "The answer decides what else is to be done")
    return [Task(question.text, hint, answers.address(draft, question.fact), *UNANSWERED)]


def of_page(draft_id: UUID, page: pages.FormPage) -> str:
    """Return the address of one page of the form."""
    return reverse("portal:form", args=[draft_id, page.entity])


def _page(draft: DraftView, page: pages.FormPage) -> Task:
    open_fields = sum(1 for field in page.fields if field.status == "ASK" and field.required)
    filled = sum(1 for field in page.fields if pages.is_known(draft, field))
    wrong = any(field.problem for field in page.fields if field.status != "ASK")
    tone, state = PROBLEM if wrong else KNOWN if page.is_known else DONE if page.complete else TO_DO
    return Task(page.label, _hint(open_fields, filled), of_page(draft.id, page), tone, state)


def _hint(open_fields: int, filled: int) -> Text:
    if open_fields and filled:
        words = Text("要填 {open} 项，另外 {filled} 项已替您填好", "{open} to fill in, another {filled} filled in for you")
        return words.format(open=open_fields, filled=filled)
    if open_fields:
        return Text("要填 {open} 项", "{open} to fill in").format(open=open_fields)
    if filled:
        return Text("{filled} 项已替您填好，看一眼就行", "{filled} filled in for you; just have a look").format(filled=filled)
    return Text("都填好了", "All filled in")


def _materials(draft: DraftView) -> Task:
    waiting = sum(1 for material in draft.materials if material.problem and material.planned.status == "TO_UPLOAD")
    free = sum(1 for material in draft.materials if material.planned.status in ("SATISFIED", "FROM_RESULT"))
    tone, state = TO_DO if waiting else DONE
    words = Text("还要上传 {waiting} 份，{free} 份不用您交", "{waiting} to upload, {free} you need not hand in")
    hint = words.format(waiting=waiting, free=free)
    return Task(Text("材料", "Materials"), hint, reverse("portal:materials", args=[draft.id]), tone, state)


def _parties(draft: DraftView) -> Task:
    waiting = [state for state in draft.parties if state.problem]
    tone, state = (TO_DO if draft.finished else LATER) if waiting else ("done", Text("都确认了", "All agreed"))
    hint = Text("{n} 位要看过并同意", "{n:person has|people have} to read and agree").format(n=len(draft.parties))
    return Task(Text("请对方确认", "Ask the others to agree"), hint, reverse("portal:parties", args=[draft.id]), tone, state)


def _signing(draft: DraftView) -> Task:
    tone, state = ("done", Text("都签了", "All signed")) if not draft.unsigned else TO_DO if draft.finished else LATER
    link = reverse("portal:signing", args=[draft.signing]) if draft.signing else reverse("portal:parties", args=[draft.id])
    return Task(Text("签名", "Sign"), Text("各方依次签同一份文件", "Everybody signs one document, in turn"), link, tone, state)


def _letter(draft_id: UUID, letter: DraftLetter) -> Task:
    tone, state = ("done", Text("已签", "Agreed")) if letter.agreed_at else TO_DO
    hint = Text("读完再决定签不签", "Read it, then decide")
    return Task(letter.letter.name, hint, reverse("portal:letter", args=[draft_id, letter.code]), tone, state)
