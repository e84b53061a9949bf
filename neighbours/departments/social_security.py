"""The social security system with its card bank: persons and employers by the ministry's AAC/AAB elements."""

from typing import Any

from neighbours.departments import seeds
from neighbours.engine.declaring import Business, CaseTable, Desk, Register, Row, System, Table, numbered, stated

PERSONS = ("AAC002", "AAC003", "AAC004", "AAC006", "AAB004", "AAE140", "AIC162", "AAZ501")


def _card(desk: Desk, row: Row) -> dict[str, Any]:
    serial = desk.serial("CARD")
    number = f"622848{serial:012d}"
    bank_account: dict[str, Any] = {"YHKH": number, "HM": row.get("AAC003"), "KHH": row.get("AAE008"), "ZT": "待激活"}
    desk.add("BANK_ACCT", bank_account)
    desk.add("AC01", {**row, "AAZ501": number, "AAE140": "未参保"})
    return {"AAZ500": number}


def _objection(desk: Desk, row: Row) -> str:
    known = desk.find("AC01", AAC002=row.get("AAC002"))
    return "这个人已经有社会保障卡，遗失或损坏请办补换卡。" if known and known["AAZ501"] else ""


def _pension(desk: Desk, _row: Row) -> dict[str, Any]:
    return {"AAZ257": f"TX{desk.today:%Y}{desk.serial('TX'):06d}", "AIC263": "3268.40"}


def _seed(desk: Desk) -> None:
    for place, (number, name, sex, born, *_rest) in enumerate(seeds.PEOPLE):
        worker = "1962-01-01" < born < "2005-01-01"
        row: dict[str, Any] = {
            "AAC002": number,
            "AAC003": name,
            "AAC004": sex,
            "AAC006": born,
            "AAE140": "110" if worker else "未参保",
        }
        row |= {"AAB004": "郑州示范纺织有限公司" if worker else None, "AIC162": 96 + place, "AAZ501": f"6228480000{place:08d}"}
        desk.add("AC01", row)


SYSTEM = System(
    code="social-security",
    zh="社会保障卡与社会保险系统",
    en="Social security system with its card bank",
    departments=("social-security",),
    cases=CaseTable("AE01", "AAZ002", "AAE013", "AAE016", "AAE036", "AAE015"),
    names={
        "applicant.name": "AAE011",
        "applicant.id_number": "AAE012",
        "applicant.phone": "AAE005",
        "applicant.relation": "AAE144",
        "child.name": "AAC003",
        "child.sex": "AAC004",
        "child.birth_date": "AAC006",
        "child.id_number": "AAC002",
        "mother.name": "MQXM",
        "mother.id_number": "MQAAC002",
        "father.name": "FQXM",
        "father.id_number": "FQAAC002",
        "household.region": "AAB301",
        "card.bank": "AAE008",
        "card.delivery": "LKFS",
        "delivery.address": "AAE006",
        "card.number": "AAZ500",
        "cardholder.new_number": "XKH",
        "cardholder.e_card_number": "DZSBKH",
        "cardholder.loss_number": "GSBH",
        "cardholder.benefit_number": "DYZHBH",
        "enterprise.name": "AAB004",
        "enterprise.uscc": "AAB003",
        "opening.employees": "AAB110",
        "opening.social_number": "AAB001",
        "change.social_number": "BGBH",
        "closing.social_number": "ZXBH",
        "listing.social_finding": "HCJG",
        "bankruptcy.social_sheet": "HCD",
        "disabled.pension_number": "DJBH",
        "pension.approval_number": "AAZ257",
        "pension.monthly_amount": "AIC263",
        "pupil.insurance_result": "CBHCJG",
        "venture.name": "CYZTMC",
        "venture.startup_number": "CYDJBH",
        "venture.review_number": "DKSHBH",
        "venture.jobs_amount": "DDJYJE",
        "venture.rent_amount": "ZJBTJE",
        "venture.subsidy_amount": "CYBTJE",
    },
    codes={"child.sex": {"MALE": "1", "FEMALE": "2"}, "card.delivery": {"MAIL": "1", "PICKUP": "2"}},
    tables=(
        Table("AC01", "人员基本信息", "Persons", PERSONS),
        Table("BANK_ACCT", "合作银行账户", "Accounts at the card bank", ("YHKH", "HM", "KHH", "ZT")),
    ),
    businesses=(
        Business(item="social-card-application", kind="SBK01", objection=_objection, grant=_card, delivered="邮寄"),
        numbered("resident-card-issue", "JMK01", "XKH"),
        numbered("e-social-card-issue", "DZK01", "DZSBKH"),
        numbered("card-loss-report", "GS01", "GSBH"),
        numbered("benefit-account-change", "ZH01", "DYZHBH"),
        numbered("social-insurance-registration", "DWDJ", "AAB001"),
        numbered("social-insurance-change", "DWBG", "BGBH"),
        numbered("social-insurance-cancellation", "DWZX", "ZXBH"),
        numbered("bankruptcy-check-social", "PCHC", "HCD"),
        numbered("disability-pension-aid", "DJ01", "DJBH"),
        numbered("startup-registration", "CYDJ", "CYDJBH"),
        numbered("startup-loan-review", "DKSH", "DKSHBH"),
        stated("startup-jobs-subsidy", "DDJY", {"DDJYJE": "4000.00"}),
        stated("startup-rent-subsidy", "ZJBT", {"ZJBTJE": "6000.00"}),
        stated("startup-subsidy", "CYBT", {"CYBTJE": "5000.00"}),
        stated("listing-check-social", "SSHC", {"HCJG": "核查期间没有劳动保障领域的处罚记录。"}),
        stated("pupil-insurance-check", "XSCB", {"CBHCJG": "社会保险参保情况属实"}),
        Business(item="pension-retirement", kind="TXSP", grant=_pension),
        Business(item="funeral-grant", kind="SZBZ", delivered="转入申领人账户"),
    ),
    registers=(Register("social-insurance", "AC01", "AAC002", "AAC003", {"social.employer": "AAB004"}),),
    seed=_seed,
)
