"""A home is sold, whole: two people sign, six offices decide in order, the title is sealed, and anybody verifies all of it."""

import argparse
import json
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.town import home, newborn
from tests.town.people import MONDAY, Town, found_town
from yijianshi.applications import queries as applications
from yijianshi.cases import commands as cases
from yijianshi.cases import queries
from yijianshi.cases.models import Case
from yijianshi.certificates import commands as certificates
from yijianshi.certificates import queries as issued
from yijianshi.certificates.logic import offline
from yijianshi.config.commands import verify
from yijianshi.foundation import files
from yijianshi.foundation.transparency import checking, sequencer
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.identity.queries.organisations import forget_organisations

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]
ORDER = [
    "home-sale-contract-filing",
    "deed-tax",
    "property-transfer-registration",
    "water-account-transfer",
    "power-account-transfer",
    "gas-account-transfer",
]


@pytest.fixture
def town(transactional_db: None) -> Town:
    forget_organisations()
    founded = found_town()
    home.found_offices(founded, MONDAY)
    newborn.publish(MONDAY)
    return founded


def seals_for(town: Town, application_id: UUID) -> None:
    """Make a seal for each office that decides, to be used by rule."""
    for office in set(Case.objects.filter(application_id=application_id).values_list("organisation_id", flat=True)):
        new = certificates.NewSeal(organisation_id=office, custodian="赵保管", rule_types=("*",), rule_basis="示例规则")
        certificates.make_seal(new, by=SYSTEM, at=MONDAY)


def states(application_id: UUID) -> dict[str, str]:
    return dict(Case.objects.filter(application_id=application_id).values_list("item_code", "state"))


def written(town: Town, application_id: UUID, folder: Path, at: datetime) -> tuple[Path, list[Path], Path]:
    """Write the signed contract, all sealed files with it, and the file of those to trust."""
    hers, paths = town.wang_fang.actor, []
    for one in issued.list_held(town.wang_fang.person_id, hers):
        for kind in ("PDF", "OFD"):
            path = folder / f"{one.type_code}.{kind.lower()}"
            path.write_bytes(certificates.get_file(one.id, kind, by=hers, at=at))
            paths.append(path)
    signed = applications.signed_file(application_id, "property-transfer-registration")
    assert signed is not None
    contract = folder / "contract.pdf"
    contract.write_bytes(files.open_file(signed.id)[1])
    trust = folder / "trust.json"
    roots = [der.hex() for der in issued.root_certificates()]
    lists = [der.hex() for der in issued.revocation_lists(at=at)]
    trust.write_text(json.dumps({"roots": roots, "lists": lists}))
    return contract, [*paths, contract], trust


def test_signed_decided_sealed_and_verified(town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    application_id = home.apply(town, MONDAY)
    seals_for(town, application_id)
    at, done = MONDAY, []
    while item := home.approve_next(town, application_id, at := at + timedelta(hours=1)):
        done.append(item)
    assert sorted(done) == sorted(ORDER)
    assert done[:3] == ORDER[:3]
    ended = {"COMPLETED", "DECIDED"}
    assert set(states(application_id).values()) <= ended
    while certificates.seal_due(at=at):
        pass
    hers = town.wang_fang.actor
    held = issued.list_held(town.wang_fang.person_id, hers)
    assert "property-title" in {one.type_code for one in held}
    contract, paths, trust = written(town, application_id, tmp_path, at)
    trusted = offline.read_trust(json.loads(trust.read_text()))
    for path in paths:
        assert offline.check(path.read_bytes(), trusted, at=at).seal.valid_now, path.name
    both = offline.check(contract.read_bytes(), trusted, at=at).signatures
    assert [one.says["签署人"] for one in both] == ["李强", "王芳"]
    assert verify.run(argparse.Namespace(files=paths, trust=trust, ended=None)) == 0
    told = capsys.readouterr().out
    assert "李强" in told
    assert "✗" not in told
    while sequencer.append():
        pass
    sequencer.sign(at=at, now=True)
    tally = checking.check()
    assert tally.findings == []
    assert tally.waiting == 0
    actions = {line.text.zh for line in queries.progress(application_id, by=hers, at=at).history}
    assert {"签了名", "提交申请"} <= actions


def test_where_the_tax_office_refuses_nothing_behind_it_goes_on(town: Town) -> None:
    application_id = home.apply(town, MONDAY)
    seals_for(town, application_id)
    assert home.approve_next(town, application_id, MONDAY) == ORDER[0]
    tax = newborn.case_of(application_id, "deed-tax")
    by = newborn.officer_of(town, tax)
    cases.accept([tax.id], by=by, at=MONDAY)
    cases.refuse([cases.Refusal(case_id=tax.id, reason="价格低于核定")], by=by, at=MONDAY)
    after = states(application_id)
    assert after["home-sale-contract-filing"] in {"COMPLETED", "DECIDED"}
    assert after["deed-tax"] == "REFUSED"
    assert after["property-transfer-registration"] == "TERMINATED"
    certificates.seal_due(at=MONDAY)
    held = issued.list_held(town.wang_fang.person_id, town.wang_fang.actor)
    assert "property-title" not in {one.type_code for one in held}
