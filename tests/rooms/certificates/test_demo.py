"""The demonstration's people and what they hold, from the real content."""

from typing import Any

import pytest
import yaml
from django.conf import LazySettings

from tests.town.people import MONDAY
from yijianshi.certificates import demo as certificates_demo
from yijianshi.certificates import queries
from yijianshi.certificates.models import Certificate
from yijianshi.foundation import clock
from yijianshi.identity import commands, demo
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import SYSTEM, PrincipalKind, Role
from yijianshi.identity.logic.mandates import MandateKind
from yijianshi.identity.models import Account, Mandate, Organisation
from yijianshi.identity.queries.organisations import forget_organisations
from yijianshi.kernel.errors import Forbidden, NotFound


@pytest.fixture
def demo_town(db: None, settings: LazySettings) -> Any:
    forget_organisations()
    settings.DEMO = True
    files = sorted((settings.CONTENT_DIR / "orgs").glob("*.yaml"))
    rows = [row for file in files for row in yaml.safe_load(file.read_text(encoding="utf-8"))["organisations"]]
    commands.import_organisations(rows, by=SYSTEM, at=MONDAY)
    demo.seed(settings.CONTENT_DIR, MONDAY)
    certificates_demo.seed(settings.CONTENT_DIR, MONDAY)
    return settings


def test_everybody_is_there_once_however_often_one_seeds(demo_town: Any) -> None:
    counts = [model.objects.count() for model in (Account, Mandate, Certificate)]
    demo.seed(demo_town.CONTENT_DIR, MONDAY)
    certificates_demo.seed(demo_town.CONTENT_DIR, MONDAY)
    assert [model.objects.count() for model in (Account, Mandate, Certificate)] == counts
    assert set(Account.objects.values_list("is_demo", flat=True)) == {True}


def test_the_mother_holds_what_she_needs_and_may_use_the_fathers(demo_town: Any) -> None:
    mother = commands.enter_demo("wangfang", MONDAY).actor
    held = {certificate.type_code for certificate in queries.list_held(mother.person_id, mother)}
    assert held == {"resident-id-card", "marriage-certificate", "household-register"}
    kinds = {(card.kind, card.principal_name) for card in identity.list_mandates(mother) if card.is_received}
    assert (MandateKind.SPOUSE, "李强") in kinds


def test_every_certificate_of_the_demonstration_makes_a_document_without_bare_labels(demo_town: Any) -> None:
    for row in Certificate.objects.all():
        certificate = queries.get_certificate(row.pk, SYSTEM)
        assert queries.render_pdf(certificate).startswith(b"%PDF")
        assert [line.name for line in certificate.fields if line.label.zh == line.name] == []


def test_each_certificate_was_issued_on_its_own_day(demo_town: Any) -> None:
    assert all(clock.today(row.issued_at) == row.valid_from for row in Certificate.objects.all())


def test_the_owner_represents_the_restaurant(demo_town: Any) -> None:
    owner = commands.enter_demo("chenming", MONDAY).actor
    (mandate,) = [card for card in identity.list_mandates(owner) if card.principal_kind is PrincipalKind.ENTERPRISE]
    acting = identity.get_actor(owner.account_id, mandate.id, at=MONDAY)
    held = {certificate.type_code for certificate in queries.list_held(acting.subject_id, acting)}
    assert held <= {"business-licence"}


def test_every_department_has_an_officer_and_a_head_and_all_can_enter(demo_town: Any) -> None:
    roles: dict[str, set[Role]] = {}
    for account in identity.list_staff_accounts_demo():
        assert commands.log_in(account.username, account.password, "127.0.0.1", MONDAY).actor.name == account.name
        if account.organisation:
            roles.setdefault(account.organisation.en, set()).update(account.roles)
    everywhere = set(Organisation.objects.filter(region_code="410105").values_list("name_en", flat=True))
    assert {name for name, found in roles.items() if {Role.CLERK, Role.OFFICER, Role.HEAD} <= found} == everywhere


def test_outside_demo_mode_nobody_is_seeded_listed_or_let_in(demo_town: Any) -> None:
    demo_town.DEMO = False
    assert identity.list_staff_accounts_demo() == []
    with pytest.raises(Forbidden):
        demo.seed(demo_town.CONTENT_DIR, MONDAY)
    with pytest.raises(NotFound):
        commands.enter_demo("wangfang", MONDAY)
