"""Run both until told to stop: ``python -m neighbours.post --folder var/post``."""

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from neighbours.post.running import up


def main() -> int:
    """Serve, and write how to reach us to the file named; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m neighbours.post",
        description="短信网关和邮件服务器的模拟器 · simulators of an SMS gateway and a mail server",
    )
    parser.add_argument("--folder", type=Path, required=True, help="存放收到的消息 · where what is taken is kept")
    parser.add_argument("--file", type=Path, help="地址写到哪里 · where to write the addresses")
    parser.add_argument("--token", default="", help="短信网关的令牌 · token of the SMS gateway")
    parser.add_argument(
        "--port", type=int, default=0, help="网页和短信的端口，0 为任意空闲 · port of page and SMS (default: any)"
    )
    parser.add_argument("--mail-port", type=int, default=0, help="邮件的端口 · port of the mail server (default: any)")
    wanted = parser.parse_args()
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    with up(wanted.folder, token=wanted.token, web_port=wanted.port, mail_port=wanted.mail_port) as post:
        if wanted.file:
            half = wanted.file.with_suffix(".half")
            half.write_text(json.dumps({"page": post.page, "settings": post.settings}), encoding="utf-8")
            half.rename(wanted.file)
        sys.stdout.write(f"{post.page}  {post.settings['YIJIANSHI_MAIL_ADDRESS']}\n")
        sys.stdout.flush()
        over.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
