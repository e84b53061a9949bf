"""The people of our town, made through the same commands as everybody else; staff of each department besides."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from yijianshi.identity import commands, queries
from yijianshi.identity.commands import NewAccount, NewEnterprise, NewPerson, NewStaff
from yijianshi.identity.logic.actor import SYSTEM, Actor, PrincipalKind, Role
from yijianshi.identity.logic.mandates import MandateKind, Wish
from yijianshi.kernel.identifiers.id_number import make_id_number
from yijianshi.kernel.identifiers.uscc import make_uscc

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 9 o'clock in Zhengzhou
PASSWORD = "three-quiet-rivers"  # made up, used nowhere else
JINSHUI, ZHENGZHOU, LUOYANG = "410105", "410100", "410300"
HAOWEILAI = make_uscc("91", JINSHUI, "MA9X0001")

WANG_FANG = NewPerson(
    name="王芳",
    id_number=make_id_number(JINSHUI, date(1995, 5, 12), 226),
    region_code=JINSHUI,
    phone="13800000001",
    address="郑州市金水区花园路 1 号院 2 号楼 301",
    account=NewAccount("wangfang", PASSWORD),
)
LI_QIANG = NewPerson(
    name="李强",
    id_number=make_id_number(JINSHUI, date(1993, 9, 3), 117),
    region_code=JINSHUI,
    phone="13800000002",
    address="郑州市金水区花园路 1 号院 2 号楼 301",
    account=NewAccount("liqiang", PASSWORD),
)
ZHAO_JIANGUO = NewPerson(
    name="赵建国",
    id_number=make_id_number(ZHENGZHOU, date(1951, 10, 1), 31),
    region_code=ZHENGZHOU,
    phone="13800000003",
    account=NewAccount("zhaojianguo", PASSWORD),
)
CHEN_MING = NewPerson(
    name="陈明",
    id_number=make_id_number(JINSHUI, date(1985, 2, 20), 553),
    region_code=JINSHUI,
    phone="13800000004",
    account=NewAccount("chenming", PASSWORD),
)

KINDS = {
    "hospital": ("郑州市金水区妇幼保健院", "Jinshui Maternity Hospital"),
    "health": ("金水区卫生健康委员会", "Jinshui Health Commission"),
    "cdc": ("金水区疾病预防控制中心", "Jinshui Centre for Disease Control"),
    "police": ("郑州市公安局金水分局", "Jinshui Police"),
    "medical-insurance": ("金水区医疗保障局", "Jinshui Medical Insurance"),
    "tax": ("金水区税务局", "Jinshui Tax Office"),
    "social-security": ("金水区人力资源和社会保障局", "Jinshui Social Security"),
    "market-regulation": ("金水区市场监督管理局", "Jinshui Market Regulation"),
    "urban-management": ("金水区城市管理局", "Jinshui Urban Management"),
    "fire": ("金水区消防救援大队", "Jinshui Fire and Rescue"),
    "tobacco": ("金水区烟草专卖局", "Jinshui Tobacco Monopoly Office"),
    "transport": ("金水区交通运输局", "Jinshui Transport Bureau"),
    "government-service": ("金水区行政审批和政务信息管理局", "Jinshui Government Service Office"),
}
OFFICER = frozenset({Role.CLERK, Role.OFFICER})
HEAD = frozenset({Role.CLERK, Role.OFFICER, Role.HEAD})


@dataclass(frozen=True)
class Townsperson:
    """Somebody of our town, ready to act."""

    account_id: UUID
    username: str
    actor: Actor

    @property
    def person_id(self) -> UUID:
        """Return who they are; staff are nobody's person."""
        assert self.actor.person_id is not None
        return self.actor.person_id


@dataclass
class Town:
    """Everybody, by name; ``staff["police"]`` is the police officer of 金水区, ``heads["police"]`` the head."""

    wang_fang: Townsperson
    li_qiang: Townsperson
    zhao_jianguo: Townsperson
    chen_ming: Townsperson
    haoweilai_id: UUID
    spouse_mandate_id: UUID
    staff: dict[str, Townsperson] = field(default_factory=dict)
    heads: dict[str, Townsperson] = field(default_factory=dict)
    organisations: dict[str, UUID] = field(default_factory=dict)

    @property
    def stranger(self) -> Townsperson:
        """Return somebody who has nothing to do with the newborn."""
        return self.zhao_jianguo


