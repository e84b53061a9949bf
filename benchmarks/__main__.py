"""`python -m benchmarks NAME [--json] [--rounds N] [--set option=value]`: one benchmark without the rest of the command line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from benchmarks import registry, table
from benchmarks.frame import FEWEST_ROUNDS, PeerCouldNotRun, ResultsDiffer


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("name", choices=registry.names())
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--rounds", type=int, default=FEWEST_ROUNDS)
    parser.add_argument("--set", action="append", default=[], metavar="OPTION=VALUE", dest="options")
    given = parser.parse_args(arguments)
    options = dict(option.partition("=")[::2] for option in given.options)
    try:
        report = registry.run(given.name, given.rounds, options)
    except (ResultsDiffer, PeerCouldNotRun, ValueError) as problem:
        print(f"{given.name}: {problem}", file=sys.stderr)
        return 1
    print(json.dumps(report.as_json(), ensure_ascii=False) if given.json else table.render(report))
    return report.exit_code


if __name__ == "__main__":
    sys.exit(main())
