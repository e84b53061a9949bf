"""The signing keys of this installation: what they are for, from when to when; change one."""

import argparse
from datetime import timedelta

from yijianshi.config import cli, words

HELP = "签名密钥：查看、更换 · list and change signing keys"
CHANGED = ("log", "maker", "root")  # seals are changed by ending them


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="列出签名密钥（只读，只有公钥） · list them, public halves only")
    listing.set_defaults(act=_list)
    changing = actions.add_parser("rotate", help="换一把：日志、制章机构、根 · change the log's, the seal maker's, the root's")
    changing.add_argument("purpose", choices=CHANGED)
    changing.set_defaults(act=_rotate)


def run(arguments: argparse.Namespace) -> int:
    """Do it; exit 1 when a key in use runs out within thirty days."""
    with cli.house():
        return int(arguments.act(arguments))


def _list(_arguments: argparse.Namespace) -> int:
    from yijianshi.foundation import clock, signing

    soon = clock.now() + timedelta(days=30)
    ending = 0
    for key in signing.list_keys():
        state = ("在用", "in use") if key.retired_at is None else ("已换下", "retired")
        words.console.print(f"{key.purpose}  {key.public.hex()[:16]}  {key.owner_id or ''}", markup=False, style="bold")
        words.say(
            f"{state[0]}，{key.valid_from:%F} 至 {key.valid_to:%F}", f"{state[1]}, {key.valid_from:%F} to {key.valid_to:%F}"
        )
        if key.retired_at is None and key.valid_to < soon:
            ending += 1
            words.warn("三十天内到期，请更换", "it runs out within thirty days: change it")
    return 1 if ending else 0


def _rotate(arguments: argparse.Namespace) -> int:
    from yijianshi.certificates import commands as certificates
    from yijianshi.foundation import clock, signing
    from yijianshi.identity.logic.actor import SYSTEM

    at = clock.now()
    if arguments.purpose == "log":
        key = signing.rotate("log", at=at)
    else:
        change = certificates.rotate_root if arguments.purpose == "root" else certificates.rotate_maker
        key = change(by=SYSTEM, at=at)
    words.say(
        f"换好了：{key.public.hex()[:16]}。旧的不再签名，签过的照样能核验", "changed; what the old one signed still verifies"
    )
    if arguments.purpose == "root":
        words.say(
            "制章机构也换了。请核验的人重新取得可信名单：/api/v1/log/trust",
            "the seal maker changed with it; those who verify should get the keys to trust again: /api/v1/log/trust",
        )
    return 0
