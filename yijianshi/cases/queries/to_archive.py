"""What goes into the archive package of one ended case: everything the file on paper would hold."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from yijianshi.applications import queries as applications
from yijianshi.applications.queries.display import display
from yijianshi.cases.logic.nature import state_text
from yijianshi.cases.logic.states import State
from yijianshi.cases.models import Case, CaseArchive, Decision
from yijianshi.cases.queries.case_page import materials_of_item
from yijianshi.cases.queries.items import thing_of
from yijianshi.catalogue.logic.code_tables import TASK_TYPE
from yijianshi.certificates import queries as certificates
from yijianshi.foundation import clock, files, history
from yijianshi.identity import queries as identity
from yijianshi.kernel.archive import CasePackage, Item, Paper, Role, Step
from yijianshi.kernel.archive.retention import Outcome, Suggestion, suggest
from yijianshi.kernel.text import Text

_PDF = "application/pdf"
_FORM = Text("申请内容", "Application")
_DECISION = Text("决定", "Decision")
_STANDS_FOR = Text("免交材料说明", "In place of a paper")
_OUTCOMES = {State.COMPLETED: Outcome.GRANTED, State.WITHDRAWN: Outcome.WITHDRAWN, State.TERMINATED: Outcome.WITHDRAWN}
_ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "application/ofd": "ofd"}


def list_unarchived(before: datetime, most: int) -> list[UUID]:
    """Return cases that ended before that moment and are not put away yet, the earliest first."""
    rows = Case.objects.filter(is_open=False, ended_at__lt=before, archive__isnull=True).order_by("ended_at")
    return list(rows.values_list("id", flat=True)[:most])


def list_due(today: datetime, most: int) -> list[tuple[str, CaseArchive]]:
    """Return case number and archive of those whose period is over on the day of that moment."""
    rows = CaseArchive.objects.filter(destroy_on__lte=clock.today(today)).select_related("case").order_by("destroy_on")
    return [(row.case.number, row) for row in rows[:most]]


def find_archive(number: str) -> CaseArchive | None:
    """Return the archive of the case with this number."""
    return CaseArchive.objects.filter(case__number=number).select_related("case").first()


def package_of(case: Case, certificate_files: list[tuple[str, bytes]]) -> tuple[CasePackage, Suggestion]:
    """Return everything about an ended case, and how long it is suggested to be kept."""
    thing, ended_at = thing_of(case.version_id), case.ended_at or case.updated_at
    item, state = thing.item(case.item_code), State(case.state)
    period = suggest(TASK_TYPE[item.task_type].zh if item.task_type in TASK_TYPE else "", _OUTCOMES.get(state, Outcome.REFUSED))
    decision = Decision.objects.filter(case=case).first()
    papers = [_form(case, ended_at), *_materials(case, ended_at)]
    if decision:
        papers.append(_decision(case, decision))
    papers += [
        Paper(f"结果-{number:02d}-{name}.pdf", name, content, _PDF, Role.RESULT, ended_at, "电子证照")
        for number, (name, content) in enumerate(certificate_files, 1)
    ]
    has_result = any(paper.role is Role.RESULT for paper in papers)
    package = CasePackage(
        number=case.number,
        title=f"{thing.name.zh}：{item.name.zh}",
        items=(Item(item.code, item.name.zh),),
        organisation=identity.get_organisation(case.organisation_id).name.zh,
        applicant=case.applicant_label,
        opened_at=case.created_at,
        closed_at=max(ended_at, case.created_at),
        outcome=state_text(state, item.nature).zh,
        retention=period.retention,
        papers=tuple(papers),
        steps=_steps(case),
        extra=(("申请编号", case.application_number),),
        required=(Role.APPLICATION, Role.RESULT) if has_result else (Role.APPLICATION,),
    )
    return package, period


def _form(case: Case, at: datetime) -> Paper:
    thing = thing_of(case.version_id)
    facts = applications.facts_for_cases([(case.application_id, case.item_code)])[case.application_id, case.item_code]
    lines = []
    for name, value in facts.items():
        element = thing.element(name)
        shown = display(element, value)
        if shown is not None:
            lines.append((element.label, shown))
    content = certificates.render_note(_FORM, lines, case.number, at=at)
    return Paper("申请-申请内容.pdf", _FORM.zh, content, _PDF, Role.APPLICATION, case.created_at, "网上申请")


def _materials(case: Case, at: datetime) -> Iterator[Paper]:
    thing = thing_of(case.version_id)
    for number, row in enumerate(materials_of_item(thing, thing.item(case.item_code), case.application_id), 1):
        if row.evidence is not None:
            content = certificates.render_note(_STANDS_FOR, [(row.name, row.evidence)], case.number, at=at)
            yield Paper(f"材料-{number:02d}-说明.pdf", row.name.zh, content, _PDF, Role.MATERIAL, at, row.how.zh)
        for place, one in enumerate(row.files, 1):
            ref, content = files.open_file(UUID(one["id"]))
            name = f"材料-{number:02d}-{place:02d}.{_ENDINGS[ref.mime]}"
            yield Paper(name, row.name.zh, content, ref.mime, Role.MATERIAL, case.created_at, row.how.zh)


def _decision(case: Case, decision: Decision) -> Paper:
    item = thing_of(case.version_id).item(case.item_code)
    outcome = state_text(State(case.state), item.nature)
    lines = [(Text("文书编号", "Document"), Text(decision.document_no, decision.document_no)), (_DECISION, outcome)]
    if decision.reason:
        lines.append((Text("理由", "Reason"), Text(decision.reason, decision.reason)))
    if decision.basis:
        lines.append((Text("依据", "Basis"), Text(decision.basis, decision.basis)))
    content = certificates.render_note(_DECISION, lines, case.number, at=decision.decided_at)
    return Paper("结果-00-决定.pdf", _DECISION.zh, content, _PDF, Role.RESULT, decision.decided_at, "审批部门")


def _steps(case: Case) -> tuple[Step, ...]:
    lines = history.load([line.id for line in history.list_for("case", case.id)])
    return tuple(
        Step(
            at=line["at"],
            actor=line["actor_name"],
            action=line["action"],
            from_state=line["from_state"],
            to_state=line["to_state"],
            reason=line["reason"],
            basis=line["basis"],
            leaf=line.leaf.hex(),
        )
        for line in lines
    )
