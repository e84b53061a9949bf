"""The police household system: persons by GA data elements, households, and the business of its counters."""

from datetime import date
from typing import Any

from neighbours.departments import seeds
from neighbours.engine.declaring import (
    Business,
    CaseTable,
    Desk,
    Lack,
    Register,
    Row,
    System,
    Table,
    numbered,
    people_of,
    stated,
)

PERSONS = ("GMSFHM", "XM", "XB", "CSRQ", "MZ", "HH", "YHZGX", "ZZ", "FQSFHM", "MQSFHM", "CSZMBH", "ZXBZ", "HZXM")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _lacks(desk: Desk, row: Row) -> list[Lack]:
    number = row.get("HH")
    if number and row.get("HKLB") == "1" and desk.find("T_HKB", HH=number) is None:
        return [Lack("field", "HH", f"户号 {number} 在户籍系统里查不到。请对照户口簿首页再填一次；找不到可以不填。")]
    return []


def _objection(desk: Desk, row: Row) -> str:
    certificate = row.get("CSZMBH")
    known = desk.find("T_RKXX", CSZMBH=certificate) if certificate else None
    return f"出生医学证明 {certificate} 的孩子已经登记过户口，不能重复登记。" if known else ""


def _register_child(desk: Desk, row: Row) -> dict[str, Any]:
    born = date.fromisoformat(str(row["CSRQ"])[:10])
    number = _new_number(desk, born, female=row.get("XB") == "2")
    household = row.get("HH") or (desk.find("T_RKXX", GMSFHM=row.get("MQSFHM")) or {}).get("HH")
    person = {name: row.get(name) for name in PERSONS}
    person |= {"GMSFHM": number, "HH": household, "YHZGX": "女" if row.get("XB") == "2" else "子", "ZZ": row.get("LHDZ")}
    desk.add("T_RKXX", person)
    return {"GMSFHM": number, "DJRQ": desk.today.isoformat()}


def _new_number(desk: Desk, born: date, *, female: bool) -> str:
    """Return the next free citizen number of the district (GB 11643)."""
    while True:
        order = (desk.serial(f"SXM{born:%Y%m%d}") * 2 + (0 if female else 1)) % 1000
        body = f"410105{born:%Y%m%d}{order:03d}"
        number = body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]
        if desk.find("T_RKXX", GMSFHM=number) is None:
            return number


def _plate(desk: Desk, _row: Row) -> dict[str, Any]:
    return {"HPHM": f"豫A{desk.serial('HPHM') + 10000:05d}"}


def _cancel(desk: Desk, row: Row) -> dict[str, Any]:
    desk.change("T_RKXX", {"GMSFHM": row.get("SZSFHM")}, {"ZXBZ": "1"})
    return {"ZXRQ": desk.today.isoformat()}


def _pupil(desk: Desk, row: Row) -> dict[str, Any]:
    known = desk.find("T_RKXX", GMSFHM=row.get("XSSFHM"))
    return {"HKHCJG": "户籍信息一致" if known and known["XM"] == row.get("XSXM") else "按申报信息登记，入学后复核"}


def _seed(desk: Desk) -> None:
    people = people_of(seeds.PEOPLE, PERSONS[:8])
    heads = {person["HH"]: person["XM"] for person in people if person["YHZGX"] == "户主"}
    for person in people:
        desk.add("T_RKXX", {**person, "ZXBZ": "0", "HZXM": heads[person["HH"]]})
        if person["YHZGX"] == "户主":
            desk.add("T_HKB", {"HH": person["HH"], "HZXM": person["XM"], "HKLB": "1", "ZZ": person["ZZ"]})


SYSTEM = System(
    code="police",
    zh="公安户政系统",
    en="Police household system",
    departments=("police",),
    cases=CaseTable("T_YWSL", "YWSLH", "YWLX", "YWZT", "SLSJ", "BJSJ"),
    names={
        "applicant.name": "SQRXM",
        "applicant.id_number": "SQRSFHM",
        "applicant.phone": "SQRLXDH",
        "applicant.relation": "SQRGX",
        "mother.name": "MQXM",
        "mother.id_number": "MQSFHM",
        "father.name": "FQXM",
        "father.id_number": "FQSFHM",
        "parents.marital_status": "FMHYZK",
        "birth_certificate.number": "CSZMBH",
        "child.name": "XM",
        "child.sex": "XB",
        "child.birth_date": "CSRQ",
        "child.ethnicity": "MZ",
        "child.surname_follows": "SXM_XS",
        "child.id_number": "GMSFHM",
        "household.follows": "LHFS",
        "household.kind": "HKLB",
        "household.head_relation": "YHZGX",
        "household.head_name": "HZXM",
        "household.number": "HH",
        "household.region": "LHQX",
        "household.address": "LHDZ",
        "household.registered_on": "DJRQ",
        "deceased.name": "SZXM",
        "deceased.id_number": "SZSFHM",
        "deceased.died_on": "SWRQ",
        "deceased.cancelled_on": "ZXRQ",
        "deceased.licence_end_number": "JZZXBH",
        "pupil.name": "XSXM",
        "pupil.id_number": "XSSFHM",
        "pupil.hukou_result": "HKHCJG",
        "pupil.permit_number": "JZZH",
        "pupil.permit_result": "JZHCJG",
        "enterprise.name": "DWMC",
        "enterprise.uscc": "DWTYXYDM",
        "closing.seal_number": "YZZXBH",
        "bankruptcy.vehicle_sheet": "CLHCD",
        "vehicle.vin": "CLSBDH",
        "vehicle.model": "CLXH",
        "vehicle.plate": "HPHM",
    },
    codes={
        "child.sex": {"MALE": "1", "FEMALE": "2"},
        "household.kind": {"FAMILY": "1", "COLLECTIVE": "2"},
        "household.follows": {"FATHER": "1", "MOTHER": "2"},
        "parents.marital_status": {"UNMARRIED": "10", "MARRIED": "20", "WIDOWED": "30", "DIVORCED": "40"},
    },
    tables=(
        Table("T_RKXX", "人口信息", "Persons", PERSONS),
        Table("T_HKB", "户口簿", "Households", ("HH", "HZXM", "HKLB", "ZZ")),
    ),
    businesses=(
        Business(
            item="household-registration-birth",
            kind="CSDJ",
            lacks=_lacks,
            objection=_objection,
            basis="户口登记条例第七条",
            grant=_register_child,
        ),
        Business(item="household-cancellation", kind="SWZX", grant=_cancel),
        numbered("driving-licence-cancellation", "JZZX", "JZZXBH"),
        numbered("seal-cancellation", "YZZX", "YZZXBH"),
        numbered("bankruptcy-check-vehicle", "CLHC", "CLHCD"),
        Business(item="vehicle-registration", kind="CLDJ", grant=_plate),
        Business(item="pupil-household-check", kind="XSHK", grant=_pupil),
        stated("pupil-permit-check", "XSJZ", {"JZHCJG": "居住证有效"}),
    ),
    registers=(
        Register(
            "household",
            "T_RKXX",
            "GMSFHM",
            "XM",
            {"register.number": "HH", "register.address": "ZZ", "register.relation_to_head": "YHZGX"},
        ),
    ),
    seed=_seed,
)
