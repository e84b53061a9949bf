"""The town itself stands on the commands, and ordinary numbers come out of it."""

from tests.town.people import HAOWEILAI, JINSHUI, LUOYANG, Town
from yijianshi.identity import queries
from yijianshi.identity.logic.actor import SYSTEM, Role


def test_everybody_can_act(town: Town) -> None:
    assert town.wang_fang.actor.name == "王芳"
    assert town.wang_fang.actor.roles == {Role.CITIZEN}
    assert town.staff["police"].actor.organisation_id == town.organisations["police"]
    assert town.staff["police"].actor.region == JINSHUI
    assert town.staff["police-luoyang"].actor.region == LUOYANG


def test_an_enterprise_is_found_by_its_code_and_has_its_representative(town: Town) -> None:
    found = queries.find_enterprise_by_uscc(HAOWEILAI, SYSTEM)

    assert found is not None
    assert found.id == town.haoweilai_id
    assert found.legal_representative_id == town.chen_ming.person_id
