"""Measure one benchmark against its peers, in one run on this machine."""

import argparse
import importlib
import sys

from yijianshi.config import cli, places

HELP = "性能对比 · measure against peers"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options; those of one benchmark are passed on with --set."""
    parser.add_argument("name", help="名称，例如 handoff · its name, such as handoff")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象 · print one JSON object")
    parser.add_argument("--rounds", type=int, default=5, help="轮数 · rounds")
    parser.add_argument(
        "--set", action="append", default=[], metavar="OPTION=VALUE", dest="options", help="该项的选项 · its own options"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the benchmark and return its exit status; the benchmarks live in the project, not in an installed package."""
    if not (places.ROOT / "benchmarks" / "__main__.py").exists():
        sys.stderr.write("性能对比只在项目目录里可用。 Benchmarks are only available inside the project folder.\n")
        return 2
    sys.path.insert(0, str(places.ROOT))
    passed = [arguments.name, "--rounds", str(arguments.rounds), *(f"--set={option}" for option in arguments.options)]
    if arguments.json:
        passed.append("--json")
    with cli.database():
        status: int = importlib.import_module("benchmarks.__main__").main(passed)
    return status
