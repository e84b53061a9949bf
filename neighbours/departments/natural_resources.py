"""The land registry: units by BDCDYH, titles by BDCQZH."""

from typing import Any

from neighbours.departments import seeds
from neighbours.engine.declaring import Business, CaseTable, Desk, Register, Row, System, Table, numbered, stated

TITLES = ("BDCQZH", "BDCDYH", "QLRMC", "QLRZJH", "ZL", "JZMJ", "FWYT", "QSZT")


def _transfer(desk: Desk, row: Row) -> dict[str, Any]:
    serial = desk.serial("BDCQZH")
    number = f"豫（{desk.today:%Y}）金水区不动产权第{serial:07d}号"
    desk.change("QLR_FDCQ", {"BDCQZH": row.get("YBDCQZH")}, {"QSZT": "历史"})
    unit = f"410105001001GB{serial:05d}F00010001"
    desk.add(
        "QLR_FDCQ",
        {**row, "BDCQZH": number, "BDCDYH": unit, "QLRMC": row.get("SQRXM"), "QLRZJH": row.get("SQRZJH"), "QSZT": "现势"},
    )
    return {"BDCQZH": number}


def _seed(desk: Desk) -> None:
    for place, person in enumerate(seeds.PEOPLE[:4], 1):
        number = f"豫（2020）金水区不动产权第{place:07d}号"
        unit = f"410105001001GB9{place:04d}F00010001"
        values = (number, unit, person[1], person[0], person[7], "89.60", "住宅", "现势")
        desk.add("QLR_FDCQ", dict(zip(TITLES, values, strict=True)))


SYSTEM = System(
    code="natural-resources",
    zh="不动产登记系统",
    en="Land registry",
    departments=("natural-resources",),
    witness=True,
    cases=CaseTable("DJ_SLSQ", "YWH", "DJLX", "AJZT", "SLSJ", "JSSJ"),
    names={
        "applicant.name": "SQRXM",
        "applicant.id_number": "SQRZJH",
        "applicant.phone": "SQRDH",
        "seller.name": "YWRMC",
        "seller.id_number": "YWRZJH",
        "house.region": "QXDM",
        "house.address": "ZL",
        "house.certificate_number": "YBDCQZH",
        "house.area": "JZMJ",
        "house.use": "FWYT",
        "deal.contract_number": "HTBAH",
        "deal.tax_receipt": "WSPZH",
        "deal.new_title": "BDCQZH",
        "deceased.name": "BJCRXM",
        "deceased.property_number": "BJCQZH",
        "deceased.heir_name": "JCRXM",
        "deceased.inheritance_number": "JCDJH",
        "pupil.name": "XSXM",
        "pupil.property_number": "XSBDCQZH",
        "pupil.property_result": "FCHCJG",
        "enterprise.name": "QYMC",
        "enterprise.uscc": "TYSHXYDM",
        "listing.land_finding": "TDHCJG",
        "bankruptcy.land_sheet": "FDCHCD",
    },
    codes={"house.use": {"HOME": "住宅", "OTHER": "其他"}},
    tables=(Table("QLR_FDCQ", "房地产权", "Titles", TITLES),),
    businesses=(
        Business(item="property-transfer-registration", kind="ZYDJ", grant=_transfer, delivered="电子不动产权证书"),
        numbered("inheritance-registration", "JCDJ", "JCDJH"),
        numbered("bankruptcy-check-land", "PCHC", "FDCHCD"),
        stated("pupil-property-check", "XSFC", {"FCHCJG": "房产信息已核对"}),
        stated("listing-check-land", "SSHC", {"TDHCJG": "核查期间没有自然资源领域的处罚记录。"}),
    ),
    registers=(
        Register(
            "real-estate",
            "QLR_FDCQ",
            "QLRZJH",
            "QLRMC",
            {"title.number": "BDCQZH", "title.address": "ZL", "title.area": "JZMJ"},
        ),
    ),
    seed=_seed,
)
