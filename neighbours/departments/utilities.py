"""Water, power and gas: one program, three companies, each with its own accounts."""

from typing import Any

from neighbours.engine.declaring import Business, CaseTable, Desk, Row, System, Table


def _connect(column: str, prefix: str) -> Any:
    def grant(desk: Desk, row: Row) -> dict[str, Any]:
        number = f"{prefix}{desk.serial(prefix):08d}"
        desk.add("YH_DA", {"YHBH": number, "YHMC": row.get("DWMC"), "YDDZ": row.get("AZDZ"), "ZT": "在用"})
        return {column: number}

    return grant


def _hand_on(desk: Desk, row: Row) -> dict[str, Any]:
    number = row.get("HH")
    desk.add("YH_DA", {"YHBH": number, "YHMC": row.get("SQRXM"), "YDDZ": row.get("FWDZ"), "ZT": "在用"})
    return {}


def _company(word: str, zh: str, en: str, prefix: str, wanted: str) -> System:
    """Return one company; *word* is its part of the house's names (water, power, gas)."""
    return System(
        code=f"{word}-utility",
        zh=zh,
        en=en,
        departments=(f"{word}-utility",),
        witness=True,
        cases=CaseTable("BZ_GD", "GDBH", "GDLX", "GDZT", "SLSJ", "BJSJ"),
        names={
            "applicant.name": "SQRXM",
            "applicant.id_number": "SQRZJH",
            "applicant.phone": "SQRDH",
            "enterprise.name": "DWMC",
            "enterprise.uscc": "DWDM",
            "site.name": "XMMC",
            "site.region": "XMQX",
            "site.address": "AZDZ",
            "site.wanted_on": "QWRQ",
            f"utility.{wanted}": "SQRL",
            f"utility.{word}_account": "XHH",
            "house.region": "FWQX",
            "house.address": "FWDZ",
            "deal.new_title": "CQZH",
            f"meter.{word}_account": "HH",
            f"meter.{word}_reading": "BDS",
        },
        tables=(Table("YH_DA", "用户档案", "Accounts", ("YHBH", "YHMC", "YDDZ", "ZT")),),
        businesses=(
            Business(item=f"{word}-connection", kind="BZ", grant=_connect("XHH", prefix)),
            Business(item=f"{word}-account-transfer", kind="GH", grant=_hand_on),
        ),
    )


SYSTEMS = (
    _company("water", "供水营业系统", "Water company", "S", "water_daily"),
    _company("power", "供电营销系统", "Power company", "D", "power_capacity"),
    _company("gas", "燃气客服系统", "Gas company", "Q", "gas_daily"),
)