def found_town(at: datetime = MONDAY) -> Town:
    """Register everybody; raises what the commands raise, so a town that stands is a town that obeys the rules."""
    town = _found_people(at)
    import_organisations(at)
    for kind in KINDS:
        town.organisations[kind] = queries.competent_organisation(kind, JINSHUI).id
        town.staff[kind] = add_staff(f"{kind}-{JINSHUI}", f"{kind}-officer", OFFICER, at)
        town.heads[kind] = add_staff(f"{kind}-{JINSHUI}", f"{kind}-head", HEAD, at)
    town.staff["police-luoyang"] = add_staff(f"police-{LUOYANG}", "police-luoyang", OFFICER, at)
    town.organisations["police-luoyang"] = queries.competent_organisation("police", LUOYANG).id
    return town


def import_organisations(at: datetime = MONDAY) -> None:
    """Fill the directory: one organisation of each kind in 金水区, and the police of another city."""
    rows = [_organisation(kind, JINSHUI, names, number) for number, (kind, names) in enumerate(KINDS.items(), 1)]
    rows.append(_organisation("police", LUOYANG, ("洛阳市公安局", "Luoyang Police"), 90))
    commands.import_organisations(rows, by=SYSTEM, at=at)


def add_office(town: Town, kind: str, names: tuple[str, str], number: int, at: datetime = MONDAY) -> None:
    """Register one more office of 金水区 with an officer and a head; *number* is its own, from 30 on."""
    commands.import_organisations([_organisation(kind, JINSHUI, names, number)], by=SYSTEM, at=at)
    town.organisations[kind] = queries.competent_organisation(kind, JINSHUI).id
    town.staff[kind] = add_staff(f"{kind}-{JINSHUI}", f"{kind}-officer", OFFICER, at)
    town.heads[kind] = add_staff(f"{kind}-{JINSHUI}", f"{kind}-head", HEAD, at)


def add_person(new: NewPerson, at: datetime = MONDAY) -> Townsperson:
    """Register one more person with an account."""
    assert new.account is not None
    commands.register_person(new, by=SYSTEM, at=at)
    return _log_in(new.account.username, at)


def add_staff(organisation: str, username: str, roles: frozenset[Role], at: datetime = MONDAY) -> Townsperson:
    """Register one more staff member."""
    new = NewStaff(f"{username} 办事员", organisation, roles, NewAccount(username, PASSWORD))
    account_id = commands.register_staff(new, by=SYSTEM, at=at)
    return Townsperson(account_id, username, queries.get_actor(account_id, at=at))


def acting_for(agent: Townsperson, mandate_id: UUID, at: datetime = MONDAY) -> Actor:
    """Return *agent* acting for the principal of the mandate."""
    return queries.get_actor(agent.account_id, mandate_id, at=at)


def _found_people(at: datetime) -> Town:
    wang, li, zhao, chen = (add_person(new, at) for new in (WANG_FANG, LI_QIANG, ZHAO_JIANGUO, CHEN_MING))
    enterprise = NewEnterprise(HAOWEILAI, "郑州好味来餐饮有限公司", chen.person_id, JINSHUI, "郑州市金水区文化路 66 号")
    haoweilai = commands.register_enterprise(enterprise, by=SYSTEM, at=at)
    spouse = Wish(
        kind=MandateKind.SPOUSE,
        principal_kind=PrincipalKind.PERSON,
        principal_id=li.person_id,
        agent_person_id=wang.person_id,
        scope=("newborn",),
        may_use_certificates=True,
        valid_to=date(2027, 3, 1),
    )
    return Town(wang, li, zhao, chen, haoweilai, commands.grant_mandate(spouse, by=li.actor, at=at))


def _log_in(username: str, at: datetime) -> Townsperson:
    logged_in = commands.log_in(username, PASSWORD, "127.0.0.1", at)
    return Townsperson(logged_in.account_id, username, logged_in.actor)


def _organisation(kind: str, region: str, names: tuple[str, str], number: int) -> dict[str, object]:
    return {
        "code": f"{kind}-{region}",
        "uscc": make_uscc("12" if kind == "hospital" else "11", region, f"{number:08d}"),
        "name": {"zh": names[0], "en": names[1]},
        "kind": kind,
        "region": region,
        "address": {"zh": "郑州市金水区东风路 1 号", "en": "1 Dongfeng Road, Jinshui, Zhengzhou"},
        "phone": "0371-60000001",
        "complaint_phone": "0371-60000002",
    }
