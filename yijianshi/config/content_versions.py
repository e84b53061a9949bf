"""What the command line says about published versions: which are in use, and moving open drafts to the one in force."""

import argparse
import json
from typing import TYPE_CHECKING

from yijianshi.config import cli, words

if TYPE_CHECKING:
    from yijianshi.cases.queries import VersionInUse


def show(arguments: argparse.Namespace) -> int:
    """List the versions of every thing with the applications that stand on each."""
    with cli.house():
        from yijianshi.cases import queries
        from yijianshi.foundation import clock
        from yijianshi.identity.logic.actor import SYSTEM

        found = queries.list_versions_in_use(by=SYSTEM, on=clock.today(clock.now()))
    if arguments.json:
        words.console.print_json(json.dumps([_row(one) for thing in found for one in thing.versions]))
        return 0
    for thing in found:
        for one in thing.versions:
            card = one.card
            mark = "*" if one.is_current else " "
            words.say(
                f"{mark} {card.code} 第 {card.version} 版，{card.effective_on} 起："
                f"草稿 {one.drafts}，在办 {one.under_way}，办结 {one.finished}",
                f"{mark} {card.code} v{card.version} from {card.effective_on}:"
                f" {one.drafts} drafts, {one.under_way} under way, {one.finished} finished",
            )
    if not found:
        words.say("还没有发布任何内容。", "nothing is published yet.")
    return 0


def migrate(arguments: argparse.Namespace) -> int:
    """Move the open drafts of one thing to its version in force; exit 2 when something is not said."""
    if not (
        arguments.thing and arguments.version and (arguments.reason_zh or "").strip() and (arguments.reason_en or "").strip()
    ):
        words.warn(
            "请写全：--thing 哪件事，--version 第几版，--reason-zh 和 --reason-en 原因（申请人会看到）。",
            "say all of: --thing, --version, --reason-zh and --reason-en (applicants read the reason).",
        )
        return 2
    with cli.house():
        from yijianshi.applications import commands
        from yijianshi.foundation import clock
        from yijianshi.identity.logic.actor import SYSTEM
        from yijianshi.kernel.text import Text

        reason = Text(arguments.reason_zh, arguments.reason_en)
        done = commands.migrate_drafts(arguments.thing, arguments.version, reason, by=SYSTEM, at=clock.now())
    words.say(
        f"已迁移 {done.drafts} 份草稿，其中 {done.with_losses} 份有内容带不过去，已写在草稿页上。",
        f"{done.drafts} drafts moved; {done.with_losses} could not take everything along, which their page says.",
    )
    return 0


def _row(one: "VersionInUse") -> dict[str, object]:
    return {
        "code": one.card.code,
        "version": one.card.version,
        "effective_on": one.card.effective_on.isoformat(),
        "is_current": one.is_current,
        "is_end": one.card.is_end,
        "drafts": one.drafts,
        "under_way": one.under_way,
        "finished": one.finished,
    }
