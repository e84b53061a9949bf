"""The hospital's system: births on the maternity ward, certificates of birth, and disability assessments."""

from datetime import datetime, timedelta
from typing import Any

from neighbours.departments import seeds
from neighbours.engine.declaring import Business, CaseTable, Desk, Lack, Row, System, Table, numbered

BIRTHS = ("CSZMBH", "XSEXM", "XSEXB", "CSSJ", "CSTZ", "CSSC", "YZ", "MQXM", "MQSFZH", "FQXM", "FQSFZH")


def _lacks(_desk: Desk, row: Row) -> list[Lack]:
    name = str(row.get("XSEXM") or "")
    return [] if len(name) > 1 else [Lack("field", "XSEXM", "孩子的姓名要有姓和名，请按要写在证明上的样子填。")]


def _certify(desk: Desk, row: Row) -> dict[str, Any]:
    serial = desk.serial("CSZM")
    born = datetime.fromisoformat(str(row["XSECSRQ"])[:10]) + timedelta(hours=8, minutes=12)
    ward = {
        "CSZMBH": f"X41{serial:07d}",
        "CSSJ": born.isoformat(timespec="minutes"),
        "CSTZ": 2800 + serial * 37 % 900,
        "CSSC": 48 + serial % 5,
        "YZ": 38 + serial % 3,
    }
    desk.add("CS_YXZM", {**row, **ward})
    return ward


def _seed(desk: Desk) -> None:
    parents = ("周晓燕", "410105199001014529", "马志军", "410105198711024015")
    values = ("X410000000", "马小语", "2", "2018-09-03T09:20", 3150, 49, 39, *parents)
    desk.add("CS_YXZM", dict(zip(BIRTHS, values, strict=True)))
    for person in seeds.PEOPLE:
        desk.add("BR_ZSY", {"SFZH": person[0], "XM": person[1], "BAH": f"MR{desk.serial('BAH'):06d}"})


SYSTEM = System(
    code="hospital",
    zh="医院信息系统",
    en="Hospital information system",
    departments=("hospital", "assessment-hospital"),
    cases=CaseTable("YW_SQD", "SQDH", "SQLX", "ZT", "SDSJ", "WCSJ"),
    names={
        "applicant.name": "SQRXM",
        "applicant.id_number": "SQRSFZH",
        "applicant.phone": "SQRDH",
        "applicant.relation": "YXSEGX",
        "mother.name": "MQXM",
        "mother.id_number": "MQSFZH",
        "mother.phone": "MQDH",
        "father.name": "FQXM",
        "father.id_number": "FQSFZH",
        "father.phone": "FQDH",
        "parents.marital_status": "HYZK",
        "parents.father_named": "FQDJ",
        "child.name": "XSEXM",
        "child.sex": "XSEXB",
        "child.birth_date": "XSECSRQ",
        "birth.place_kind": "CSDDLX",
        "birth.region": "CSDQX",
        "birth.hospital": "JSJG",
        "birth_certificate.number": "CSZMBH",
        "birth.time": "CSSJ",
        "child.weight_grams": "CSTZ",
        "child.length_cm": "CSSC",
        "child.gestational_weeks": "YZ",
        "disabled.name": "PDRXM",
        "disabled.id_number": "PDRSFZH",
        "disabled.kind": "CJLB",
        "disabled.address": "PDRDZ",
        "disabled.home_visit": "SMPD",
        "disabled.assessment_number": "PDBH",
    },
    codes={"child.sex": {"MALE": "1", "FEMALE": "2"}},
    tables=(
        Table("CS_YXZM", "出生医学证明", "Birth certificates", BIRTHS),
        Table("BR_ZSY", "病人主索引", "Patients", ("SFZH", "XM", "BAH")),
    ),
    businesses=(
        Business(
            item="birth-certificate-first-issue",
            kind="CSZM",
            lacks=_lacks,
            basis="母婴保健法实施办法第二十三条",
            grant=_certify,
        ),
        numbered("disability-assessment", "CJPD", "PDBH"),
    ),
    seed=_seed,
)
