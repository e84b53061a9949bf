"""Materials: met by what exists, uploaded where nothing does, within limits; letters kept as they were shown."""

from uuid import UUID, uuid4

import pytest

from tests.town import newborn, papers
from tests.town.people import MONDAY, Town
from yijianshi.applications import commands, queries
from yijianshi.applications.commands.draft import NotAgreed, NotThisMaterial, TooManyFiles
from yijianshi.applications.models import Letter, Material
from yijianshi.applications.queries.views import DraftMaterial
from yijianshi.certificates import queries as certificates
from yijianshi.foundation import files
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.errors import NotFound

MARRIAGE = "marriage-certificate"
ITEM = "item:household-registration-birth"


@pytest.fixture
def draft_id(town: Town) -> UUID:
    answers = {"applicant.relation": "MOTHER", "parents.marital_status": "MARRIED", "birth_certificate.status": "NOT_YET"}
    return commands.start(thing_code="newborn", answers=answers, declined=(), by=town.wang_fang.actor, at=MONDAY)


def material(town: Town, draft_id: UUID, code: str = MARRIAGE) -> DraftMaterial:
    view = queries.get_draft(draft_id, by=town.wang_fang.actor, at=MONDAY)
    return next(one for one in view.materials if one.planned.code == code)


def upload(town: Town, draft_id: UUID, code: str = MARRIAGE, count: int = 1) -> list[UUID]:
    by = town.wang_fang.actor
    png = newborn.one_pixel_png()
    ids = [files.store(png, name=f"{n}.png", declared_type="image/png", by=by, at=MONDAY).id for n in range(count)]
    commands.attach(application_id=draft_id, material=code, file_ids=ids, by=by, at=MONDAY)
    return ids


def choose(town: Town, draft_id: UUID, satisfier: str, code: str = MARRIAGE) -> None:
    commands.choose(application_id=draft_id, material=code, satisfier=satisfier, by=town.wang_fang.actor, at=MONDAY)


def test_a_certificate_in_the_wallet_saves_the_upload(town: Town, draft_id: UUID) -> None:
    assert material(town, draft_id).planned.status == "TO_UPLOAD"
    held = papers.give_marriage_certificate(town)
    planned = material(town, draft_id).planned
    assert (planned.status, planned.satisfier, planned.refs) == ("SATISFIED", "E_CERTIFICATE", (str(held),))
    assert "UPLOAD" in planned.alternatives


def test_using_a_certificate_leaves_evidence_of_what_for(town: Town) -> None:
    held = papers.give_marriage_certificate(town)
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    newborn.submit(draft_id, town.wang_fang.actor, MONDAY)
    row = Material.objects.get(application_id=draft_id, code=MARRIAGE)
    assert (row.satisfier, row.evidence["refs"]) == ("E_CERTIFICATE", [str(held)])
    assert "birth-certificate-first-issue" in row.evidence["needed_by"]
    uses = certificates.list_uses(held, by=town.wang_fang.actor)
    assert {use.application_id for use in uses} == {draft_id}
    assert len(uses) == len(row.evidence["needed_by"])


def test_another_way_can_be_chosen_and_then_has_to_be_followed(town: Town, draft_id: UUID) -> None:
    papers.give_marriage_certificate(town)
    choose(town, draft_id, "UPLOAD")
    chosen = material(town, draft_id)
    assert chosen.planned.status == "TO_UPLOAD"
    assert chosen.problem is not None
    upload(town, draft_id)
    assert material(town, draft_id).problem is None


def test_a_way_the_material_does_not_know_is_refused(town: Town, draft_id: UUID) -> None:
    with pytest.raises(NotThisMaterial):
        choose(town, draft_id, "COMMITMENT")
    with pytest.raises(NotThisMaterial):
        choose(town, draft_id, "UPLOAD", "no-such-material")


def test_handing_in_later_is_not_offered_for_what_must_be_there_at_once(town: Town, draft_id: UUID) -> None:
    with pytest.raises(NotThisMaterial):
        choose(town, draft_id, "DEFERRED")
    assert material(town, draft_id).planned.status == "TO_UPLOAD"


def test_more_files_than_the_material_takes_are_refused(town: Town, draft_id: UUID) -> None:
    upload(town, draft_id, count=4)
    with pytest.raises(TooManyFiles):
        upload(town, draft_id)
    assert len(material(town, draft_id).files) == 4


def test_nobody_attaches_what_somebody_else_uploaded(town: Town, draft_id: UUID) -> None:
    by = town.stranger.actor
    stranger = files.store(newborn.one_pixel_png(), name="x.png", declared_type="image/png", by=by, at=MONDAY)
    for file_id in (stranger.id, uuid4()):
        with pytest.raises(NotFound):
            commands.attach(application_id=draft_id, material=MARRIAGE, file_ids=[file_id], by=town.wang_fang.actor, at=MONDAY)
    assert material(town, draft_id).files == ()


def test_files_stay_with_the_application_through_submission(town: Town) -> None:
    by = town.wang_fang.actor
    draft_id = newborn.fill_in(by, MONDAY)
    before = {row.code: row.files for row in Material.objects.filter(application_id=draft_id) if row.files}
    newborn.submit(draft_id, by, MONDAY)
    after = {one.code: one.files for one in queries.materials_of(draft_id)}
    assert before
    assert {code: after[code] for code in before} == before
    assert files.open_file(UUID(before[MARRIAGE][0]["id"]))[1] == newborn.one_pixel_png()


def test_a_letter_is_kept_as_it_was_shown_with_signer_and_moment(town: Town) -> None:
    by = town.wang_fang.actor
    answers = {"applicant.relation": "MOTHER", "parents.marital_status": "UNMARRIED", "child.surname_follows": "OTHER"}
    draft_id = commands.start(thing_code=ITEM, answers=answers, declined=(), by=by, at=MONDAY)
    view = queries.get_draft(draft_id, by=by, at=MONDAY)
    codes = [letter.code for letter in view.letters]
    assert len(codes) == 2
    with pytest.raises(NotAgreed):
        commands.commit_letter(application_id=draft_id, letter=codes[0], agreed=False, by=by, at=MONDAY)
    with pytest.raises(NotFound):
        commands.commit_letter(application_id=draft_id, letter="no-such-letter", agreed=True, by=by, at=MONDAY)
    assert material(town, draft_id, "nonmarital-statement").problem is not None
    for code in codes:
        commands.commit_letter(application_id=draft_id, letter=code, agreed=True, by=by, at=MONDAY)
    assert material(town, draft_id, "nonmarital-statement").problem is None
    kept = Letter.objects.get(application_id=draft_id, code=codes[0])
    assert (kept.signer, kept.agreed_at) == ("王芳", MONDAY)
    assert kept.content == view.thing.letters_by_code[codes[0]].model_dump(mode="json")


def test_the_house_itself_reads_every_application(town: Town, draft_id: UUID) -> None:
    assert queries.get_application(draft_id, by=SYSTEM).id == draft_id
