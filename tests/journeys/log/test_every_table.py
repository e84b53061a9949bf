"""Whatever the owner of the database changes behind the house's back, in whichever table, is named by ``log verify``."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from tests.town import home, newborn
from tests.town.people import LI_QIANG, MONDAY, Town, found_town
from tests.town.tampering import told_of
from yijianshi.cases import commands as cases
from yijianshi.cases.models import Case
from yijianshi.certificates import commands as certificates
from yijianshi.foundation import clock
from yijianshi.foundation.transparency import checking, mirrors, sequencer
from yijianshi.identity import commands as identity
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.identity.queries.organisations import forget_organisations

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(180)]
_ONE = "(SELECT id FROM {} ORDER BY id LIMIT 1)"
TAMPERINGS = {
    "UPDATE cases_case SET state = 'REFUSED' WHERE state = 'COMPLETED'": "的 state 与第",
    "UPDATE cases_case SET legal_due_on = legal_due_on + 9 WHERE legal_due_on IS NOT NULL": "的 legal_due_on 与第",
    "UPDATE cases_case SET received_on = received_on - 1 WHERE state = 'REFUSED'": "的 received_on 与第",
    "DELETE FROM cases_case WHERE state = 'REFUSED'": "说的办件",
    "UPDATE cases_decision SET reason = '材料齐全' WHERE outcome = 'REFUSED'": "的 reason 与第",
    "UPDATE cases_decision SET basis = '另一条' WHERE outcome = 'REFUSED'": "的 basis 与第",
    "UPDATE cases_decision SET decided_at = decided_at - interval '3 days'": "的 decided_at 与第",
    "UPDATE cases_decision SET outcome = 'APPROVED' WHERE outcome = 'REFUSED'": "没有历史",
    f"DELETE FROM cases_clock_entry WHERE id = {_ONE.format('cases_clock_entry')}": "说的办件计时记录",
    "UPDATE cases_clock_entry SET by = '别人' WHERE kind = 'STOPPED'": "的 by 与第",
    "UPDATE applications_application SET submitted_at = submitted_at - interval '1 day'": "的 submitted_at 与第",
    "DELETE FROM applications_application WHERE thing_code = 'newborn'": "说的申请",
    "DELETE FROM applications_confirmation": "说的当事人的答复",
    "UPDATE applications_signature SET method = 'HAND'": "的 method 与第",
    "UPDATE applications_signature SET sha256 = repeat('0', 64)": "没有历史",
    "DELETE FROM applications_signing_round": "说的待签文件",
    "UPDATE certificates_certificate SET issued_at = issued_at - interval '1 day'": "的 issued_at 与第",
    "UPDATE certificates_sealedfile SET sha256 = repeat('0', 64)": "的 sha256 与第",
    "UPDATE certificates_seal SET ended_at = now()": "电子印章",
    "DELETE FROM certificates_personalseal": "说的个人签名章",
    "UPDATE identity_mandate SET state = 'ACTIVE', revoked_at = NULL": "说的授权",
    "UPDATE catalogue_publishedthing SET sha = repeat('0', 64) WHERE code = 'newborn'": "的 sha 与第",
}
INSIDE = {
    "UPDATE catalogue_publishedthing SET content = content || '{\"domain\": \"x\"}' WHERE code = 'newborn'": "版内容被改过",
    "UPDATE applications_application SET facts = facts || '{\"buyer.note\": 1}' WHERE number IS NOT NULL": "填写的内容",
    "UPDATE applications_application SET facts = facts - (SELECT min(k) FROM jsonb_object_keys(facts) k)": "填写的内容",
    "UPDATE applications_result_fact SET value = '\"1\"'": "的决定产生的信息",
}


@pytest.fixture
def busy(db: None) -> Town:
    """A birth and a sale under way: decided, refused, signed, sealed, a mandate given and taken back, all of it on the log."""
    forget_organisations()
    town = found_town()
    home.found_offices(town, MONDAY)
    newborn.publish(MONDAY)
    born, sold = newborn.apply(town, MONDAY), home.apply(town, MONDAY)
    offices = Case.objects.filter(application_id=born, state="RECEIVED").order_by("position")
    for case in offices[:2]:
        rule = certificates.NewSeal(
            organisation_id=case.organisation_id, custodian="赵保管", rule_types=("*",), rule_basis="示例规则"
        )
        certificates.make_seal(rule, by=SYSTEM, at=MONDAY)
        newborn.approve(town, born, case.item_code, MONDAY)
    first = Case.objects.filter(application_id=sold, state="RECEIVED").order_by("position")[0]
    by = newborn.officer_of(town, first)
    cases.accept([first.id], by=by, at=MONDAY + timedelta(hours=1))
    cases.refuse([cases.Refusal(case_id=first.id, reason="面积与登记簿不符")], by=by, at=MONDAY + timedelta(hours=2))
    while certificates.seal_due(at=MONDAY):
        pass
    last_day = clock.today(MONDAY) + timedelta(days=30)
    agent = identity.Appointment(agent_name=LI_QIANG.name, agent_id_number=LI_QIANG.id_number, valid_to=last_day)
    given = identity.appoint_agent(agent, by=town.wang_fang.actor, at=MONDAY)
    identity.revoke_mandate(given, by=town.wang_fang.actor, at=MONDAY)
    while sequencer.append():
        pass
    sequencer.sign(at=MONDAY + timedelta(hours=3), now=True)
    return town


def told_with_answers(sql: str) -> list[str]:
    """Return what the whole check says of rows, the answers and results inside them with the rest."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET session_replication_role = DEFAULT")
        found = [one.text.zh for one in checking.check().findings if one.kind == "row"]
        transaction.set_rollback(True)
    return found


def test_each_tampering_is_named_and_nothing_else_is(busy: Town) -> None:
    assert checking.check().findings == []
    assert [sql for sql, told in TAMPERINGS.items() if told not in "\n".join(told_of(sql))] == []
    assert checking.check().findings == []


def test_answers_and_results_are_compared_by_their_digest(busy: Town) -> None:
    assert [sql for sql, told in INSIDE.items() if told not in "\n".join(told_with_answers(sql))] == []


def test_every_declared_table_has_rows_of_its_own_tampered_with(busy: Town) -> None:
    untouched = {table for table in mirrors.tables() if not any(table in sql for sql in TAMPERINGS)}
    assert untouched == {"certificates_certificateuse", "cases_archive", "exchange_read", "crossregion_passage"}  # other tests
