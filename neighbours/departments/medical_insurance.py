"""The medical insurance system: insured persons, accounts, maternity benefit (names in the manner of the national platform)."""

from typing import Any

from neighbours.departments import seeds
from neighbours.engine.declaring import Business, CaseTable, Desk, Register, Row, System, Table, numbered, stated, wanting

INSURED = ("PSN_CERTNO", "PSN_NAME", "GEND", "BRDY", "INSUTYPE", "PSN_NO", "BALC", "EMP_NAME", "INSU_ADMDVS")


def _enrol(desk: Desk, row: Row) -> dict[str, Any]:
    number = f"41010099{desk.serial('PSN'):010d}"
    child = {"PSN_CERTNO": row.get("PSN_CERTNO"), "PSN_NAME": row.get("PSN_NAME"), "GEND": row.get("GEND")}
    area = {"BRDY": row.get("BRDY"), "INSU_ADMDVS": row.get("INSU_ADMDVS")}
    desk.add("PSN_INSU_D", {**child, **area, "INSUTYPE": "390", "PSN_NO": number, "BALC": "0.00"})
    return {"PSN_NO": number}


def _maternity(desk: Desk, row: Row) -> dict[str, Any]:
    paid = "18640.00" if row.get("MTHR_INSUTYPE") == "310" else "3000.00"
    return {"MATN_NO": f"SY{desk.today:%Y}{desk.serial('SY'):06d}", "MATN_PAY": paid}


def _objection(desk: Desk, row: Row) -> str:
    known = desk.find("PSN_INSU_D", PSN_CERTNO=row.get("PSN_CERTNO"))
    return "这个孩子已经参加居民医保，不用再办。" if known else ""


def _seed(desk: Desk) -> None:
    for number, name, sex, born, *_rest in seeds.PEOPLE:
        worker = "1962-01-01" < born < "2005-01-01"
        desk.add(
            "PSN_INSU_D",
            {
                "PSN_CERTNO": number,
                "PSN_NAME": name,
                "GEND": sex,
                "BRDY": born,
                "INSUTYPE": "310" if worker else "390",
                "PSN_NO": f"41010000{desk.serial('SEED'):010d}",
                "BALC": "2360.50" if worker else "0.00",
                "EMP_NAME": "郑州示范纺织有限公司" if worker else None,
                "INSU_ADMDVS": "410105",
            },
        )


SYSTEM = System(
    code="medical-insurance",
    zh="医疗保障信息平台",
    en="Medical insurance platform",
    departments=("medical-insurance",),
    cases=CaseTable("SERV_MATT_B", "SERV_MATT_INST_ID", "SERV_MATT_CODG", "SERV_STAS", "ACP_TIME", "FNS_TIME"),
    names={
        "applicant.name": "AGNTER_NAME",
        "applicant.id_number": "AGNTER_CERTNO",
        "applicant.phone": "AGNTER_TEL",
        "applicant.relation": "AGNTER_RLTS",
        "child.name": "PSN_NAME",
        "child.sex": "GEND",
        "child.birth_date": "BRDY",
        "child.id_number": "PSN_CERTNO",
        "insurance.region": "INSU_ADMDVS",
        "insurance.years": "CLCT_YEAR",
        "insurance.enrolment_number": "PSN_NO",
        "birth_certificate.number": "BRTH_CERTNO",
        "birth.order": "FETTS",
        "mother.name": "MTHR_NAME",
        "mother.id_number": "MTHR_CERTNO",
        "mother.insurance": "MTHR_INSUTYPE",
        "mother.insured_region": "MTHR_ADMDVS",
        "mother.employer_name": "EMP_NAME",
        "maternity.settled": "SETL_FLAG",
        "maternity.decision_number": "MATN_NO",
        "maternity.paid_amount": "MATN_PAY",
        "bank.account_holder": "BANKACCT_OWNER",
        "bank.branch": "BANK_NAME",
        "bank.account": "BANKACCT",
        "enterprise.name": "OPT_EMP_NAME",
        "enterprise.uscc": "USCC",
        "opening.medical_number": "EMP_NO",
        "change.medical_number": "CHG_NO",
        "closing.medical_number": "CNCL_NO",
        "listing.medical_finding": "VIOL_RSLT",
        "bankruptcy.medical_sheet": "CHK_SHEET",
        "pension.medical_years": "PAY_YEARS",
        "disabled.name": "DSBL_NAME",
        "disabled.id_number": "DSBL_CERTNO",
        "disabled.medical_number": "AID_NO",
        "deceased.name": "DECD_NAME",
        "deceased.id_number": "DECD_CERTNO",
    },
    codes={
        "child.sex": {"MALE": "1", "FEMALE": "2"},
        "mother.insurance": {"EMPLOYEE": "310", "FLEXIBLE": "311", "RESIDENT": "390"},
    },
    tables=(Table("PSN_INSU_D", "参保人员", "Insured persons", INSURED),),
    businesses=(
        Business(
            item="resident-insurance-enrolment",
            kind="CXJM01",
            lacks=wanting("PSN_CERTNO"),
            objection=_objection,
            basis="社会保险法第二十五条",
            grant=_enrol,
        ),
        Business(item="maternity-benefit", kind="SYDY01", grant=_maternity),
        numbered("medical-insurance-registration", "DWCB", "EMP_NO"),
        numbered("medical-insurance-change", "DWBG", "CHG_NO"),
        numbered("medical-insurance-cancellation", "DWZX", "CNCL_NO"),
        numbered("bankruptcy-check-medical", "PCHC", "CHK_SHEET"),
        numbered("disability-medical-aid", "CJZZ", "AID_NO"),
        stated("listing-check-medical", "SSHC", {"VIOL_RSLT": "核查期间没有医疗保障领域的处罚记录。"}),
        stated("medical-insurance-retirement", "TXYB", {"PAY_YEARS": 28}),
        Business(item="medical-account-settlement", kind="ZHJS", delivered="余额转入继承人账户"),
    ),
    registers=(
        Register(
            "medical-insurance",
            "PSN_INSU_D",
            "PSN_CERTNO",
            "PSN_NAME",
            {"insured.employer": "EMP_NAME", "insured.region": "INSU_ADMDVS"},
        ),
    ),
    seed=_seed,
)
