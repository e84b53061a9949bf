"""Look at the text messages and e-mails that were given up, and send them again once the cause is mended."""

import argparse

from yijianshi.config import cli, words

HELP = "查看、重发没有送出的短信和邮件 · list or resend messages that were given up"
_MOST = 1_000


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="列出没有送出的（只读） · list what was given up, changing nothing")
    listing.set_defaults(act=_list)
    again = actions.add_parser("retry", help="全部再发一次 · try all of them again")
    again.set_defaults(act=_retry)


def run(arguments: argparse.Namespace) -> int:
    """List (exit 1 when something was given up) or retry."""
    with cli.house():
        return int(arguments.act(arguments))


def _list(_arguments: argparse.Namespace) -> int:
    from yijianshi.exchange.notices import queries

    found = queries.list_given_up(_MOST)
    for row in found:
        words.console.print(f"{row.id}  {row.channel}  {row.error}", markup=False)
        since = row.created_at.astimezone().strftime("%Y-%m-%d %H:%M:%S %z")
        words.say(f"写于 {since}，试过 {row.attempts} 次", f"written {since}, tried {row.attempts} times")
    words.say(f"没有送出的消息 {len(found)} 条", f"given up: {len(found)}")
    if found:
        words.say("先按原因修好网关，再：yijianshi messages retry", "mend the gateway, then: yijianshi messages retry")
    return 1 if found else 0


def _retry(_arguments: argparse.Namespace) -> int:
    from yijianshi.exchange.notices import commands, queries
    from yijianshi.foundation import clock
    from yijianshi.identity.logic.actor import SYSTEM

    ids = [row.id for row in queries.list_given_up(_MOST)]
    done = commands.retry_given_up(ids, by=SYSTEM, at=clock.now())
    words.say(f"{done} 条消息将由后台进程再发", f"the worker will try {done} again")
    return 0
