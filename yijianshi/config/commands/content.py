"""Check the content, or publish it."""

import argparse
import json

from yijianshi.config import cli, words

HELP = "检查或发布内容 · check or publish the content"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("action", choices=("check", "publish"), help="check 检查 · publish 发布")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出 · print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Check (exit 1 when something must be mended) or publish."""
    return _check(arguments.json) if arguments.action == "check" else _publish(arguments.json)


def _check(as_json: bool) -> int:
    from django.conf import settings

    from yijianshi.catalogue import entrance

    findings = entrance.check(settings.CONTENT_DIR)
    if as_json:
        words.console.print_json(json.dumps(findings.to_json(), ensure_ascii=False))
    else:
        language = "zh" if words.prefers_chinese() else "en"
        for line in [*(finding.line(language) for finding in findings), findings.summary().get(language)]:
            words.console.print(line, markup=False)
    return 1 if findings.errors else 0


def _publish(as_json: bool) -> int:
    with cli.house():
        from django.conf import settings

        from yijianshi.catalogue import commands
        from yijianshi.foundation import clock
        from yijianshi.identity.logic.actor import SYSTEM

        published = commands.publish(settings.CONTENT_DIR, by=SYSTEM, at=clock.now())
    if as_json:
        words.console.print_json(json.dumps([{"code": one.code, "version": one.version} for one in published]))
        return 0
    for one in published:
        words.say(f"已发布 {one.code} 第 {one.version} 版", f"published {one.code}, version {one.version}")
    if not published:
        words.say("内容没有变化，无需发布。", "nothing has changed, nothing to publish.")
    return 0
