"""Show a newborn's one application from the first question to the last certificate, then stay up to be tried out."""

import argparse
import time
import urllib.error
import urllib.request
from pathlib import Path

from yijianshi.config import children, cli, ports, words
from yijianshi.config.children import Child

HELP = "演示：新生儿出生一件事 · the demonstration: a newborn's one thing"
_PATIENCE_SECONDS = 60.0


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--once", action="store_true", help="演完即退出 · leave when all results are delivered")
    parser.add_argument("--port", type=int, help="端口，默认 8000 起找空闲的 · port (default: the first free one from 8000)")
    parser.add_argument("--pace", type=float, default=None, help="每一步停几秒 · seconds between the steps")


def run(arguments: argparse.Namespace) -> int:
    """Play the demonstration; exit 0 when all results were delivered (--once) or when stopped."""
    port, holder = ports.choose("127.0.0.1", arguments.port or 8000, must_be=arguments.port is not None)
    if holder:
        words.warn(f"端口 8000 被 {holder} 占用，改用 {port}。", f"port 8000 is in use by {holder}; using {port}.")
    words.say("正在启动数据库…", "starting the database …")
    with cli.house():
        from django.conf import settings

        if not settings.DEMO:
            words.warn("演示只能在 demo 模式下运行。", "the demonstration needs YIJIANSHI_MODE=demo.")
            return 2
        from yijianshi.config import preparation

        preparation.prepare()
        return _play(arguments, f"http://127.0.0.1:{port}", port, settings.VAR)


def _play(arguments: argparse.Namespace, address: str, port: int, var: Path) -> int:
    from yijianshi.config import accounts
    from yijianshi.config.demo import letterbox, story, surroundings

    ours: list[Child] = []
    with surroundings.forgotten_at_the_end(), children.stopping(ours):
        (var / "demo").mkdir(mode=0o700, parents=True, exist_ok=True)
        letters = letterbox.start(ours, var)
        extra = {"YIJIANSHI_PUBLIC_URL": address, **letters.settings}
        pace = arguments.pace if arguments.pace is not None else (0.0 if arguments.once else 0.6)
        around = surroundings.start(ours, address, var, pace=pace)
        ours.append(children.start("web", ["serve", "--port", str(port)], log=var / "log" / "web.log", extra=extra))
        ours.append(children.start("worker", ["worker"], log=var / "log" / "worker.log", extra=extra))
        wait_until_healthy(address, ours)
        words.say(f"网站已启动：{address}", f"the site is up: {address}")
        try:
            departments = frozenset(kind for one in around for kind in one.departments)
            written = story.play(address, words.console, var / "demo" / "certificates", pace=pace, connected=departments)
        except Exception as error:
            words.warn(f"演示没有演完：{error}", f"the demonstration did not reach its end; logs are in {var / 'log'}")
            return 1
        words.say(f"证照文件：{written[0].parent if written else '-'}", f"{len(written)} certificates written as PDF")
        if not arguments.once:
            accounts.show(address)
            surroundings.show(around)
            letterbox.show(letters)
            children.watch(ours)
    return 0


def wait_until_healthy(address: str, ours: list[Child]) -> None:
    """Return once the site is ready and the worker has given a sign of life; raises ChildDied when either ends."""
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < give_up:
        for child in ours:
            child.check()
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2) as answer:  # noqa: S310  our own server
                if b'"worker": "alive"' in answer.read():
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            pass
        time.sleep(0.2)
    raise children.ChildDied("网站没有按时启动，请看 var/log。 The site did not start in time; please look into var/log.")
