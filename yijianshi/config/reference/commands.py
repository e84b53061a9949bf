"""The command line page: every command with its options."""

import argparse
import importlib
from collections.abc import Iterator

from yijianshi.config.reference.markdown import code, first_line, table

_HEAD = """# 命令行 Command line

`yijianshi COMMAND`，或 `python -m yijianshi COMMAND`。退出码：0 成功，1 没有做成，2 用法、设置或环境不对，130 被中断。

`yijianshi COMMAND`, or `python -m yijianshi COMMAND`. Exit status: 0 good, 1 not done, 2 wrong use, settings or surroundings,
130 interrupted.

"""


def page() -> str:
    """Return the page."""
    from yijianshi.config import cli

    return _HEAD + "\n".join(_command(name) for name in cli.COMMANDS)


def _command(name: str) -> str:
    module = importlib.import_module(f"yijianshi.config.commands.{name}")
    parser = argparse.ArgumentParser(add_help=False)
    module.add_to(parser)
    rows = list(_options(parser))
    head = f"## `yijianshi {name}`\n\n{module.HELP}\n\n{first_line(module.__doc__)}\n"
    return head + (f"\n{table(('选项 Option', '默认 Default', '含义 Meaning'), rows)}" if rows else "")


def _options(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str, str]]:
    for action in parser._actions:  # argparse offers no other way to list them; format_help wraps by the terminal's width
        names = ", ".join(action.option_strings) or (action.metavar if isinstance(action.metavar, str) else action.dest)
        choices = f" {{{','.join(map(str, action.choices))}}}" if action.choices else ""
        default = "" if action.default in (None, False, argparse.SUPPRESS) else str(action.default)
        yield code(names + choices), code(default), action.help or ""
