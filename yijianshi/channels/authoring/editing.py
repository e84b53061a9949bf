"""A file of a proposal on its way through the editor: by form or as text, checked before or kept with a save."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict

from yijianshi.catalogue.commands import authoring as commands
from yijianshi.catalogue.logic.authoring.editing import edit, steps_of
from yijianshi.catalogue.logic.authoring.positions import Steps
from yijianshi.catalogue.logic.findings import Finding, Findings
from yijianshi.catalogue.logic.schema import KINDS
from yijianshi.catalogue.logic.yaml_lines import YamlProblem, parse_yaml
from yijianshi.catalogue.queries import authoring as catalogue
from yijianshi.catalogue.queries.authoring import FileView
from yijianshi.channels.authoring import naming
from yijianshi.channels.authoring.forms import building, placing, reading
from yijianshi.channels.authoring.forms.building import FormPage, Source
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import Invalid


class NotReadable(Invalid):
    """“{place}”里的写法读不懂：{why}

    What is written in '{place}' cannot be read: {why}
    """


@dataclass(frozen=True)
class Draft:
    """The text on the page, kept or not, with what the check says about this file and how many errors stand elsewhere."""

    file: FileView
    text: str
    findings: Sequence[Finding]
    errors_elsewhere: int

    @property
    def value(self) -> Any:
        """Return the text read as YAML, None if it cannot be."""
        try:
            return parse_yaml(self.text).value
        except YamlProblem:
            return None

    @property
    def has_form(self) -> bool:
        """Say whether this file can be shown as a form."""
        value = self.value
        return isinstance(value, dict) and str(value.get("kind")) in KINDS


@dataclass(frozen=True, slots=True)
class Desk:
    """Who edits which file of which proposal, and when."""

    proposal_id: UUID
    path: str
    by: Actor
    at: datetime


def open_draft(desk: Desk) -> Draft:
    """Return the file as the proposal has it. Raises FileNotFound."""
    card = catalogue.get_file(desk.path, desk.proposal_id, by=desk.by)
    if card.text is None:
        return Draft(card, "", card.findings, 0)
    return check(desk, card, card.text)


def check(desk: Desk, file: FileView, text: str) -> Draft:
    """Return the file with a text that is not kept, and what the check says about it."""
    return _draft(file, text, catalogue.check_text(desk.proposal_id, desk.path, text, by=desk.by))


def text_sent(draft: Draft, sent: QueryDict) -> str:
    """Return the text as a form or the text field would have it. Raises NotReadable, NoSuchPlace, TextBroken."""
    if "text" in sent:
        return str(sent["text"])
    values = _values(draft, sent)
    put = {_steps(place): value for place, value in values.put.items()}
    return edit(draft.text, put, [_steps(one) for one in values.remove], [_steps(one) for one in values.swap])


def save(desk: Desk, draft: Draft, sent: QueryDict) -> commands.Saved:
    """Keep what was sent. Raises EditedMeanwhile when somebody else saved first, NotReadable, and what the command raises."""
    revision = _number(sent.get("revision", ""))
    seen: dict[str, Any] = {"revision": revision, "base_sha": None if revision else sent.get("base_sha")}
    who: dict[str, Any] = {"by": desk.by, "at": desk.at}
    if "text" in sent:
        return commands.save_file(desk.proposal_id, desk.path, str(sent["text"]), **seen, **who)
    return commands.put_values(desk.proposal_id, desk.path, _values(draft, sent), **seen, **who)


def form(desk: Desk, draft: Draft, at: Steps) -> FormPage | None:
    """Return the page of the form at a place; None where the file has no form, or no such place."""
    if not draft.has_form:
        return None
    names = naming.words(catalogue.preview_library(desk.proposal_id, by=desk.by))
    value = draft.value
    model = KINDS[str(value["kind"])]
    found = placing.placed(draft.text, draft.findings)
    return building.page(Source(model, value, found, names), building.page_of(model, at))


def at_line(draft: Draft, line: int) -> Steps:
    """Return the place in the file that stands on a line."""
    return placing.place_at(draft.text, line)


def _draft(file: FileView, text: str, findings: Findings) -> Draft:
    here = [one for one in findings if one.where.path == file.path]
    return Draft(file, text, here, sum(one.where.path != file.path for one in findings.errors))


def _values(draft: Draft, sent: QueryDict) -> commands.Values:
    value = draft.value
    read = reading.changes(KINDS[str(value["kind"])], value, sent) if draft.has_form else reading.Read()
    for place, why in read.wrong.items():
        raise NotReadable(place="/".join(map(str, place)), why=why)
    removed = [steps_of(place) for place in sent.getlist("remove") if place.startswith("/")]
    swapped = [steps_of(place) for place in sent.getlist("swap") if place.startswith("/")]
    return commands.Values(read.put, [*read.remove, *removed], swapped)


def _steps(place: Steps | str) -> Steps:
    return steps_of(place) if isinstance(place, str) else place


def _number(word: str) -> int:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 9 else 0
