"""Whose wallet a certificate goes to: the mother's benefit is hers, whoever applied."""

from typing import Any
from uuid import UUID

import pytest

from tests.rooms.cases.acts import BIRTH
from tests.town import newborn
from tests.town.people import MONDAY, Town, Townsperson
from yijianshi.cases import commands, queries
from yijianshi.cases.commands import issuing
from yijianshi.certificates import queries as certificates
from yijianshi.certificates.models import Certificate
from yijianshi.identity import commands as identity
from yijianshi.identity import queries as people
from yijianshi.identity.commands import NewPerson
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.identifiers.id_number import make_id_number

BENEFIT, NOTICE = "maternity-benefit", "maternity-benefit-notice"


def applied_by(who: Townsperson, town: Town, **changed: Any) -> UUID:
    """Return the newborn's application of the mother or the father, with the birth certificate issued."""
    draft_id = newborn.fill_in(who.actor, MONDAY, **changed)
    newborn.submit(draft_id, who.actor, MONDAY)
    commands.split([draft_id], by=SYSTEM, at=MONDAY)
    newborn.approve(town, draft_id, BIRTH, MONDAY)
    return draft_id


def by_father(town: Town) -> UUID:
    mother = people.get_person(town.wang_fang.person_id, SYSTEM)
    named = {"mother.name": mother.name, "mother.id_number": mother.id_number}
    return applied_by(town.li_qiang, town, **{"applicant.relation": "FATHER", **named})


def notice_of(application_id: UUID) -> Certificate:
    return Certificate.objects.get(application_id=application_id, type_code=NOTICE)


def held_by(who: Townsperson) -> set[UUID]:
    return {card.id for card in certificates.list_held(who.person_id, who.actor)}


def test_the_mother_who_applies_receives_her_notice(town: Town) -> None:
    application_id = applied_by(town.wang_fang, town)
    newborn.approve(town, application_id, BENEFIT, MONDAY)
    assert notice_of(application_id).id in held_by(town.wang_fang)
    station = next(
        one for one in queries.progress(application_id, by=town.wang_fang.actor, at=MONDAY).stations if one.item_code == BENEFIT
    )
    assert station.certificate_ids == (notice_of(application_id).id,)
    assert "权利人本人" not in station.explains.zh


def test_the_father_who_applies_sees_that_it_is_done_and_the_notice_goes_to_the_mother(town: Town) -> None:
    application_id = by_father(town)
    newborn.approve(town, application_id, BENEFIT, MONDAY)
    notice = notice_of(application_id)
    assert notice.holder_id == town.wang_fang.person_id
    assert notice.id in held_by(town.wang_fang)
    assert notice.id not in held_by(town.li_qiang)
    with pytest.raises(NotFound):
        certificates.get_certificate(notice.id, town.li_qiang.actor)
    stations = {one.item_code: one for one in queries.progress(application_id, by=town.li_qiang.actor, at=MONDAY).stations}
    assert stations[BENEFIT].certificate_ids == ()
    assert "权利人本人" in stations[BENEFIT].explains.zh
    assert len(stations[BIRTH].certificate_ids) == 1  # the child's certificate is the applicant's to keep


def test_a_notice_waits_for_a_mother_who_is_not_registered_yet(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    number = make_id_number("410105", MONDAY.date().replace(year=1990), 424)
    text = issuing._text
    monkeypatch.setattr(issuing, "_text", lambda facts, name: number if name == "mother.id_number" else text(facts, name))
    application_id = by_father(town)
    newborn.approve(town, application_id, BENEFIT, MONDAY)
    notice = notice_of(application_id)
    assert notice.holder_id is None
    for nobody in (town.li_qiang, town.wang_fang):
        assert notice.id not in held_by(nobody)
    new = identity.register_person(NewPerson(name="赵敏", id_number=number, region_code="410105"), by=SYSTEM, at=MONDAY)
    assert {card.id for card in certificates.list_held(new, SYSTEM)} == {notice.id}


def test_only_the_house_and_its_staff_may_ask_who_has_an_id_number(town: Town) -> None:
    number = people.get_person(town.wang_fang.person_id, SYSTEM).id_number
    assert people.find_person_ids([number], SYSTEM) == {number: town.wang_fang.person_id}
    assert people.find_person_ids([number], town.li_qiang.actor) == {}
