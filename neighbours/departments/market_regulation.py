"""The market regulator: enterprises by UNISCID and ENTNAME; it talks over a message queue."""

from typing import Any

from neighbours.departments import seeds
from neighbours.engine.declaring import Business, CaseTable, Desk, Register, Row, System, Table, numbered, stated

ENTERPRISES = ("UNISCID", "ENTNAME", "ENTTYPE", "NAME", "ESTDATE", "DOM", "OPSCOPE", "REGSTATE")
_SET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def unified_code(serial: int) -> str:
    """Return a unified social credit code with its check character (GB 32100); invented ones carry YJH in the middle."""
    body = f"91410105YJH{serial:05d}X"
    total = sum(_SET.index(char) * weight for char, weight in zip(body, _WEIGHTS, strict=True))
    return body + _SET[(31 - total % 31) % 31]


def _register(desk: Desk, row: Row) -> dict[str, Any]:
    code = unified_code(desk.serial("UNISCID"))
    made = {**row, "UNISCID": code, "ESTDATE": desk.today.isoformat(), "REGSTATE": "存续"}
    desk.add("ENT_BASE", made)
    return {"UNISCID": code, "ESTDATE": desk.today.isoformat()}


def _deregister(desk: Desk, row: Row) -> dict[str, Any]:
    desk.change("ENT_BASE", {"UNISCID": row.get("UNISCID")}, {"REGSTATE": "注销"})
    return {"CANDATE": desk.today.isoformat()}


def _food(desk: Desk, row: Row) -> dict[str, Any]:
    number = f"JY24101{desk.serial('JY'):09d}"
    desk.add("LIC_FOOD", {"LICNO": number, "UNISCID": row.get("UNISCID"), "SHOPNAME": row.get("SHOPNAME")})
    return {"LICNO": number}


def _name_taken(desk: Desk, row: Row) -> str:
    known = desk.find("ENT_BASE", ENTNAME=row.get("ENTNAME"))
    return f"企业名称“{row.get('ENTNAME')}”已有人登记，请换一个名称。" if known else ""


def _seed(desk: Desk) -> None:
    desk.add(
        "ENT_BASE",
        {
            "UNISCID": seeds.RESTAURANT,
            "ENTNAME": "郑州好味来餐饮有限公司",
            "ENTTYPE": "1130",
            "NAME": "陈明",
            "ESTDATE": "2026-01-15",
            "DOM": "河南省郑州市金水区示范路66号",
            "OPSCOPE": "餐饮服务",
            "REGSTATE": "存续",
        },
    )


SYSTEM = System(
    code="market-regulation",
    zh="市场主体登记系统",
    en="Market regulation register",
    departments=("market-regulation",),
    transport="mqtt_queue",
    cases=CaseTable("REG_FLOW", "FLOWNO", "FLOWTYPE", "FLOWSTATE", "ACCDATE", "APPRDATE"),
    names={
        "applicant.name": "LNKNAME",
        "applicant.id_number": "LNKCERNO",
        "applicant.phone": "LNKTEL",
        "enterprise.name": "ENTNAME",
        "enterprise.uscc": "UNISCID",
        "enterprise.kind": "ENTTYPE",
        "enterprise.region": "REGORG",
        "enterprise.address": "DOM",
        "enterprise.legal_representative": "NAME",
        "enterprise.representative_id_number": "CERNO",
        "enterprise.business_scope": "OPSCOPE",
        "enterprise.established_on": "ESTDATE",
        "enterprise.verification_number": "VERNO",
        "opening.capital": "REGCAP",
        "change.new_name": "ALTNAME",
        "change.new_address": "ALTDOM",
        "change.registry_number": "ALTNO",
        "closing.deregistered_on": "CANDATE",
        "closing.clearance_number": "TAXCLNO",
        "credit.abnormal_number": "ABNREMNO",
        "credit.serious_number": "SERREMNO",
        "listing.market_finding": "PUNRES",
        "bankruptcy.equity_sheet": "EQUSHEET",
        "shop.name": "SHOPNAME",
        "shop.address": "SHOPADDR",
        "food.licence_number": "LICNO",
        "food.filing_number": "FILNO",
        "venture.name": "INDNAME",
        "venture.licence_number": "INDREGNO",
        "change.food_number": "FOODALTNO",
    },
    codes={"enterprise.kind": {"COMPANY": "1130", "SOLE_TRADER": "9500", "BRANCH": "2130"}},
    tables=(
        Table("ENT_BASE", "市场主体", "Enterprises", ENTERPRISES),
        Table("LIC_FOOD", "食品经营许可", "Food licences", ("LICNO", "UNISCID", "SHOPNAME")),
    ),
    businesses=(
        Business(
            item="business-registration",
            kind="SLDJ",
            objection=_name_taken,
            basis="市场主体登记管理条例第十条",
            grant=_register,
        ),
        Business(item="enterprise-deregistration", kind="ZXDJ", grant=_deregister),
        Business(item="food-business-licence", kind="SPJY", grant=_food),
        numbered("enterprise-change-registration", "BGDJ", "ALTNO"),
        numbered("food-licence-change", "SPBG", "FOODALTNO"),
        numbered("business-licence-check", "ZZHY", "VERNO"),
        numbered("business-licence-verification", "ZZHC", "VERNO"),
        numbered("abnormal-list-removal", "YCYC", "ABNREMNO"),
        numbered("serious-list-removal", "SXYC", "SERREMNO"),
        numbered("bankruptcy-check-equity", "GQHC", "EQUSHEET"),
        numbered("prepackaged-food-filing", "YBZBA", "FILNO"),
        numbered("sole-trader-registration", "GTDJ", "INDREGNO"),
        stated("listing-check-market", "SSHC", {"PUNRES": "核查期间没有市场监管领域的处罚记录。"}),
        Business(item="creditor-notice", kind="ZQGG", delivered="系统公告"),
        Business(item="simplified-closing-notice", kind="JYGS", delivered="系统公告"),
    ),
    registers=(
        Register(
            "business-licence",
            "ENT_BASE",
            "UNISCID",
            "ENTNAME",
            {
                "enterprise.name": "ENTNAME",
                "enterprise.legal_representative": "NAME",
                "enterprise.address": "DOM",
                "enterprise.business_scope": "OPSCOPE",
                "enterprise.established_on": "ESTDATE",
            },
        ),
    ),
    seed=_seed,
)
