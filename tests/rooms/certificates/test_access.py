"""Who sees, uses and verifies a certificate, and who does not."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tests.rooms.certificates.conftest import IssueTo
from tests.town.people import MONDAY, Town, acting_for
from tests.town.tampering import told_of
from yijianshi.certificates import commands, queries
from yijianshi.certificates.commands import Use
from yijianshi.certificates.commands.use import NotUsable, NotYoursToUse
from yijianshi.certificates.models import CertificateUse
from yijianshi.certificates.queries import UnknownCode
from yijianshi.foundation.batch import Batch
from yijianshi.identity import commands as identity
from yijianshi.identity.commands.throttle import TooManyRequests
from yijianshi.identity.logic.actor import ANONYMOUS, SYSTEM, Actor
from yijianshi.kernel.errors import NotFound

APPLICATION = uuid4()


def may_see(certificate_id: UUID, by: Actor) -> bool:
    try:
        return queries.get_certificate(certificate_id, by).id == certificate_id
    except NotFound:
        return False


def use(certificate_id: UUID, by: Actor, *, purpose: str = "newborn", organisation_id: UUID | None = None) -> None:
    one = Use(
        certificate_id=certificate_id,
        application_id=APPLICATION,
        item_codes=["household-registration-birth"],
        organisation_id=organisation_id,
    )
    commands.use([one], purpose=purpose, by=by, at=MONDAY)


def test_the_holder_and_the_issuer_see_it_and_nobody_else(town: Town, issue_to: IssueTo) -> None:
    certificate_id = issue_to(town.li_qiang)
    assert may_see(certificate_id, town.li_qiang.actor)
    assert may_see(certificate_id, SYSTEM)
    assert may_see(certificate_id, town.staff["government-service"].actor)
    assert may_see(certificate_id, acting_for(town.wang_fang, town.spouse_mandate_id))
    for stranger in (
        town.wang_fang.actor,
        town.stranger.actor,
        town.staff["police"].actor,
        town.staff["police-luoyang"].actor,
        ANONYMOUS,
    ):
        assert not may_see(certificate_id, stranger)
        assert queries.list_held(town.li_qiang.person_id, stranger) == []


def test_staff_see_what_was_used_before_them_and_only_that(town: Town, issue_to: IssueTo) -> None:
    used, unused = issue_to(town.wang_fang), issue_to(town.li_qiang)
    use(used, town.wang_fang.actor, organisation_id=town.organisations["police"])
    assert may_see(used, town.staff["police"].actor)
    assert not may_see(unused, town.staff["police"].actor)
    assert not may_see(used, town.staff["tax"].actor)
    assert not may_see(used, town.staff["police-luoyang"].actor)


def test_a_wallet_holds_ones_own_newest_first(town: Town, issue_to: IssueTo) -> None:
    first, second = issue_to(town.wang_fang), issue_to(town.wang_fang)
    issue_to(town.li_qiang)
    assert [card.id for card in queries.list_held(town.wang_fang.person_id, town.wang_fang.actor)] == [second, first]


def offers(town: Town, by: Actor, purpose: str = "newborn", days: int = 0) -> set[tuple[str, str]]:
    holders = {"applicant": (town.wang_fang.person_id, None), "spouse": (town.li_qiang.person_id, town.spouse_mandate_id)}
    found = queries.held_offers(holders, purpose=purpose, by=by, at=MONDAY + timedelta(days=days))
    return {(held.holder_role, str(held.fields["marriage.holder_name"])) for held in found}


def test_offers_are_ones_own_and_the_authorised(town: Town, issue_to: IssueTo) -> None:
    issue_to(town.wang_fang), issue_to(town.li_qiang)
    both = {("applicant", "王芳"), ("spouse", "李强")}
    assert offers(town, town.wang_fang.actor) == both
    assert offers(town, town.wang_fang.actor, "restaurant") == {("applicant", "王芳")}
    assert offers(town, town.wang_fang.actor, days=400) == {("applicant", "王芳")}
    assert offers(town, town.stranger.actor) == set()
    assert offers(town, town.staff["police"].actor) == set()
    identity.revoke_mandate(town.spouse_mandate_id, by=town.li_qiang.actor, at=MONDAY)
    assert offers(town, town.wang_fang.actor) == {("applicant", "王芳")}


def test_only_valid_certificates_are_offered(town: Town, issue_to: IssueTo) -> None:
    issue_to(town.wang_fang, valid_to=date(2026, 3, 1))
    issue_to(town.wang_fang, valid_from=date(2026, 3, 3))
    commands.revoke([issue_to(town.wang_fang)], "材料虚假", by=SYSTEM, at=MONDAY)
    assert offers(town, town.wang_fang.actor) == set()


def test_each_use_leaves_evidence_once_and_the_holder_sees_it(town: Town, issue_to: IssueTo) -> None:
    certificate_id = issue_to(town.li_qiang)
    use(certificate_id, town.wang_fang.actor)
    use(certificate_id, town.wang_fang.actor)  # a repeated submit

    (seen,) = queries.list_uses(certificate_id, town.li_qiang.actor)
    assert (seen.user_name, seen.item_code, seen.purpose) == ("王芳", "household-registration-birth", "newborn")
    assert (seen.authorisation.en, seen.mandate_id) == ("used under a mandate", town.spouse_mandate_id)
    for stranger in (town.wang_fang.actor, town.stranger.actor, town.staff["government-service"].actor):
        with pytest.raises(NotFound):
            queries.list_uses(certificate_id, stranger)


def test_nobody_uses_what_is_not_theirs_or_not_valid(town: Town, issue_to: IssueTo) -> None:
    mine, his = issue_to(town.wang_fang), issue_to(town.li_qiang)
    for certificate_id, by, purpose in (
        (his, town.stranger.actor, "newborn"),
        (his, town.wang_fang.actor, "restaurant"),
        (uuid4(), town.wang_fang.actor, "newborn"),
        (mine, town.staff["police"].actor, "newborn"),
    ):
        with pytest.raises(NotYoursToUse):
            use(certificate_id, by, purpose=purpose)
    commands.suspend([mine], "调查中", by=SYSTEM, at=MONDAY)
    with pytest.raises(NotUsable):
        use(mine, town.wang_fang.actor)
    assert not CertificateUse.objects.exists()


def test_uses_can_travel_in_the_callers_batch(town: Town, issue_to: IssueTo) -> None:
    batch = Batch()
    one = Use(certificate_id=issue_to(town.wang_fang), application_id=APPLICATION, item_codes=("a", "b", "a"))
    commands.use([one], purpose="newborn", by=town.wang_fang.actor, at=MONDAY, batch=batch)
    assert not CertificateUse.objects.exists()
    batch.flush()
    assert sorted(CertificateUse.objects.values_list("item_code", flat=True)) == ["a", "b"]
    assert "说的用证记录" in told_of("DELETE FROM certificates_certificateuse WHERE item_code = 'a'")[0]


def code_of(certificate_id: UUID) -> str:
    return queries.get_certificate(certificate_id, SYSTEM).verification_code


def test_anybody_with_the_code_sees_just_enough(town: Town, issue_to: IssueTo) -> None:
    certificate_id = issue_to(town.wang_fang, "李强")
    code = code_of(certificate_id)
    typed = f" {code[:5].lower()} {code[5:10]}-{code[10:]} "

    seen = commands.look_up(typed, address="203.0.113.9", at=MONDAY)

    assert (seen.name.zh, seen.holder_name, seen.is_valid) == ("结婚证", "王*", True)
    assert seen.number == "J4" + "*" * 13 + "0101"
    assert "李强" not in str(seen)
    assert "芳" not in str(seen)


@pytest.mark.parametrize(
    ("action", "zh"),
    [
        ("suspend", "已暂扣，目前不能使用。"),
        ("revoke", "已被发证机关撤销，不再有效。"),
        ("cancel", "已注销或换发新证，不再有效。"),
    ],
)
def test_a_state_is_told_in_plain_words(town: Town, issue_to: IssueTo, action: str, zh: str) -> None:
    certificate_id = issue_to(town.wang_fang)
    getattr(commands, action)([certificate_id], "理由", by=SYSTEM, at=MONDAY)
    seen = queries.verify(code_of(certificate_id), on=date(2026, 3, 2))
    assert (seen.is_valid, seen.state_text.zh) == (False, zh)


def test_an_expired_certificate_says_so(town: Town, issue_to: IssueTo) -> None:
    code = code_of(issue_to(town.wang_fang, valid_to=date(2026, 3, 2)))
    assert queries.verify(code, on=date(2026, 3, 2)).is_valid
    assert queries.verify(code, on=date(2026, 3, 3)).state_text.en.startswith("Past its last day")


@pytest.mark.parametrize("code", ["", "0", "7K3M9QX2ABCDEF0123GH", "'; DROP TABLE", "7" * 500, "查验码", "\x00"])
def test_unknown_codes_are_answered_clearly(town: Town, code: str) -> None:
    with pytest.raises(UnknownCode) as unknown:
        queries.verify(code, on=date(2026, 3, 2))
    assert unknown.value.status == 404


def test_guessing_codes_is_throttled_per_network(town: Town, issue_to: IssueTo) -> None:
    code = code_of(issue_to(town.wang_fang))
    for _ in range(60):
        with pytest.raises(UnknownCode):
            commands.look_up("7K3M9QX2ABCDEF0123GH", address="203.0.113.9", at=MONDAY)
    with pytest.raises(TooManyRequests):
        commands.look_up(code, address="203.0.113.9", at=MONDAY)
    assert commands.look_up(code, address="198.51.100.1", at=MONDAY).is_valid
    assert commands.look_up(code, address="203.0.113.9", at=MONDAY + timedelta(minutes=11)).is_valid
