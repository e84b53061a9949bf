"""Look at the events that could not be delivered, and try them again once the cause is mended."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from yijianshi.config import cli, words

if TYPE_CHECKING:
    from yijianshi.foundation.outbox import Stuck

HELP = "查看、重送卡住的事件 · list or retry events that are stuck"
_MOST = 1_000


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="列出卡住的事件（只读） · list what is stuck, changing nothing")
    listing.set_defaults(act=_list)
    again = actions.add_parser("retry", help="再送一次 · try again")
    again.add_argument("ids", type=int, nargs="*", metavar="ID", help="list 列出的编号 · numbers from the list")
    again.add_argument("--all", action="store_true", help="全部 · all of them")
    again.set_defaults(act=_retry)


def run(arguments: argparse.Namespace) -> int:
    """List (exit 1 when something is stuck) or retry (exit 1 when something named is not stuck)."""
    with cli.house():
        return int(arguments.act(arguments))


def _list(_arguments: argparse.Namespace) -> int:
    from yijianshi.foundation import outbox

    found = outbox.list_stuck(_MOST)
    _show(found)
    backlog = outbox.measure()
    words.say(f"等着送的事件 {backlog.waiting} 个，卡住 {backlog.stuck} 个", f"waiting {backlog.waiting}, stuck {backlog.stuck}")
    if found:
        words.say(
            "先按原因修好，再：yijianshi outbox retry 编号（或 --all）",
            "mend the cause, then: yijianshi outbox retry ID (or --all)",
        )
    return 1 if found else 0


def _retry(arguments: argparse.Namespace) -> int:
    from yijianshi.foundation import outbox

    if bool(arguments.ids) == arguments.all:
        words.warn("请写明编号，或者用 --all。", "name the numbers, or use --all.")
        return 2
    stuck = {row.id for row in outbox.list_stuck(_MOST)}
    wanted = stuck if arguments.all else set(arguments.ids)
    done = outbox.retry_stuck(sorted(wanted & stuck))
    words.say(f"{done} 个事件将由后台进程再送", f"the worker will try {done} again")
    for unknown in sorted(wanted - stuck):
        words.warn(f"{unknown} 没有卡住，未动", f"{unknown} is not stuck, left alone")
    return 1 if wanted - stuck else 0


def _show(found: Sequence["Stuck"]) -> None:
    for row in found:
        words.console.print(f"{row.id}  {row.event} → {row.handler}", markup=False, style="bold")
        since = row.created_at.astimezone().strftime("%Y-%m-%d %H:%M:%S %z")
        words.say(f"写于 {since}，试过 {row.attempts} 次", f"written {since}, tried {row.attempts} times")
        words.console.print(f"    {row.error}", markup=False)
