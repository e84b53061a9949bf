"""Certificates in people's hands before a story begins."""

from datetime import date
from uuid import UUID

from tests.town.people import JINSHUI, MONDAY, Town
from yijianshi.certificates import commands
from yijianshi.certificates.logic.face import Face, FaceField
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.text import Text

BOOKLET_NUMBER = "410105000101"
_MARRIAGE = {"marriage.holder_name": "王芳", "marriage.spouse_name": "李强", "marriage.registered_on": "2023-05-20"}
_REGISTER = {
    "register.head_name": "李强",
    "register.number": BOOKLET_NUMBER,
    "register.region": JINSHUI,
    "register.address": "郑州市金水区花园路 1 号院 2 号楼 301",
}


def give_marriage_certificate(town: Town) -> UUID:
    """Put the marriage certificate into 王芳's wallet."""
    return _give(town, "marriage-certificate", "J410105-2023-000101", _MARRIAGE)


def give_household_register(town: Town) -> UUID:
    """Put the household register into 王芳's wallet."""
    return _give(town, "household-register", BOOKLET_NUMBER, _REGISTER)


def _give(town: Town, code: str, number: str, fields: dict[str, str]) -> UUID:
    face = Face(
        code=code,
        catalogue_code="11410000YJ0000007A002",
        name=Text(code, code),
        statement=Text("特发此证。", "Issued."),
        layout="booklet",
        fields=tuple(FaceField(name, Text(name, name)) for name in fields),
    )
    issue = commands.Issue(
        type_code=code,
        issuer_organisation_id=town.organisations["government-service"],
        holder_kind="PERSON",
        holder_person_id=town.wang_fang.person_id,
        holder_name="王芳",
        holder_id_number=None,
        number=number,
        fields=fields,
        valid_from=date(2023, 5, 20),
        region=JINSHUI,
        face=face,
    )
    return commands.issue([issue], by=SYSTEM, at=MONDAY)[0]
