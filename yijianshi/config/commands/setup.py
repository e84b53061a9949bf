"""Make everything ready to serve: keys, database, structure, content, organisations (and people, in the demo)."""

import argparse
import secrets

from yijianshi.config import cli, keys, words

HELP = "准备好一切，但不启动 · make everything ready, without serving"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--print-keys", action="store_true", help="只打印一套新密钥 · only print a fresh set of keys for production"
    )


def run(arguments: argparse.Namespace) -> int:
    """Prepare the house; doing it again changes nothing."""
    if arguments.print_keys:
        words.console.print(f"YIJIANSHI_SECRET_KEY={secrets.token_urlsafe(48)}", markup=False)
        words.console.print(f"YIJIANSHI_SEALING_KEYS={keys.sealing_key()}", markup=False)
        words.console.print(f"YIJIANSHI_INDEX_KEY={secrets.token_urlsafe(48)}", markup=False)
        words.console.print(f"YIJIANSHI_EXCHANGE_KEY={keys.exchange_key()}", markup=False)
        return 0
    with cli.house():
        from django.conf import settings
        from django.core.management import call_command

        from yijianshi.config import preparation

        preparation.prepare()
        if settings.MODE == "production":
            call_command("collectstatic", interactive=False, verbosity=0)
    words.say("准备好了。启动：yijianshi serve --with-worker", "ready. To start: yijianshi serve --with-worker")
    return 0
