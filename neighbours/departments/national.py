"""The national government service platform: hears how far every case is, keeps each step, knows nobody's name."""

from neighbours.engine.declaring import CaseTable, Desk, Row, System, Table


def _report(desk: Desk, about: str, body: Row) -> None:
    decision = body.get("decision") or {}
    row = {
        "SQBH": body.get("application"),
        "YJS": body.get("thing"),
        "SXBM": body.get("item"),
        "XZQH": body.get("region"),
        "BMDM": body.get("organisation"),
        "BJZT": body.get("state"),
        "SJRQ": body.get("received_on"),
        "CNRQ": body.get("promised_on"),
        "BJSJ": body.get("ended_at"),
        "JDWH": decision.get("document_no") if isinstance(decision, dict) else None,
        "ZZBS": "；".join(str(one) for one in body.get("certificates") or ()),
    }
    if desk.find("GJ_BJXX", BJBH=about) is None:
        desk.add("GJ_BJXX", {"BJBH": about, **row})
    else:
        desk.change("GJ_BJXX", {"BJBH": about}, row)
    desk.add("GJ_BJGC", {"GCBH": f"{about}/{desk.serial(about):03d}", "BJBH": about, "BJZT": body.get("state")})


SYSTEM = System(
    code="national",
    zh="国家政务服务平台",
    en="National government service platform",
    departments=(),
    cases=CaseTable("GJ_JB", "JBBH", "JBLX", "JBZT", "JBSJ", "BJSJ"),  # it handles no cases of its own here
    names={},
    tables=(
        Table(
            "GJ_BJXX",
            "办件信息",
            "Cases reported",
            ("BJBH", "SQBH", "YJS", "SXBM", "XZQH", "BMDM", "BJZT", "SJRQ", "CNRQ", "BJSJ", "JDWH", "ZZBS"),
        ),
        Table("GJ_BJGC", "办理过程", "Steps reported", ("GCBH", "BJBH", "BJZT")),
    ),
    hears={"matter.reported": _report},
    reports={"level": "UP", "region": "41", "results": True},
)
