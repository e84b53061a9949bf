"""The fire brigade's system: safety checks of places open to the public."""

from typing import Any

from neighbours.engine.declaring import Business, CaseTable, Desk, Lack, Row, System, Table, stated

MOST_COMMITTED = 300  # square metres up to which the brigade takes a commitment here


def _lacks(_desk: Desk, row: Row) -> list[Lack]:
    return [] if row.get("FZRDH") else [Lack("field", "FZRDH", "请填消防安全负责人的电话，检查时要联系。")]


def _opinion(column: str, prefix: str) -> Any:
    def grant(desk: Desk, row: Row) -> dict[str, Any]:
        number = f"金消{prefix}字{desk.today:%Y}第{desk.serial(prefix):04d}号"
        desk.add("XF_JCJL", {"WSBH": number, "CSMC": row.get("CSMC"), "DWMC": row.get("DWMC"), "JCJG": "合格"})
        return {column: number}

    return grant


SYSTEM = System(
    code="fire",
    zh="消防监督管理系统",
    en="Fire supervision system",
    departments=("fire",),
    cases=CaseTable("XF_SLDJ", "SLBH", "SLLB", "SLZT", "SLSJ", "BJSJ"),
    names={
        "applicant.name": "SQRXM",
        "applicant.phone": "SQRDH",
        "enterprise.name": "DWMC",
        "enterprise.uscc": "TYSHXYDM",
        "enterprise.legal_representative": "FRXM",
        "shop.name": "CSMC",
        "shop.region": "CSQX",
        "shop.address": "CSDZ",
        "shop.customer_area": "YYMJ",
        "fire.storey": "SZCS",
        "fire.uses_gas": "SFYRQ",
        "fire.manager_name": "FZRXM",
        "fire.manager_phone": "FZRDH",
        "fire.opinion_number": "YJSBH",
        "fire.certificate_number": "HGZBH",
        "listing.fire_finding": "XFHCJG",
    },
    tables=(Table("XF_JCJL", "检查记录", "Checks", ("WSBH", "CSMC", "DWMC", "JCJG")),),
    businesses=(
        Business(item="fire-safety-check-commitment", kind="GZCN", lacks=_lacks, grant=_opinion("YJSBH", "告")),
        Business(item="fire-safety-check-on-site", kind="KYJC", lacks=_lacks, grant=_opinion("HGZBH", "检")),
        stated("listing-check-fire", "SSHC", {"XFHCJG": "核查期间没有消防领域的处罚记录。"}),
    ),
)
