"""Deliver events and run jobs in the background until told to stop."""

import argparse

from yijianshi.config import cli

HELP = "启动后台进程 · run a worker"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--no-jobs", action="store_true", help="只送事件，不跑任务 · deliver events only")
    parser.add_argument("--no-courier", action="store_true", help="不收发外部系统的消息 · leave messages to another worker")


def run(arguments: argparse.Namespace) -> int:
    """Work until SIGTERM or SIGINT."""
    with cli.house():
        from yijianshi.certificates.worker import run_sealing
        from yijianshi.exchange import courier
        from yijianshi.exchange.webhooks.entrance import sending
        from yijianshi.foundation import worker
        from yijianshi.foundation.transparency.worker import run_log

        beside = {"log": run_log, "sealing": run_sealing}
        if not arguments.no_courier:
            beside |= {"courier": courier.run_courier, "webhooks": sending.run_webhooks}
        worker.run_worker(with_jobs=not arguments.no_jobs, beside=beside)
    return 0
