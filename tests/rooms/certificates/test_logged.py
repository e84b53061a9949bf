"""``log verify`` compares certificates with their history and names the one that was touched."""

import pytest
from django.db import connection

from tests.rooms.certificates.conftest import IssueTo
from tests.town.people import MONDAY, Town
from yijianshi.certificates import commands
from yijianshi.foundation.transparency import checking, sequencer
from yijianshi.identity.logic.actor import SYSTEM


def findings() -> list[str]:
    while sequencer.append():
        pass
    return [one.text.zh for one in checking.check().findings]


def test_whole_certificates_have_no_findings(town: Town, issue_to: IssueTo) -> None:
    first, second = issue_to(town.wang_fang), issue_to(town.li_qiang)
    commands.suspend([first], "核实中", by=SYSTEM, at=MONDAY)
    commands.revoke([second], "依法撤销", by=SYSTEM, at=MONDAY)
    assert findings() == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE certificates_certificate SET digest = '\\x00' WHERE id = %s", "内容与签发时不同"),
        ("UPDATE certificates_certificate SET identifier = identifier || 'X' WHERE id = %s", "内容与签发时不同"),
        ("UPDATE certificates_certificate SET sealed = 'sm4:t2:AAAA' WHERE id = %s", "内容与签发时不同"),
        ("UPDATE certificates_certificate SET state = 'REVOKED' WHERE id = %s", "状态是 REVOKED，记录里是 VALID"),
        ("DELETE FROM certificates_certificate WHERE id = %s", "被删除"),
    ],
)
def test_a_touched_certificate_is_named(town: Town, issue_to: IssueTo, change: str, told: str) -> None:
    certificate_id = issue_to(town.wang_fang)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(change, [certificate_id])
        cursor.execute("SET session_replication_role = DEFAULT")
    (found,) = findings()
    assert str(certificate_id) in found
    assert told in found
