"""Enter the systems of other organisations, see how they are doing, and prove the way to them."""

import argparse
from pathlib import Path

from yijianshi.config import cli, words
from yijianshi.kernel.text import Text

HELP = "外部系统：登记、查看、检查 · enter, list and check neighbour systems"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    entering = actions.add_parser("apply", help="采用一份名单 · take over a neighbour file")
    entering.add_argument("file", type=Path, help="YAML")
    entering.set_defaults(act=_apply)
    listing = actions.add_parser("list", help="列出外部系统和它们的状况（只读） · list them and how they are doing")
    listing.set_defaults(act=_list)
    checking = actions.add_parser("check", help="逐个试通 · try the way to each")
    checking.add_argument("codes", nargs="*", metavar="CODE", help="只试这些 · only these")
    checking.set_defaults(act=_check)
    comparing = actions.add_parser("reconcile", help="与对方对账并补齐 · compare both sides and mend")
    comparing.set_defaults(act=_reconcile)
    sharing = actions.add_parser("share", help="有多少事项真正接通了 · how many items are really connected")
    sharing.add_argument("--json", action="store_true", help="以 JSON 输出 · print JSON")
    sharing.set_defaults(act=_share)
    telling = actions.add_parser(
        "report", help="把上下级系统缺的办件状态和结果补上 · tell systems of other levels what they lack"
    )
    telling.add_argument("code", metavar="CODE")
    telling.add_argument("--days", type=int, default=60, help="办结多少天以内的也补 · also cases that ended within so many days")
    telling.set_defaults(act=_report)
    pulling = actions.add_parser(
        "pull", help="取回上级的内容，作为修改提案 · fetch the template of the level above, as a proposal"
    )
    pulling.add_argument("code", metavar="CODE")
    pulling.set_defaults(act=_pull)
    own = actions.add_parser("key", help="我们的公钥，交给对方 · our public key, to give to them")
    own.set_defaults(act=_key)


def run(arguments: argparse.Namespace) -> int:
    """Do it; exit 1 when a neighbour is in trouble, 2 when the file cannot be read."""
    with cli.house():
        return int(arguments.act(arguments))


