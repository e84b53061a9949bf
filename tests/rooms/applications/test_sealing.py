"""What is sensitive is sealed at rest and masked in logs: proven on every column of every table."""

import json
import logging
from uuid import UUID

import pytest
from django.db import connection

from tests.town import newborn
from tests.town.people import LI_QIANG, MONDAY, WANG_FANG, Town
from yijianshi.applications import queries
from yijianshi.cases import commands as cases
from yijianshi.cases import queries as desk
from yijianshi.cases.logic.corrections import CorrectionEntry
from yijianshi.foundation import history

ACCOUNT = "6222020000000000000"


@pytest.fixture
def application_id(town: Town) -> UUID:
    return newborn.apply(town, MONDAY)


def stored_text() -> dict[str, str]:
    """Return every row of every table of ours as JSON text."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT coalesce(json_agg(t), '[]')::text FROM \"{table}\" AS t")
            found[table] = cursor.fetchone()[0]
    return found


def tables_holding(secret: str) -> set[str]:
    return {table for table, text in stored_text().items() if secret in text}


def test_no_table_holds_an_id_number_or_a_bank_account_in_plain(town: Town, application_id: UUID) -> None:
    for secret in (WANG_FANG.id_number, LI_QIANG.id_number, ACCOUNT):
        assert tables_holding(secret) == set()


def test_the_results_of_departments_are_sealed_as_well(town: Town, application_id: UUID) -> None:
    for code in ("birth-certificate-first-issue", "household-registration-birth"):
        newborn.approve(town, application_id, code, MONDAY)
    facts = queries.all_facts(application_id, by=town.wang_fang.actor)
    assert str(facts["child.id_number"]).startswith("410105")
    assert tables_holding(str(facts["child.id_number"])) == set()
    assert tables_holding(str(facts["birth_certificate.number"])) == set()


def test_corrected_values_and_those_they_replace_stay_sealed_in_history(town: Town, application_id: UUID) -> None:
    case = newborn.case_of(application_id, "birth-certificate-first-issue")
    newborn.approve(town, application_id, case.item_code, MONDAY)
    newborn.approve(town, application_id, "household-registration-birth", MONDAY)
    newborn.approve(town, application_id, "resident-insurance-enrolment", MONDAY)
    case = newborn.case_of(application_id, "childcare-allowance")
    ask = cases.CorrectionRequest(case_id=case.id, entries=(CorrectionEntry("field", "bank.account", "账号少一位"),))
    cases.request_corrections([ask], by=newborn.officer_of(town, case), at=MONDAY)
    answer = cases.CorrectionAnswer(application_id=application_id, values={"bank.account": "6222020000000000018"})
    cases.answer_corrections(answer, by=town.wang_fang.actor, at=MONDAY)
    assert queries.all_facts(application_id, by=town.wang_fang.actor)["bank.account"] == "6222020000000000018"
    assert tables_holding("6222020000000000018") == tables_holding(ACCOUNT) == set()
    amended = [line.entry for line in history.list_for("application", application_id) if line.entry.action == "amend"]
    assert list(amended[0].payload["replaced"]) == ["bank.account"]


def test_no_log_line_holds_an_id_number(town: Town, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    caplog.set_level(logging.DEBUG)
    application_id = newborn.apply(town, MONDAY)
    case = newborn.case_of(application_id, "birth-certificate-first-issue")
    desk.get_case(case.id, by=newborn.officer_of(town, case), at=MONDAY)
    newborn.approve(town, application_id, case.item_code, MONDAY)
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    said = json.dumps(ours, ensure_ascii=False) + "".join(capfd.readouterr())
    assert not [secret for secret in (WANG_FANG.id_number, LI_QIANG.id_number, ACCOUNT) if secret in said]


def test_a_department_sees_what_its_item_needs_and_nothing_more(town: Town, application_id: UUID) -> None:
    case = newborn.case_of(application_id, "birth-certificate-first-issue")
    seen = {fact.name for fact in desk.get_case(case.id, by=newborn.officer_of(town, case), at=MONDAY).facts}
    assert "mother.id_number" in seen
    assert not [name for name in seen if name.startswith(("bank.", "insurance.", "household."))]
