"""Write the pages of docs/reference that are generated from the code: settings, events, the API."""

import argparse

from yijianshi.config import cli, words

HELP = "生成参考文档 · write the generated reference"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--check", action="store_true", help="只检查是否最新 · only say whether it is up to date")


def run(arguments: argparse.Namespace) -> int:
    """Write the pages; with --check exit 1 when one is out of date."""
    with cli.house():
        from yijianshi.config import reference

        changed = reference.write(check_only=arguments.check)
    for page in changed:
        words.say(
            f"{'需要更新' if arguments.check else '已更新'}:{page}", f"{'out of date' if arguments.check else 'written'}: {page}"
        )
    return 1 if arguments.check and changed else 0
