"""Check the content, publish it, or write the JSON Schemas its files are written by."""

import argparse
import json

from yijianshi.config import cli, words

HELP = "检查、发布内容，生成格式定义 · check or publish the content, write its schemas"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("action", choices=("check", "publish", "schema"), help="check 检查 · publish 发布 · schema 格式定义")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出 · print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Check (exit 1 when something must be mended), publish, or write the schemas."""
    return _ACTIONS[arguments.action](arguments)


def _check(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from yijianshi.catalogue import entrance

    findings = entrance.check(settings.CONTENT_DIR)
    if arguments.json:
        words.console.print_json(json.dumps(findings.to_json(), ensure_ascii=False))
    else:
        language = "zh" if words.prefers_chinese() else "en"
        for line in [*(finding.line(language) for finding in findings), findings.summary().get(language)]:
            words.console.print(line, markup=False)
    return 1 if findings.errors else 0


def _publish(arguments: argparse.Namespace) -> int:
    with cli.house():
        from django.conf import settings

        from yijianshi.catalogue import commands
        from yijianshi.foundation import clock
        from yijianshi.identity.logic.actor import SYSTEM

        published = commands.publish(settings.CONTENT_DIR, by=SYSTEM, at=clock.now())
    if arguments.json:
        words.console.print_json(json.dumps([{"code": one.code, "version": one.version} for one in published]))
        return 0
    for one in published:
        words.say(f"已发布 {one.code} 第 {one.version} 版", f"published {one.code}, version {one.version}")
    if not published:
        words.say("内容没有变化，无需发布。", "nothing has changed, nothing to publish.")
    return 0


def _schema(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from yijianshi.catalogue import entrance

    for path in entrance.write_schemas(settings.CONTENT_DIR):
        words.say(f"已写入 {path.name}", f"{path.name} written")
    return 0


_ACTIONS = {"check": _check, "publish": _publish, "schema": _schema}
