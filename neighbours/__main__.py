"""Run simulators: ``python -m neighbours police tax --folder var/neighbours --house http://127.0.0.1:8000 --house-key HEX``."""

import argparse
import logging
import signal
import sys
import threading
from pathlib import Path

from neighbours import entry_file
from neighbours.engine.running import House
from neighbours.engine.server import up
from neighbours.systems import SYSTEMS


def main() -> int:
    """Run the systems named until told to stop; returns the exit status."""
    arguments = _parser().parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for noisy in ("amqtt", "transitions"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    unknown = [name for name in arguments.names if name not in SYSTEMS]
    if unknown:
        sys.stderr.write(f"没有这个系统：{', '.join(unknown)}。 No such system; known: {', '.join(SYSTEMS)}\n")
        return 2
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    systems = [SYSTEMS[name] for name in arguments.names or SYSTEMS]
    house = House(arguments.house.rstrip("/"), arguments.house_key)
    with up(systems, arguments.folder, house, port_base=arguments.port_base, pace=arguments.pace) as running:
        entry_file.write(arguments.file or arguments.folder / "neighbours.yaml", running)
        for one in running:
            sys.stdout.write(f"{one.system.code:24} http://127.0.0.1:{one.port}/  {one.system.zh} {one.system.en}\n")
        sys.stdout.flush()
        over.wait()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m neighbours", description="周边系统模拟器 · simulators of outside systems")
    known = ", ".join(SYSTEMS)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"哪些系统，默认全部 · which ones (default: all): {known}")
    parser.add_argument("--folder", type=Path, required=True, help="各系统的数据和密钥 · storage and key of each")
    parser.add_argument("--house", default="", help="本平台地址 · address of the house, for callbacks")
    parser.add_argument("--house-key", type=bytes.fromhex, default=b"", help="本平台公钥 · the house's public key, 128 digits")
    parser.add_argument("--port-base", type=int, default=0, help="第一个端口，0 为任意空闲 · first port (default: any free ones)")
    parser.add_argument("--pace", type=float, default=1.0, help="每一步隔几秒 · seconds between two steps of a case")
    parser.add_argument("--file", type=Path, help="接入文件写到哪里 · where to write the neighbour file")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
