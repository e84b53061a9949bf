"""The housing fund: batch files in a shared folder, as older systems like it."""

from neighbours.departments import seeds
from neighbours.engine.declaring import Business, CaseTable, Desk, Register, System, Table, numbered, stated

ACCOUNTS = ("GRZH", "XINGMING", "ZJHM", "DWMC", "GRZHYE", "GRZHZT")


def _seed(desk: Desk) -> None:
    for place, person in enumerate(seeds.PEOPLE[:4], 1):
        values = (f"4101{place:08d}", person[1], person[0], "郑州示范纺织有限公司", "46210.35", "01")
        desk.add("GR_ZH", dict(zip(ACCOUNTS, values, strict=True)))


SYSTEM = System(
    code="housing-fund",
    zh="住房公积金业务系统",
    en="Housing fund system",
    departments=("housing-fund",),
    witness=True,
    transport="file_drop",
    cases=CaseTable("YW_LS", "YWLSH", "YWLX", "YWZT", "SLRQ", "BJRQ"),
    names={
        "applicant.name": "XINGMING",
        "applicant.id_number": "ZJHM",
        "applicant.phone": "SJHM",
        "enterprise.name": "DWMC",
        "enterprise.uscc": "DWTYDM",
        "enterprise.legal_representative": "DWFRDB",
        "opening.fund_number": "DWZH",
        "change.fund_number": "BGBH",
        "closing.fund_number": "XHBH",
        "listing.fund_finding": "HCJG",
        "bankruptcy.fund_sheet": "HCDH",
        "pension.fund_account": "GRZH",
        "pension.fund_seal_number": "FCBH",
        "pension.fund_amount": "TQJE",
        "bank.branch": "SKYHMC",
        "bank.account": "SKYHZH",
        "deceased.name": "SZXM",
        "deceased.id_number": "SZZJHM",
    },
    tables=(Table("GR_ZH", "个人账户", "Personal accounts", ACCOUNTS),),
    businesses=(
        numbered("housing-fund-account", "DWKH", "DWZH"),
        numbered("housing-fund-change", "DWBG", "BGBH"),
        numbered("housing-fund-cancellation", "DWXH", "XHBH"),
        numbered("housing-fund-closure", "GRFC", "FCBH"),
        numbered("bankruptcy-check-fund", "PCHC", "HCDH"),
        stated("listing-check-fund", "SSHC", {"HCJG": "核查期间没有住房公积金领域的处罚记录。"}),
        stated("housing-fund-retirement-payout", "TXTQ", {"TQJE": "46210.35"}, delivered="转入本人账户"),
        Business(item="housing-fund-closing", kind="SWTQ", delivered="转入继承人账户"),
    ),
    registers=(Register("housing-fund", "GR_ZH", "ZJHM", "XINGMING", {"fund.account": "GRZH", "fund.employer": "DWMC"}),),
    seed=_seed,
)
