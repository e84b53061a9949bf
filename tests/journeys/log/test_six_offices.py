"""A home is sold: the six offices that share the business co-sign the log, and none signs a log that was rewritten."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from neighbours.engine.running import House
from neighbours.engine.server import up
from neighbours.systems import SYSTEMS
from tests.town import newborn
from tests.town.people import MONDAY, Town, found_town
from yijianshi.catalogue import queries as things
from yijianshi.certificates import commands as certificates
from yijianshi.certificates import faces, queries
from yijianshi.certificates.logic import offline
from yijianshi.foundation import clock
from yijianshi.foundation.models import HistoryRow
from yijianshi.foundation.transparency import reading, sequencer, tiles, witnessing
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.identity.queries.organisations import forget_organisations
from yijianshi.kernel.merkle import receipts
from yijianshi.kernel.text import Text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]
OFFICES = [one for one in SYSTEMS.values() if one.witness]


def wait_for(enough: Callable[[], bool], seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while not enough() and time.monotonic() < until:
        time.sleep(0.2)
    return enough()


def put_on_log() -> None:
    while sequencer.append():
        pass
    sequencer.sign(at=clock.now(), now=True)


def seen() -> int:
    return len(reading.latest()[0].witnesses)


def title_for(town: Town) -> bytes:
    """Issue the title of a home that changed hands, sealed by its office, and return the file."""
    office = town.organisations["government-service"]
    new = certificates.NewSeal(organisation_id=office, custodian="赵保管", rule_types=("property-title",), rule_basis="示例规则")
    certificates.make_seal(new, by=SYSTEM, at=MONDAY)
    version_id, _ = things.get_current("second-hand-home", clock.today(MONDAY))
    issue = certificates.Issue(
        type_code="property-title",
        issuer_organisation_id=office,
        holder_kind="PERSON",
        holder_person_id=town.wang_fang.person_id,
        holder_name="王芳",
        fields={"applicant.name": "王芳", "house.address": "信阳市示范路1号", "deal.new_title": "豫（2026）第0001号"},
        valid_from=date(2026, 3, 2),
        region="410105",
        version_id=version_id,
    )
    (certificate_id,) = certificates.issue([issue], by=SYSTEM, at=MONDAY)
    return certificates.get_file(certificate_id, "OFD", by=town.wang_fang.actor, at=clock.now())


@pytest.fixture
def town(transactional_db: None) -> Iterator[Town]:
    """The town with its content, in a database that is emptied afterwards: nothing remembers what was in it."""
    forget_organisations()
    faces.forget()
    found = found_town()
    newborn.publish(MONDAY)
    yield found
    forget_organisations()
    faces.forget()


def test_six_offices_witness_a_transfer_and_refuse_a_rewritten_log(live_server: LiveServer, town: Town, tmp_path: Path) -> None:
    assert len(OFFICES) == 6
    content = title_for(town)
    now = clock.now()
    assert offline.check(content, queries.trusted(at=now), at=now).seal.valid_now
    with up(OFFICES, tmp_path, House(live_server.url)) as running:
        for one in running:
            witnessing.enrol(one.system.code, Text(one.system.zh, one.system.en), one.key.public, at=now)
        put_on_log()
        assert wait_for(lambda: seen() == 6)
        line = HistoryRow.objects.get(action="seal", payload__kind="OFD").id
        verdict = receipts.check(reading.receipt(line), receipts.read_trust(reading.trust()))
        assert (verdict.included, verdict.signed, len(verdict.witnesses)) == (True, True, 6)
        _rewrite_everything()
        assert reading.latest()[0].witnesses == ()
        time.sleep(8)  # each office looks every three seconds
        assert seen() == 0


def _rewrite_everything() -> None:
    """Do what only the owner of the database can: change a line with its digest, and make log and checkpoint anew."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table in ("log_cosignature", "log_checkpoint", "log_tile"):
            cursor.execute(f"DELETE FROM foundation_{table}")
        cursor.execute(
            "UPDATE foundation_history SET leaf = %s WHERE id = %s", [bytes(32), HistoryRow.objects.order_by("id")[0].id]
        )
        cursor.execute("INSERT INTO foundation_log_queue (history_id, leaf) SELECT id, leaf FROM foundation_history")
        cursor.execute("SET session_replication_role = DEFAULT")
    put_on_log()
    assert tiles.size() == HistoryRow.objects.count()
