"""The correction builder: every fact and material to be ticked and explained; later only the points of the first notice."""

from collections.abc import Sequence
from dataclasses import dataclass

from yijianshi.cases.queries.views import CaseView
from yijianshi.channels.shared import fields
from yijianshi.channels.workbench.checking import Problem
from yijianshi.channels.workbench.forms import Sent
from yijianshi.channels.workbench.presenting.case import fact_groups
from yijianshi.kernel.text import Text

PHRASES = (
    Text("照片看不清，请在光线好的地方重新拍。", "The photo is not legible; please take it again in good light."),
    Text("缺页，请把每一页都上传。", "Pages are missing; please upload every page."),
    Text("与证件不一致，请按证件填写。", "It differs from the document; please fill it in as the document says."),
    Text("证件已过期，请上传有效的。", "The document has expired; please upload a valid one."),
)
MATERIALS = Text("材料", "Materials")
_CERTIFIED = Text(
    "{names}：已经写在签发了的“{certificate}”上，不能请申请人改。有误请找办理“{item}”的部门更正证照。",
    '{names}: on the "{certificate}" already issued, so not for the applicant to change. If it is wrong, ask whoever handles '
    '"{item}" to correct the certificate.',
)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that may be asked to be corrected."""

    key: str
    id: str
    label: Text
    now: Text | None
    ticked: bool
    text: str
    problem: Text | None


@dataclass(frozen=True, slots=True)
class PointGroup:
    """Points about one person, subject, or the materials."""

    label: Text
    points: Sequence[Point]


def builder(case: CaseView, sent: Sent, problems: Sequence[Problem]) -> list[PointGroup]:
    """Return the points by group: neither results of earlier items, nor what an issued certificate states."""
    told = {(entry["kind"], entry["name"]) for entry in case.corrections[0].entries} if case.corrections else None
    picks = {pick.key: pick.text for pick in sent.picks}
    wrong = {problem.name: problem.text for problem in problems}

    def point(kind: str, name: str, label: Text, now: Text | None) -> Point:
        key = f"{kind}:{name}"
        identifier = fields.field_id(key.replace(":", "-"))
        return Point(key, identifier, label, now, key in picks, picks.get(key, ""), wrong.get(key))

    groups = [
        PointGroup(
            group.label,
            [
                point("field", fact.name, fact.label, fact.value)
                for fact in group.facts
                if not fact.from_result and not fact.certified and _may("field", fact.name, told)
            ],
        )
        for group in fact_groups(case)
    ]
    materials = [point("material", row.code, row.name, row.how) for row in case.materials if _may("material", row.code, told)]
    return [group for group in [PointGroup(MATERIALS, materials), *groups] if group.points]


def certified(case: CaseView) -> list[Text]:
    """Return, for each certificate of this application, why its contents are not offered; empty when there is none."""
    found: dict[tuple[Text, Text], list[Text]] = {}
    for fact in case.facts:
        if fact.certified and not fact.from_result:
            found.setdefault((fact.certified.certificate, fact.certified.item), []).append(fact.label)
    return [
        _CERTIFIED.format(names=_joined(names), certificate=certificate, item=item)
        for (certificate, item), names in found.items()
    ]


def _joined(names: Sequence[Text]) -> Text:
    return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))


def _may(kind: str, name: str, told: set[tuple[str, str]] | None) -> bool:
    return told is None or (kind, name) in told
