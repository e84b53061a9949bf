"""The country's government service platform: it handles nothing, it gathers what became of cases everywhere (办件汇集)."""

from typing import Any

from neighbours.engine.declaring import CaseTable, Desk, Row, System, Table

STATES = {
    "WAITING_UPSTREAM": "01",
    "AWAITING_DATA": "02",
    "RECEIVED": "03",
    "CORRECTION_REQUESTED": "04",
    "ACCEPTED": "05",
    "SUSPENDED": "06",
    "DECIDED": "07",
    "COMPLETED": "08",
    "REFUSED": "09",
    "NOT_ACCEPTED": "10",
    "RETURNED": "11",
    "WITHDRAWN": "12",
    "TERMINATED": "13",
}
NAMES = {
    "case": "BJBH",
    "thing": "YJSBM",
    "item": "SXBM",
    "item_name": "SXMC",
    "item_code": "JBBM",
    "region": "XZQH",
    "organisation": "BMXYDM",
    "applicant_kind": "SQRLX",
    "applicant_number": "SQRBS",
    "change": "HJ",
    "from_state": "YZT",
    "state": "BJZT",
    "at": "CSSJ",
    "outcome": "JGLX",
    "document_no": "WSBH",
    "certificates": "ZZBS",
}
STEPS = ("LSH", "BJBH", "HJ", "YZT", "BJZT", "CSSJ")
RESULTS = ("BJBH", "JGLX", "WSBH", "ZZBS", "CSSJ")


def _hear(desk: Desk, kind: str, report: Row) -> None:
    known: dict[str, Any] = {**(desk.find("BJ_JBXX", BJBH=report["BJBH"]) or {}), **report, "GXSJ": report["CSSJ"]}
    if kind == "report.result":
        known["BJSJ"] = report["CSSJ"]
        desk.add("BJ_JGXX", report)
    else:
        known["SLSJ"] = known.get("SLSJ") or report["CSSJ"]
        desk.add("BJ_GCXX", {**report, "LSH": f"{report['BJBH']}-{desk.serial(str(report['BJBH'])):03d}"})
    desk.add("BJ_JBXX", known)


SYSTEM = System(
    code="national",
    zh="国家政务服务平台",
    en="National government service platform",
    departments=(),
    cases=CaseTable("BJ_JBXX", "BJBH", "SQRLX", "BJZT", "SLSJ", "BJSJ"),
    columns=("SXBM", "SXMC", "JBBM", "YJSBM", "XZQH", "BMXYDM", "SQRBS", "GXSJ"),
    names={},
    tables=(
        Table("BJ_GCXX", "办件过程", "Steps of cases", STEPS),
        Table("BJ_JGXX", "办件结果", "Results of cases", RESULTS),
    ),
    wishes={
        "level": "up",
        "kinds": ["states", "results"],
        "state_fields": [
            *("case", "thing", "item", "item_name", "item_code", "region", "organisation"),
            *("applicant_kind", "applicant_number", "change", "from_state", "state", "at"),
        ],
        "result_fields": ["case", "outcome", "document_no", "certificates", "at"],
        "number": "hashed",
        "names": NAMES,
        "codes": {
            "state": STATES,
            "from_state": STATES,
            "applicant_kind": {"PERSON": "1", "ENTERPRISE": "2"},
            "outcome": {"APPROVED": "1", "REFUSED": "2", "NOT_ACCEPTED": "3"},
        },
    },
    report_needs=("BJBH", "CSSJ"),
    hear=_hear,
)
