"""The disability federation, whose system is one for the whole country: certificates, aids, rehabilitation."""

from typing import Any

from neighbours.departments import seeds
from neighbours.engine.declaring import Business, CaseTable, Desk, Register, Row, System, Table, numbered

CERTIFICATES = ("CJZH", "XM", "SFZH", "CJLB", "CJDJ", "QFRQ", "ZT")


def _certify(desk: Desk, row: Row) -> dict[str, Any]:
    number = f"{row.get('SFZH')}{row.get('CJLB') or '4'}2"
    desk.add("CJR_ZJ", {**row, "CJZH": number, "CJDJ": "2", "QFRQ": desk.today.isoformat(), "ZT": "有效"})
    return {"CJZH": number}


def _end(desk: Desk, row: Row) -> dict[str, Any]:
    desk.change("CJR_ZJ", {"SFZH": row.get("SZSFZH")}, {"ZT": "注销"})
    return {"ZXBH": f"CJZX{desk.today:%Y}{desk.serial('CJZX'):06d}"}


def _seed(desk: Desk) -> None:
    old = seeds.PEOPLE[2]
    values = (f"{old[0]}43", old[1], old[0], "4", "3", "2015-04-01", "有效")
    desk.add("CJR_ZJ", dict(zip(CERTIFICATES, values, strict=True)))


SYSTEM = System(
    code="disability-federation",
    zh="残疾人服务系统",
    en="Disability federation system",
    departments=("disability-federation",),
    transport="vertical",
    cases=CaseTable("CL_SQ", "SQH", "FWLX", "SQZT", "SQRQ", "BJRQ"),
    names={
        "applicant.name": "SQRXM",
        "applicant.id_number": "SQRSFZH",
        "applicant.phone": "SQRDH",
        "disabled.applies": "SQFS",
        "disabled.name": "XM",
        "disabled.id_number": "SFZH",
        "disabled.region": "HJQX",
        "disabled.address": "XZZ",
        "disabled.kind": "CJLB",
        "disabled.device": "FZQJ",
        "disabled.home_work": "GZNR",
        "disabled.assessment_number": "PDBH",
        "disabled.certificate_number": "CJZH",
        "disabled.device_number": "QJSPBH",
        "disabled.rehab_number": "KFSPBH",
        "disabled.home_number": "WZAGZBH",
        "deceased.name": "SZXM",
        "deceased.id_number": "SZSFZH",
        "deceased.died_on": "SWRQ",
        "deceased.disability_end_number": "ZXBH",
    },
    codes={
        "disabled.kind": dict(zip(("SIGHT", "HEARING", "SPEECH", "BODY", "MIND", "MENTAL", "MULTIPLE"), "1234567", strict=True))
    },
    tables=(Table("CJR_ZJ", "残疾人证", "Disability certificates", CERTIFICATES),),
    businesses=(
        Business(item="disability-certificate-issue", kind="BZ", grant=_certify, delivered="电子残疾人证"),
        Business(item="disability-certificate-cancellation", kind="ZX", grant=_end),
        numbered("assistive-device", "QJ", "QJSPBH"),
        numbered("child-rehabilitation", "KF", "KFSPBH"),
        numbered("home-access-works", "WZA", "WZAGZBH"),
    ),
    registers=(
        Register("disability-certificate", "CJR_ZJ", "SFZH", "XM", {"disability.number": "CJZH", "disability.level": "CJDJ"}),
    ),
    seed=_seed,
)
