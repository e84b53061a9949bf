"""Serve the web pages and the API; with --with-worker also run a worker beside it."""

import argparse
import os
import shutil

from yijianshi.config import children, cli, ports

HELP = "启动网站和接口 · serve the pages and the API"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 · address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="端口 · port")
    parser.add_argument("--processes", type=int, default=1, help="网站进程数 · web processes")
    parser.add_argument("--threads", type=int, default=4, help="每个进程的线程数 · threads of each process")
    parser.add_argument("--with-worker", action="store_true", help="同时启动后台进程 · also run a worker")


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    ports.choose(arguments.host, arguments.port, must_be=True)
    with cli.database():
        if arguments.with_worker:
            return _with_worker(arguments)
        _granian(arguments)
    return 0


def _with_worker(arguments: argparse.Namespace) -> int:
    web = ["serve", "--host", arguments.host, "--port", str(arguments.port)]
    web += ["--processes", str(arguments.processes), "--threads", str(arguments.threads)]
    both: list[children.Child] = []
    with children.stopping(both):
        both.append(children.start("web", web))
        both.append(children.start("worker", ["worker"]))
        children.watch(both)
    return 0


def _granian(arguments: argparse.Namespace) -> None:
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    if arguments.processes > 1:  # the processes share their figures through files
        figures = settings.VAR / "figures"
        shutil.rmtree(figures, ignore_errors=True)
        figures.mkdir(mode=0o700)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(figures)
    server = Granian(
        "yijianshi.config.wsgi:application",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        workers=arguments.processes,
        blocking_threads=arguments.threads,
        log_level=LogLevels.warning,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
    )
    server.serve()
