"""The occasions on which people are told something: which events, to whom, and what their texts may name."""

from collections.abc import Mapping
from dataclasses import dataclass

from yijianshi.kernel.text import Text

_MATTER = frozenset({"surname", "thing", "number", "site"})
_CASE = _MATTER | {"item", "department"}


@dataclass(frozen=True, slots=True)
class Occasion:
    """One event people can be told of: what happened, its outcomes (none: it has no variants), who, and the placeholders."""

    what: Text
    audience: frozenset[str]
    placeholders: frozenset[str]
    outcomes: tuple[str, ...] = ()


_HERS = frozenset({"applicant", "agent"})
# What each placeholder says, and how many characters are reckoned for it in a text message (zh, en).
PLACEHOLDERS: Mapping[str, tuple[Text, tuple[int, int]]] = {
    "surname": (Text("收信人的姓", "the recipient's surname"), (2, 12)),
    "thing": (Text("一件事的名称", "the one-thing"), (12, 30)),
    "item": (Text("事项的名称", "the item"), (12, 30)),
    "department": (Text("办理的部门", "the department"), (12, 30)),
    "certificate": (Text("证照的名称", "the certificate"), (10, 30)),
    "number": (Text("申请编号", "the application's number"), (20, 20)),
    "date": (Text("日期，例如 12月3日", "a day, such as 3 Dec"), (6, 6)),
    "count": (Text("有几处", "how many"), (2, 2)),
    "person": (Text("另一个人，名字遮住一部分", "the other person, masked"), (4, 12)),
    "place": (Text("办理地", "the place in charge"), (8, 16)),
    "site": (Text("这个网站的地址", "the address of this site"), (24, 24)),
}
OCCASIONS: Mapping[str, Occasion] = {
    "applications.submitted": Occasion(Text("申请提交了", "an application was submitted"), _HERS, _MATTER | {"count"}),
    "applications.party_invited": Occasion(
        Text("请另一位当事人确认", "another party was asked to agree"),
        frozenset({"party"}),
        frozenset({"surname", "thing", "person", "site"}),
    ),
    "applications.party_answered": Occasion(
        Text("当事人答复了", "a party answered"),
        _HERS,
        frozenset({"surname", "thing", "site"}),
        ("CONFIRMED", "DECLINED"),
    ),
    "applications.item_ripe": Occasion(
        Text("以前办不了的事项现在可以办了", "an item can be applied for now"),
        frozenset({"applicant"}),
        _MATTER | {"item", "date"},
    ),
    "identity.mandate_given": Occasion(
        Text("有人授权别人代办", "a mandate was given"),
        frozenset({"applicant", "agent"}),
        frozenset({"surname", "person", "date", "site"}),
    ),
    "identity.mandate_ended": Occasion(
        Text("授权提前结束了", "a mandate was ended"), frozenset({"applicant", "agent"}), frozenset({"surname", "person", "site"})
    ),
    "cases.accepted": Occasion(Text("部门受理了", "a department accepted a case"), _HERS, _CASE | {"date"}),
    "cases.correction_requested": Occasion(
        Text("部门要求补正", "a department asked for corrections"), _HERS, _CASE | {"date", "count"}
    ),
    "cases.decided": Occasion(
        Text("部门作出决定", "a department decided"), _HERS, _CASE, ("APPROVED", "REFUSED", "NOT_ACCEPTED")
    ),
    "cases.ended": Occasion(
        Text("办件结束（ALL：一份申请的全部办件）", "a case ended (ALL: every case of an application)"),
        _HERS,
        _CASE,
        ("COMPLETED", "RETURNED", "WITHDRAWN", "TERMINATED", "ALL"),
    ),
    "certificates.state-changed": Occasion(
        Text("证照被暂扣、恢复、撤销或注销", "a certificate was suspended, restored, revoked or cancelled"),
        frozenset({"holder"}),
        frozenset({"surname", "certificate", "department", "site"}),
        ("SUSPENDED", "VALID", "REVOKED", "CANCELLED"),
    ),
    "crossregion.told": Occasion(
        Text("异地申请有了进展", "an application for another region moved"),
        _HERS,
        _MATTER | {"place"},
        ("ARRIVED_AT_HOME", "CORRECTION", "NOT_ACCEPTED", "RETURNED", "HANDED_OVER"),
    ),
}
# Events of the house that tell nobody outside it: desks see them in their worklists, systems in their own ways.
UNTOLD = frozenset(
    {
        "applications.forwarded",
        "cases.corrected",
        "cases.hand_over_due",
        "cases.report_due",
        "cases.taken_back",
        "cases.received",
        "catalogue.published",
        "certificates.issued",
        "crossregion.files_arrived",
        "exchange.register_answered",
        "exchange.thread_advanced",
    }
)
