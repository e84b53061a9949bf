"""A legal change moves open drafts to the version in force: what was typed stays, what was dropped is told, cases never move."""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.town import changed, newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications import commands, queries
from yijianshi.applications.commands.draft import DraftChangedElsewhere
from yijianshi.applications.commands.migrate import NoSuchVersion, ReasonNeeded, VersionNotInForce, VersionReplaced
from yijianshi.applications.models import Application, Letter, Material, MovedDraft
from yijianshi.catalogue import queries as catalogue
from yijianshi.foundation import files, history
from yijianshi.foundation.files.refusals import FileMissing
from yijianshi.foundation.ids import new_id
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.errors import Forbidden
from yijianshi.kernel.text import Text

CARD = "dictionary/card.yaml"
ABC = ('      - {code: ABC, label: {zh: 中国农业银行, en: "Agricultural Bank of China"}}\n', "")
WHY = Text("社保卡合作银行有变化。", "The partner banks of the card have changed.")
TODAY = MONDAY.date()


@pytest.fixture
def draft_id(town: Town) -> UUID:
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    save(town, draft_id, {"card.bank": "ABC"})
    return draft_id


def save(town: Town, draft_id: UUID, values: dict[str, Any]) -> None:
    commands.save_draft(application_id=draft_id, values=values, by=town.wang_fang.actor, at=MONDAY)


def without_abc(tmp_path: Path, **more: tuple[str, str]) -> None:
    """Publish a version in which one bank is no longer offered."""
    changed.publish(tmp_path, {CARD: ABC, **{path: change for path, change in more.items()}}, MONDAY)


def migrate(version: int = 2, reason: Text = WHY, at: datetime = MONDAY) -> commands.Migrated:
    return commands.migrate_drafts("newborn", version, reason, by=SYSTEM, at=at)


def test_what_still_exists_stays_and_what_is_gone_is_told(town: Town, draft_id: UUID, tmp_path: Path) -> None:
    before = queries.get_draft(draft_id, by=town.wang_fang.actor, at=MONDAY)
    without_abc(tmp_path)
    assert migrate() == commands.Migrated(drafts=1, with_losses=1)
    after = queries.get_draft(draft_id, by=town.wang_fang.actor, at=MONDAY)
    assert dict(after.facts) == {name: value for name, value in before.facts.items() if name != "card.bank"}
    assert after.revision == before.revision + 1
    assert after.expires_on == before.expires_on
    assert after.moved is not None
    assert after.moved.reason == WHY
    assert [(one.kind, one.name, one.label.zh) for one in after.moved.dropped] == [("fact", "card.bank", "社保卡的银行")]
    assert Application.objects.get(id=draft_id).version_id == catalogue.get_current("newborn", TODAY)[0]


def test_doing_it_again_moves_nothing_and_tells_nothing(town: Town, draft_id: UUID, tmp_path: Path) -> None:
    without_abc(tmp_path)
    migrate()
    assert migrate() == commands.Migrated(0, 0)
    assert MovedDraft.objects.filter(application_id=draft_id).count() == 1
    lines = [line.entry for line in history.list_for("application", draft_id) if line.entry.action == "migrate"]
    (line,) = lines
    assert (line.reason, line.payload["dropped"]) == (WHY.zh, ["fact:card.bank"])
    assert history.verify() is None


def test_a_submitted_application_stays_on_its_version_for_life(town: Town, tmp_path: Path) -> None:
    submitted = newborn.apply(town, MONDAY)
    row = Application.objects.get(id=submitted)
    without_abc(tmp_path)
    assert migrate() == commands.Migrated(0, 0)
    now = Application.objects.get(id=submitted)
    assert (now.version_id, now.facts, now.revision) == (row.version_id, row.facts, row.revision)


def test_a_letter_that_reads_otherwise_and_a_paper_nobody_wants_go(town: Town, draft_id: UUID, tmp_path: Path) -> None:
    by = town.wang_fang.actor
    thing = catalogue.get_current("newborn", TODAY)[1]
    commands.commit_letter(application_id=draft_id, letter="other-surname", agreed=True, by=by, at=MONDAY)
    stored = files.store(newborn.one_pixel_png(), name="旧.png", declared_type="image/png", by=by, at=MONDAY)
    Material.objects.create(
        application_id=draft_id, code="old-paper", satisfier="UPLOAD", files=[{"id": str(stored.id)}], updated_at=MONDAY
    )
    kept = Material.objects.filter(application_id=draft_id).exclude(code="old-paper").count()
    letters = {"commitments/other-surname.yaml": ("父母双方已商量一致，", "父母双方都同意，")}
    without_abc(tmp_path, **letters)
    migrate()
    assert not Letter.objects.filter(application_id=draft_id).exists()
    assert Material.objects.filter(application_id=draft_id).count() == kept
    with pytest.raises(FileMissing):
        files.describe(stored.id, by=by)
    moved = queries.get_draft(draft_id, by=by, at=MONDAY).moved
    assert moved is not None
    assert [one.kind for one in moved.dropped] == ["fact", "material", "letter"]
    assert moved.dropped[2].label == thing.letters_by_code["other-surname"].name


def test_a_page_from_before_the_move_is_told_so_when_it_saves(town: Town, draft_id: UUID, tmp_path: Path) -> None:
    revision = queries.get_draft(draft_id, by=town.wang_fang.actor, at=MONDAY).revision
    without_abc(tmp_path)
    migrate()
    with pytest.raises(DraftChangedElsewhere):
        commands.save_draft(
            application_id=draft_id, values={"child.name": "李一"}, revision=revision, by=town.wang_fang.actor, at=MONDAY
        )


def test_only_authors_and_the_system_move_drafts(town: Town, draft_id: UUID) -> None:
    clerk = next(iter(town.staff.values())).actor
    for by in (town.wang_fang.actor, clerk):
        with pytest.raises(Forbidden):
            commands.migrate_drafts("newborn", 1, WHY, by=by, at=MONDAY)


@pytest.mark.parametrize("reason", [Text("为什么", "x" * 301), Text("长" * 301, "long")])
def test_a_reason_is_a_sentence(town: Town, reason: Text) -> None:
    with pytest.raises(ReasonNeeded):
        migrate(1, reason)


def test_only_to_the_version_in_force(town: Town, draft_id: UUID, tmp_path: Path) -> None:
    later = ("effective_on: 2026-01-01", "effective_on: 2026-07-01")
    without_abc(tmp_path, **{"things/newborn/thing.yaml": later})
    with pytest.raises(VersionNotInForce, match="2026-07-01"):
        migrate()
    with pytest.raises(NoSuchVersion):
        migrate(9)
    assert catalogue.find_current_id("newborn", date(2026, 7, 1)) is not None
    july = MONDAY.replace(month=7, day=2)
    with pytest.raises(VersionReplaced, match="version 2"):
        migrate(1, at=july)
    assert migrate(at=july).drafts == 1


def test_many_drafts_cost_a_few_statements_a_batch(town: Town, draft_id: UUID, tmp_path: Path) -> None:
    row = Application.objects.get(id=draft_id)
    copies = [Application.objects.get(id=draft_id) for _ in range(30)]
    for copy in copies:
        copy.pk, copy._state.adding = new_id(), True
    Application.objects.bulk_create(copies)
    without_abc(tmp_path)
    catalogue.get_current("newborn", TODAY)
    with CaptureQueriesContext(connection) as spent:
        assert migrate().drafts == 31
    assert len(spent) <= 15
    assert not Application.objects.filter(version_id=row.version_id, state="DRAFT").exists()
