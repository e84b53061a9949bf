"""Civil affairs: marriages, funerals, allowances."""

from neighbours.departments import seeds
from neighbours.engine.declaring import CaseTable, Desk, Register, System, Table, numbered, stated

MARRIAGES = ("SFZH", "XM", "POXM", "POSFZH", "JHDJRQ", "JHZH", "HYZT")


def _seed(desk: Desk) -> None:
    couples = (
        (seeds.WANG_FANG, "王芳", seeds.LI_QIANG, "李强", "2023-05-20", "J410105-2023-000101"),
        ("410105199001014529", "周晓燕", "410105198711024015", "马志军", "2016-10-10", "J410105-2016-000877"),
    )
    for one, name, other, spouse, day, number in couples:
        for row in ((one, name, spouse, other), (other, spouse, name, one)):
            desk.add("HY_DJXX", dict(zip(MARRIAGES, (*row, day, number, "已婚"), strict=True)))


SYSTEM = System(
    code="civil-affairs",
    zh="民政业务系统",
    en="Civil affairs system",
    departments=("civil-affairs",),
    cases=CaseTable("MZ_SQ", "SQBH", "SQLB", "SQZT", "SQSJ", "JSSJ"),
    names={
        "applicant.name": "SQRXM",
        "applicant.id_number": "SQRSFZH",
        "applicant.phone": "SQRDH",
        "family.relation": "YSZGX",
        "deceased.name": "SZXM",
        "deceased.id_number": "SZSFZH",
        "deceased.died_on": "SWRQ",
        "deceased.region": "SZQX",
        "deceased.funeral_home": "BYGMC",
        "deceased.cremation_number": "HHZBH",
        "deceased.allowance_end_number": "BTTFBH",
        "disabled.name": "CJRXM",
        "disabled.id_number": "CJRSFZH",
        "disabled.level": "CJDJ",
        "disabled.bank_branch": "KHYH",
        "disabled.bank_account": "YHZH",
        "disabled.care_amount": "HLBTJE",
        "disabled.living_amount": "SHBTJE",
    },
    codes={"disabled.level": {"L1": "1", "L2": "2", "L3": "3", "L4": "4"}},
    tables=(Table("HY_DJXX", "婚姻登记", "Marriages", MARRIAGES),),
    businesses=(
        numbered("cremation-arrangement", "HH", "HHZBH", delivered="殡仪馆现场"),
        numbered("allowance-end", "BTTF", "BTTFBH"),
        stated("disability-care-subsidy", "HLBT", {"HLBTJE": "80.00"}),
        stated("disability-living-subsidy", "SHBT", {"SHBTJE": "80.00"}),
    ),
    registers=(
        Register(
            "marriage",
            "HY_DJXX",
            "SFZH",
            "XM",
            {
                "marriage.spouse_name": "POXM",
                "marriage.spouse_id_number": "POSFZH",
                "marriage.registered_on": "JHDJRQ",
                "marriage.number": "JHZH",
            },
        ),
    ),
    seed=_seed,
)
