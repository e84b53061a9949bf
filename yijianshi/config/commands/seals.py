"""Electronic seals: make one for an organisation, list them, end one."""

import argparse
from uuid import UUID

from yijianshi.config import cli, words

HELP = "电子印章：制章、查看、停用 · make, list and end electronic seals"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="列出电子印章（只读） · list the seals")
    listing.set_defaults(act=_list)
    making = actions.add_parser("make", help="给一个部门制章 · make the seal of an organisation")
    making.add_argument("organisation", help="部门代码 · code of the organisation")
    making.add_argument("--custodian", required=True, help="保管人 · who keeps it")
    making.add_argument(
        "--rule", nargs="*", default=[], metavar="TYPE", help="自动用章的证照类型，全部写 '*' · certificate types sealed by rule"
    )
    making.add_argument("--basis", default="", help="自动用章的依据（公布的规则） · the published rule they rest on")
    making.set_defaults(act=_make)
    ending = actions.add_parser("end", help="停用一枚印章 · end a seal")
    ending.add_argument("id", type=UUID, help="list 里的编号 · its id in the list")
    ending.add_argument("--reason", required=True, help="理由 · why")
    ending.set_defaults(act=_end)


def run(arguments: argparse.Namespace) -> int:
    """Do it; exit 1 when it is refused."""
    with cli.house():
        return int(arguments.act(arguments))


def _list(_arguments: argparse.Namespace) -> int:
    from yijianshi.certificates import queries
    from yijianshi.foundation import clock

    found, at = queries.list_seals(), clock.now()
    for one in found:
        words.console.print(f"{one.id}  {one.name.zh} {one.name.en}", markup=False, style="bold")
        state = ("已停用", "ended") if one.ended_at else ("在用", "in use")
        words.say(
            f"{state[0]}，保管人 {one.custodian}，有效期到 {one.valid_to:%F}，用过 {one.uses} 次",
            f"{state[1]}, kept by {one.custodian}, valid to {one.valid_to:%F}, used {one.uses} times",
        )
        if warning := one.warning(at):
            words.warn(warning.zh, warning.en)
    words.say(f"电子印章 {len(found)} 枚", f"{len(found)} seals")
    return 0


def _make(arguments: argparse.Namespace) -> int:
    from yijianshi.certificates import commands
    from yijianshi.foundation import clock
    from yijianshi.identity import queries as identity
    from yijianshi.identity.logic.actor import SYSTEM

    known = {card.code: card.id for card in identity.list_organisations()}
    if arguments.organisation not in known:
        words.warn(f"没有代码为 {arguments.organisation} 的部门", f"there is no organisation {arguments.organisation}")
        return 1
    new = commands.NewSeal(
        organisation_id=known[arguments.organisation],
        custodian=arguments.custodian,
        rule_types=tuple(arguments.rule),
        rule_basis=arguments.basis,
    )
    words.say(f"制好了：{commands.make_seal(new, by=SYSTEM, at=clock.now())}", "made")
    return 0


def _end(arguments: argparse.Namespace) -> int:
    from yijianshi.certificates import commands
    from yijianshi.foundation import clock
    from yijianshi.identity.logic.actor import SYSTEM

    commands.end_seal(arguments.id, arguments.reason, by=SYSTEM, at=clock.now())
    words.say("已停用，并列入吊销列表", "ended, and on the revocation list")
    return 0
