"""The command line: ``yijianshi COMMAND``.

Each command is a module of ``config/commands`` with HELP, ``add_to(parser)`` and ``run(arguments) -> exit status``.
"""

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

from yijianshi.config.children import ChildDied
from yijianshi.config.env import BadSetting
from yijianshi.config.ports import PortTaken
from yijianshi.config.postgres import PostgresTrouble
from yijianshi.kernel.errors import DomainError

COMMANDS = (
    "demo",
    "setup",
    "serve",
    "worker",
    "outbox",
    "messages",
    "neighbours",
    "log",
    "verify",
    "seals",
    "keys",
    "archive",
    "migrate",
    "content",
    "bench",
    "reference",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 good, 1 failed, 2 wrong use, settings or surroundings, 130 interrupted."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yijianshi.config.settings")
    _listen()
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen) or 0)
    except (BadSetting, PostgresTrouble, PortTaken) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except PermissionError as error:
        sys.stderr.write(f"没有权限：{error.filename}。请改用有权限的用户，或用 YIJIANSHI_VAR 指定可写的目录。\n")
        sys.stderr.write(f"Not permitted: {error.filename}. Use a user who may, or name a writable folder in YIJIANSHI_VAR.\n")
        return 2
    except ChildDied as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except DomainError as error:
        sys.stderr.write(f"{error.text.zh}\n{error.text.en}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def django(argv: Sequence[str]) -> int:
    """Run one of Django's own commands with the database up."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yijianshi.config.settings")
    _listen()
    with database():
        execute_from_command_line(list(argv))
    return 0


@contextmanager
def database() -> Iterator[None]:
    """Keep the embedded server up for the length of the block; nothing to do when DATABASE_URL names another."""
    from django.conf import settings

    from yijianshi.config import databases, postgres
    from yijianshi.config.postgres_home import Home

    if databases.address():
        yield
        return
    with postgres.running_with_database(Home(settings.VAR)):
        yield


@contextmanager
def house() -> Iterator[None]:
    """Keep the database up and Django loaded for the length of the block."""
    import django as django_project
    from django.db import connection

    with database():
        django_project.setup()
        try:
            yield
        finally:
            connection.close()
            pooled: Any = connection
            pooled.close_pool()  # before the server stops, so that its pool does not try to reconnect


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


def _listen() -> None:
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell without job control starts us deaf to it


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
