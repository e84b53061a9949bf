"""Issuing: once, sealed, numbered by the standard, told to the other rooms."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.rooms.certificates.conftest import IssueTo, marriage_of
from tests.town.people import MONDAY, Town
from yijianshi.certificates import commands, queries
from yijianshi.certificates.commands.change import NotFromThisState, ReasonNeeded
from yijianshi.certificates.commands.issue import AlreadyReplaced
from yijianshi.certificates.events import CertificateIssued
from yijianshi.certificates.faces import FaceMissing
from yijianshi.certificates.logic.states import State
from yijianshi.certificates.models import Certificate, FaceRow
from yijianshi.foundation import events, history
from yijianshi.foundation.batch import Batch
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.errors import Forbidden, NotFound
from yijianshi.kernel.identifiers.certificate_id import check_certificate_id, parse_certificate_id


def test_a_certificate_is_what_was_issued(town: Town, issue_to: IssueTo) -> None:
    certificate = queries.get_certificate(issue_to(town.wang_fang, "李强"), town.wang_fang.actor)

    assert (certificate.name.zh, certificate.holder_name, certificate.number) == ("结婚证", "王芳", "J410105-2023-000101")
    assert [(line.label.en, line.value.zh) for line in certificate.fields] == [
        ("Holder", "王芳"),
        ("Spouse", "李强"),
        ("Registered on", "2023年5月20日"),
    ]
    assert certificate.issuer_name.en == "Jinshui Government Service Office"
    assert check_certificate_id(certificate.identifier) is None
    parts = parse_certificate_id(certificate.identifier)
    assert (parts.type_code, parts.version) == ("11410000YJ0000007A002", "001")
    assert parts.serial.startswith("20260302")


def test_nothing_personal_lies_open_in_the_database_or_in_repr(town: Town, issue_to: IssueTo) -> None:
    certificate_id = issue_to(town.wang_fang, "李强")
    with connection.cursor() as cursor:
        cursor.execute("SELECT c::text FROM certificates_certificate AS c")
        (stored,) = cursor.fetchone()
    shown = repr(queries.get_certificate(certificate_id, town.wang_fang.actor)) + repr(marriage_of(town, town.wang_fang, "李强"))
    for secret in ("王芳", "李强", "J410105-2023-000101", "410105199505122264", "2023年5月20日"):
        assert secret not in stored
        assert secret not in shown


def test_a_sealed_face_copied_into_another_row_does_not_open(town: Town, issue_to: IssueTo) -> None:
    one, other = issue_to(town.wang_fang), issue_to(town.li_qiang)
    Certificate.objects.filter(pk=other).update(sealed=Certificate.objects.get(pk=one).sealed)
    with pytest.raises(Exception, match="does not open"):
        queries.get_certificate(other, town.li_qiang.actor)


def test_many_at_once_cost_no_more_queries_than_one(town: Town, issue_to: IssueTo) -> None:
    with CaptureQueriesContext(connection) as for_one:
        issue_to(town.wang_fang, case_id=uuid4())
    Certificate.objects.all().delete()
    wanted = [marriage_of(town, town.wang_fang, "李强", case_id=uuid4()) for _ in range(50)]
    with CaptureQueriesContext(connection) as for_many:
        ids = commands.issue(wanted, by=SYSTEM, at=MONDAY)
    assert _without_serials(for_many) <= _without_serials(for_one)
    assert len(set(ids)) == 50
    assert FaceRow.objects.count() == 1
    codes = set(Certificate.objects.values_list("verification_code", flat=True))
    assert len(codes) == 50
    assert all(len(code) == 20 for code in codes)


def _without_serials(queries_made: CaptureQueriesContext) -> int:
    """Count queries; a new block of serials is fetched now and then, whatever the number of certificates."""
    return sum("foundation_serial" not in query["sql"] for query in queries_made)


def test_one_case_gets_one_certificate_of_a_type(town: Town, issue_to: IssueTo) -> None:
    case = uuid4()
    assert issue_to(town.wang_fang, case_id=case) == issue_to(town.wang_fang, case_id=case)
    assert queries.ids_by_case([case, uuid4()]) == {case: [Certificate.objects.get().pk]}

    batch = Batch()
    commands.issue([marriage_of(town, town.wang_fang, "李强", case_id=case)], by=SYSTEM, at=MONDAY, batch=batch)
    with pytest.raises(IntegrityError), transaction.atomic():
        batch.flush()


def test_only_the_issuers_officers_issue(town: Town) -> None:
    wanted = [marriage_of(town, town.wang_fang, "李强")]
    commands.issue(wanted, by=town.staff["government-service"].actor, at=MONDAY)
    for by in (town.wang_fang.actor, town.staff["police"].actor):
        with pytest.raises(Forbidden):
            commands.issue(wanted, by=by, at=MONDAY)


def test_without_a_face_nothing_is_issued(town: Town) -> None:
    with pytest.raises(FaceMissing):
        commands.issue([marriage_of(town, town.wang_fang, "李强", face=None)], by=SYSTEM, at=MONDAY)
    assert not Certificate.objects.exists()


def test_issuing_is_written_down_and_told(town: Town, issue_to: IssueTo, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(events, "add", lambda batch, happened: told.extend(happened))
    application, case = uuid4(), uuid4()

    certificate_id = issue_to(town.wang_fang, application_id=application, case_id=case)

    assert told == [CertificateIssued(certificate_id, application, case)]
    (line,) = history.list_for("certificate", certificate_id)
    assert (line.entry.action, line.entry.application_id) == ("issue", application)
    assert "王芳" not in str(line.entry.payload)


def test_a_replacement_raises_the_version_and_ends_the_old_one(town: Town, issue_to: IssueTo) -> None:
    old = issue_to(town.wang_fang)
    new = issue_to(town.wang_fang, previous_id=old)

    assert queries.get_certificate(old, town.wang_fang.actor).state is State.CANCELLED
    replaced = queries.get_certificate(new, town.wang_fang.actor)
    assert (replaced.version, parse_certificate_id(replaced.identifier).version) == (2, "002")
    with pytest.raises(AlreadyReplaced):
        issue_to(town.wang_fang, previous_id=old)
    with pytest.raises(AlreadyReplaced):
        issue_to(town.li_qiang, previous_id=new)  # somebody else's


def states(ids: list[UUID]) -> list[str]:
    found = dict(Certificate.objects.filter(pk__in=ids).values_list("pk", "state"))
    return [found[each] for each in ids]


def test_states_change_by_the_table_only(town: Town, issue_to: IssueTo) -> None:
    ids = [issue_to(town.wang_fang), issue_to(town.li_qiang)]
    officer = town.staff["government-service"].actor
    commands.suspend(ids, "调查中", by=officer, at=MONDAY)
    commands.restore(ids[:1], "调查完毕", by=officer, at=MONDAY)
    assert states(ids) == ["VALID", "SUSPENDED"]
    with pytest.raises(NotFromThisState):
        commands.restore(ids, "调查完毕", by=officer, at=MONDAY)
    assert states(ids) == ["VALID", "SUSPENDED"]  # all or none
    commands.revoke(ids, "材料虚假", by=officer, at=MONDAY + timedelta(days=1))
    assert states(ids) == ["REVOKED", "REVOKED"]
    assert set(Certificate.objects.filter(pk__in=ids).values_list("state_at", flat=True)) == {MONDAY + timedelta(days=1)}
    with pytest.raises(NotFromThisState):
        commands.cancel(ids, "换证", by=officer, at=MONDAY)
    line = history.list_for("certificate", ids[0])[-1].entry
    assert (line.from_state, line.to_state, line.basis) == ("VALID", "REVOKED", "行政许可法第六十九条")


def test_nobody_else_changes_a_state_and_never_without_a_reason(town: Town, issue_to: IssueTo) -> None:
    ids = [issue_to(town.wang_fang)]
    for by in (town.wang_fang.actor, town.staff["police"].actor):
        with pytest.raises(NotFound):
            commands.revoke(ids, "因为", by=by, at=MONDAY)
    with pytest.raises(ReasonNeeded):
        commands.revoke(ids, "  ", by=SYSTEM, at=MONDAY)
    with pytest.raises(NotFound):
        commands.revoke([*ids, uuid4()], "因为", by=SYSTEM, at=MONDAY)
    assert states(ids) == ["VALID"]


def test_evidence_and_faces_only_grow(town: Town, issue_to: IssueTo) -> None:
    issue_to(town.wang_fang, valid_to=date(2030, 1, 1))
    with pytest.raises(Exception, match="只能追加"), transaction.atomic():
        FaceRow.objects.all().delete()
