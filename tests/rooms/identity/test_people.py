"""Whole for oneself and one's agents, masked for the region's staff, absent for everybody else."""

from datetime import date, timedelta

import pytest
from django.db import connection

from tests.town.people import HAOWEILAI, JINSHUI, LI_QIANG, LUOYANG, MONDAY, WANG_FANG, Town, acting_for
from yijianshi.identity import commands, queries
from yijianshi.identity.logic.actor import ANONYMOUS, SYSTEM, Actor, Role
from yijianshi.kernel.errors import NotFound

TODAY = date(2026, 3, 2)


def sees(town: Town, by: Actor) -> str:
    """Say how *by* sees 李强: whole, masked or not at all."""
    try:
        card = queries.get_person(town.li_qiang.person_id, by)
    except NotFound:
        return "nothing"
    return "masked" if card.is_masked else "whole"


def test_everybody_sees_what_they_may(town: Town) -> None:
    assert sees(town, town.li_qiang.actor) == "whole"
    assert sees(town, SYSTEM) == "whole"
    assert sees(town, acting_for(town.wang_fang, town.spouse_mandate_id)) == "whole"
    assert sees(town, town.staff["police"].actor) == "masked"
    assert sees(town, town.wang_fang.actor) == "nothing"  # married, but asking for herself and naming no purpose
    assert sees(town, town.stranger.actor) == "nothing"
    assert sees(town, town.staff["police-luoyang"].actor) == "nothing"
    assert sees(town, ANONYMOUS) == "nothing"


def test_an_operator_sees_no_people(town: Town) -> None:
    operator = Actor(town.staff["police"].actor.kind, region=JINSHUI, roles=frozenset({Role.OPERATOR}))
    assert sees(town, operator) == "nothing"


def test_a_mandate_opens_the_card_for_its_purpose_and_while_it_holds(town: Town) -> None:
    def card(purpose: str, on: date) -> queries.PersonCard:
        return queries.get_person(town.li_qiang.person_id, town.wang_fang.actor, purpose=purpose, on=on)

    assert card("newborn", TODAY).id_number == LI_QIANG.id_number
    for purpose, on in (("restaurant", TODAY), ("", TODAY), ("newborn", date(2027, 3, 2)), ("newborn", date(2026, 3, 1))):
        with pytest.raises(NotFound):
            card(purpose, on)


def test_the_whole_card_has_everything_and_the_masked_one_little(town: Town) -> None:
    whole = queries.get_person(town.wang_fang.person_id, town.wang_fang.actor)
    assert (whole.id_number, whole.phone, whole.address) == (WANG_FANG.id_number, WANG_FANG.phone, WANG_FANG.address)
    assert (whole.sex, whole.birth_date, whole.region_code) == ("FEMALE", date(1995, 5, 12), JINSHUI)

    masked = queries.get_person(town.wang_fang.person_id, town.staff["police"].actor)
    assert masked.name == "王*"
    assert masked.id_number == WANG_FANG.id_number[:6] + "********" + WANG_FANG.id_number[14:]
    assert masked.phone == "138****0001"
    assert (masked.address, masked.birth_date) == ("", None)


def test_cards_show_nothing_personal_in_repr(town: Town) -> None:
    shown = repr(queries.get_person(town.wang_fang.person_id, town.wang_fang.actor))
    for secret in (WANG_FANG.name, WANG_FANG.id_number, WANG_FANG.phone, WANG_FANG.address, "1995"):
        assert secret not in shown


def test_a_person_is_found_by_number_only_by_who_may_see_them(town: Town) -> None:
    number = WANG_FANG.id_number
    assert queries.find_person_by_id_number(f" {number[:6]} {number[6:].lower()} ", SYSTEM).id == town.wang_fang.person_id
    assert queries.find_person_by_id_number(number, town.staff["police"].actor).is_masked
    assert queries.find_person_by_id_number(number, town.stranger.actor) is None
    assert queries.find_person_by_id_number(number, town.staff["police-luoyang"].actor) is None
    assert queries.find_person_by_id_number("11010519491231002X", SYSTEM) is None


def test_no_number_phone_or_address_lies_open_in_the_database(town: Town) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text FROM identity_person AS p")
        stored = " ".join(row[0] for row in cursor.fetchall())
    for secret in (WANG_FANG.id_number, WANG_FANG.phone, "花园路"):
        assert secret not in stored
    assert stored.count("sm4:") >= 4


def test_an_enterprise_is_public_its_representative_is_not(town: Town) -> None:
    assert queries.get_enterprise(town.haoweilai_id, town.stranger.actor).uscc == HAOWEILAI
    assert queries.get_enterprise(town.haoweilai_id, town.stranger.actor).legal_representative_name == ""
    assert queries.get_enterprise(town.haoweilai_id, town.chen_ming.actor).legal_representative_name == "陈明"
    with pytest.raises(NotFound):
        queries.get_enterprise(town.haoweilai_id, ANONYMOUS)


def test_the_competent_organisation_is_the_nearest_one(town: Town) -> None:
    assert queries.competent_organisation("police", JINSHUI).id == town.organisations["police"]
    assert queries.competent_organisation("police", LUOYANG).code == f"police-{LUOYANG}"
    assert queries.find_competent_organisation("police", "410400") is None
    with pytest.raises(NotFound) as refused:
        queries.competent_organisation("police", "410400", field="household.region")
    assert refused.value.field == "household.region"
    province = {
        "code": "police-410000",
        "uscc": HAOWEILAI,
        "name": {"zh": "省厅", "en": "Province"},
        "kind": "police",
        "region": "410000",
    }
    commands.import_organisations([province], by=SYSTEM, at=MONDAY)
    assert queries.competent_organisation("police", "410400").code == "police-410000"


def test_importing_twice_changes_nothing_and_an_update_is_seen_at_once(town: Town) -> None:
    row = {"code": f"police-{JINSHUI}", "uscc": HAOWEILAI, "name": "新名字", "kind": "police", "region": JINSHUI}
    before = len(queries.list_organisations())
    (updated,) = commands.import_organisations([row], by=SYSTEM, at=MONDAY + timedelta(days=1))
    assert len(queries.list_organisations()) == before
    assert queries.get_organisation(updated).name.zh == "新名字"


@pytest.mark.parametrize("broken", [{"kind": ""}, {"parent": "nobody"}, {"uscc": "12"}])
def test_a_broken_directory_row_is_refused_as_a_whole(town: Town, broken: dict[str, str]) -> None:
    row = {"code": "tax-410105", "uscc": HAOWEILAI, "name": "改名", "kind": "tax", "region": JINSHUI, **broken}
    with pytest.raises(Exception, match=r"incomplete|characters"):
        commands.import_organisations([row], by=SYSTEM, at=MONDAY)
    assert queries.competent_organisation("tax", JINSHUI).name.zh != "改名"


def test_only_the_house_imports(town: Town) -> None:
    with pytest.raises(Exception, match="operator"):
        commands.import_organisations([], by=town.heads["police"].actor, at=MONDAY)
