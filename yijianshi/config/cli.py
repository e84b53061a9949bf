"""The command line: ``yijianshi COMMAND``; each command is a module of ``config/commands`` with ``add_to(parser)`` and ``run(arguments)``."""

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from types import FrameType

from yijianshi.config.env import BadSetting
from yijianshi.config.postgres import PostgresTrouble

COMMANDS = ("migrate",)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 good, 1 failed, 2 wrong use or wrong settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yijianshi.config.settings")
    signal.signal(signal.SIGTERM, _leave)
    try:
        chosen = _parser().parse_args(arguments)
        return int(chosen.run(chosen) or 0)
    except (BadSetting, PostgresTrouble) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def django(argv: Sequence[str]) -> int:
    """Run one of Django's own commands with the database up."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yijianshi.config.settings")
    signal.signal(signal.SIGTERM, _leave)
    with database():
        execute_from_command_line(list(argv))
    return 0


def database() -> AbstractContextManager[object]:
    """Keep the embedded server up for the length of the block; nothing to do when DATABASE_URL names another."""
    from django.conf import settings

    from yijianshi.config import databases, postgres

    if databases.address():
        return nullcontext()
    home = databases.home(settings.VAR, settings.MODE)
    return postgres.running_with_database(home)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="yijianshi", description="高效办成一件事 · one thing, one application, however many departments"
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in COMMANDS:
        module = importlib.import_module(f"yijianshi.config.commands.{name}")
        command = commands.add_parser(name, help=module.HELP, description=module.__doc__)
        module.add_to(command)
        command.set_defaults(run=module.run)
    return parser


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
