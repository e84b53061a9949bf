"""The tax system: it does not call anybody, it is asked (polling); taxpayers by NSRSBH."""

from typing import Any

from neighbours.departments import seeds
from neighbours.engine.declaring import Business, CaseTable, Desk, Register, Row, System, Table, numbered, stated

YEARLY = 400


def _contribution(desk: Desk, row: Row) -> dict[str, Any]:
    years = 2 if row.get("JFND") == "2" else 1
    receipt = f"SB41{desk.today:%Y%m%d}{desk.serial('SB'):06d}"
    amount = f"{YEARLY * years}.00"
    desk.add("SB_JKXX", {"PZXH": receipt, "JFRXM": row.get("JFRXM"), "DJXH": row.get("CBDJH"), "SJJE": amount})
    return {"SJJE": amount, "PZXH": receipt}


def _seed(desk: Desk) -> None:
    desk.add("DJ_NSRXX", {"NSRSBH": seeds.RESTAURANT, "NSRMC": "郑州好味来餐饮有限公司", "NSRZT": "正常", "NSXYJB": "B"})
    desk.add("DJ_NSRXX", {"NSRSBH": "91410105YJSFFZ00X2", "NSRMC": "郑州示范纺织有限公司", "NSRZT": "正常", "NSXYJB": "A"})


SYSTEM = System(
    code="tax",
    zh="税务征管系统",
    en="Tax administration system",
    departments=("tax",),
    witness=True,
    transport="http_poll",
    cases=CaseTable("SL_WSSX", "LCSLID", "SWSXDM", "SXZT", "SLRQ", "BJRQ"),
    names={
        "applicant.name": "BLRXM",
        "applicant.id_number": "BLRSFZJHM",
        "applicant.phone": "BLRYDDH",
        "applicant.relation": "BLRGX",
        "child.name": "JFRXM",
        "mother.id_number": "MQSFZJHM",
        "father.id_number": "FQSFZJHM",
        "insurance.region": "CBDXZQH",
        "insurance.enrolment_number": "CBDJH",
        "insurance.years": "JFND",
        "insurance.payment_method": "JFFS",
        "insurance.account_holder": "GJZHCYR",
        "insurance.paid_amount": "SJJE",
        "insurance.receipt_number": "PZXH",
        "enterprise.name": "NSRMC",
        "enterprise.uscc": "NSRSBH",
        "enterprise.legal_representative": "FDDBRXM",
        "opening.tax_office_number": "ZGSWJGDM",
        "change.tax_number": "BGDJXH",
        "closing.clearance_number": "QSZMH",
        "credit.tax_number": "XYXFH",
        "fleet.tax_confirmation_number": "WSQRH",
        "listing.tax_finding": "WFWZJL",
        "bankruptcy.tax_sheet": "QSHCD",
        "deal.contract_number": "HTBH",
        "deal.price": "CJJG",
        "deal.tax_receipt": "QSWSZH",
    },
    codes={
        "insurance.years": {"BIRTH_YEAR": "1", "BIRTH_AND_NEXT_YEAR": "2"},
        "insurance.payment_method": {"SELF": "01", "FAMILY_ACCOUNT": "02"},
    },
    tables=(
        Table("DJ_NSRXX", "纳税人", "Taxpayers", ("NSRSBH", "NSRMC", "NSRZT", "NSXYJB")),
        Table("SB_JKXX", "社保费缴款", "Contributions paid", ("PZXH", "JFRXM", "DJXH", "SJJE")),
    ),
    businesses=(
        Business(item="resident-insurance-payment", kind="SBFJN", grant=_contribution),
        numbered("tax-record-confirmation", "SWXX", "ZGSWJGDM"),
        numbered("tax-record-change", "BGDJ", "BGDJXH"),
        numbered("tax-clearance", "QSZM", "QSZMH"),
        numbered("tax-credit-repair", "XYXF", "XYXFH"),
        numbered("transport-tax-confirmation", "WSQR", "WSQRH"),
        numbered("bankruptcy-check-tax", "QSHC", "QSHCD"),
        numbered("deed-tax", "QS", "QSWSZH"),
        stated("listing-check-tax", "SSHC", {"WFWZJL": "核查期间没有税收违法记录。"}),
    ),
    registers=(Register("taxpayer", "DJ_NSRXX", "NSRSBH", "NSRMC", {"taxpayer.name": "NSRMC", "taxpayer.state": "NSRZT"}),),
    seed=_seed,
)