def _apply(arguments: argparse.Namespace) -> int:
    import yaml

    from yijianshi.exchange import commands
    from yijianshi.foundation import clock
    from yijianshi.identity.logic.actor import SYSTEM

    try:
        content = yaml.safe_load(arguments.file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        words.warn(f"这份名单读不了：{error}", f"the file cannot be read: {error}")
        return 2
    changed = commands.apply_neighbours(content if isinstance(content, dict) else {}, by=SYSTEM, at=clock.now())
    for code in changed:
        words.console.print(code, markup=False)
    words.say(f"有变化的外部系统 {len(changed)} 个", f"{len(changed)} neighbours changed")
    return 0


def _list(_arguments: argparse.Namespace) -> int:
    from yijianshi.exchange import queries

    troubled = 0
    for row in queries.list_health():
        state = ("停用", "off") if not row.is_enabled else ("正常", "well") if row.is_well else ("不通", "away")
        troubled += row.is_enabled and not row.is_well
        words.console.print(f"{row.code}  {row.name.zh} {row.name.en}", markup=False, style="bold")
        words.say(f"{state[0]}，待发 {row.waiting}，卡住 {row.stuck}", f"{state[1]}, {row.waiting} waiting, {row.stuck} stuck")
        if row.error:
            words.console.print(f"    {row.error}", markup=False)
    return 1 if troubled else 0


def _check(arguments: argparse.Namespace) -> int:
    from yijianshi.exchange import queries

    cards = [card for card in queries.list_neighbours() if card.is_enabled]
    unknown = set(arguments.codes) - {card.code for card in cards}
    for code in sorted(unknown):
        words.warn(f"没有“{code}”", f'there is no "{code}"')
    bad = len(unknown)
    for card in cards:
        if arguments.codes and card.code not in arguments.codes:
            continue
        connector = queries.connect(card)
        try:
            wrong = connector.check()
        finally:
            connector.close()
        bad += bool(wrong)
        words.console.print(f"{card.code}  {card.name.zh} {card.name.en}", markup=False, style="bold")
        for text in wrong or [Text("通", "fine")]:
            words.say(text.zh, text.en)
    return 1 if bad else 0


def _reconcile(_arguments: argparse.Namespace) -> int:
    from yijianshi.exchange import queries, tasks

    bad = 0
    for card in queries.list_neighbours():
        if card.is_enabled:
            found = tasks.reconcile_with(card)
            bad += bool(found.error)
            words.console.print(f"{card.code}  {card.name.zh} {card.name.en}", markup=False, style="bold")
            words.say(
                f"核对 {found.compared} 件，重送 {found.sent_again} 条，请对方补发 {found.asked_again} 件",
                f"{found.compared} threads compared, {found.sent_again} messages sent again, {found.asked_again} asked for again",
            )
            if found.error:
                words.console.print(f"    {found.error}", markup=False)
    return 1 if bad else 0


def _report(arguments: argparse.Namespace) -> int:
    from datetime import timedelta

    from yijianshi.cases.commands import reporting
    from yijianshi.foundation import clock

    told = reporting.catch_up(arguments.code, at=clock.now(), since=timedelta(days=max(0, min(arguments.days, 3_650))))
    words.say(f"补了 {told} 条", f"{told} messages written")
    return 0


def _key(_arguments: argparse.Namespace) -> int:
    from yijianshi.exchange import keys

    words.console.print(keys.own().public.hex(), markup=False, soft_wrap=True)
    return 0


def _share(arguments: argparse.Namespace) -> int:
    import json

    from yijianshi.cases import queries
    from yijianshi.foundation import clock
    from yijianshi.identity.logic.actor import SYSTEM

    at = clock.now()
    found = queries.connected_share(by=SYSTEM, at=at, on=clock.today(at))
    if arguments.json:
        named = [{"item": one.code, "entered": list(one.entered), "works": one.works} for one in found.items]
        figure = {"listed": found.listed, "entered": found.entered, "works": found.works, "since": found.since.isoformat()}
        words.console.print_json(json.dumps({**figure, "items": named}, ensure_ascii=False))
        return 0
    words.say(
        f"事项 {found.listed} 项，登记了系统的 {found.entered} 项，三十天内真正往来过的 {found.works} 项",
        f"{found.listed} items, a system entered for {found.entered}, really carried within thirty days {found.works}",
    )
    for one in found.items:
        if one.entered and not one.works:
            systems = ", ".join(one.entered)
            words.console.print(f"  {one.code}  {one.name.zh}（{systems}）", markup=False)
    return 0


def _pull(arguments: argparse.Namespace) -> int:
    from yijianshi.catalogue import commands, levels
    from yijianshi.exchange import queries
    from yijianshi.exchange.connectors.port import Away, CannotDo, Refused
    from yijianshi.foundation import clock
    from yijianshi.identity.logic.actor import SYSTEM

    card = queries.get_neighbour(arguments.code)
    if card.entry.content != "TAKE":
        words.warn(
            f"名单里没有写明取“{card.code}”的内容（content: TAKE）。",
            f'the neighbour file does not say to take content of "{card.code}" (content: TAKE).',
        )
        return 2
    connector = queries.connect(card)
    try:
        theirs = levels.fetch_template(card, connector)
    except (Away, Refused, CannotDo) as error:
        words.warn(f"没有取到，什么都没有改：{error}", f"nothing was fetched and nothing changed: {error}")
        return 1
    finally:
        connector.close()
    done = commands.propose_pulled(card.name.zh, theirs, by=SYSTEM, at=clock.now())
    for path in done.files:
        words.console.print(f"  {path}", markup=False)
    if done.proposal_id is None:
        words.say(f"核对了 {len(theirs)} 个文件，没有不同。", f"{len(theirs)} files compared, nothing differs.")
    else:
        words.say(
            f"{len(done.files)} 个文件不同，已放进修改提案，两个人审核后生效：/authoring/proposals/{done.proposal_id}/",
            f"{len(done.files)} files differ; they wait in a proposal for two people to approve.",
        )
    if done.only_here:
        words.say(
            f"只有本地有的 {len(done.only_here)} 个文件没有动。", f"{len(done.only_here)} files only this place has were left."
        )
    return 0
