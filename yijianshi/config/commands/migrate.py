"""Bring the database to the newest structure."""

import argparse

from yijianshi.config import cli

HELP = "更新数据库结构 · bring the database to the newest structure"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--quiet", action="store_true", help="只报告错误 · report only errors")


def run(arguments: argparse.Namespace) -> int:
    """Migrate the database, starting the embedded server if it is wanted."""
    from django.core.management import call_command

    with cli.house():
        call_command("migrate", interactive=False, verbosity=0 if arguments.quiet else 1)
    return 0
