"""Check the content, publish it, write the schemas of its files, or exchange items as a table."""

import argparse
import json
from pathlib import Path

from yijianshi.config import cli, content_versions, words

_HELP = "check 检查 · publish 发布 · schema 格式定义 · export 导出 · import 导入 · versions 版本 · migrate 迁移草稿 · pull 取回"
HELP = "检查、发布内容，生成格式定义 · check or publish the content, write its schemas"


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("action", choices=tuple(_ACTIONS), help=_HELP)
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        help="导出、导入的文件，或取回到的文件夹 · file to export to or import from; folder to pull into",
    )
    parser.add_argument(
        "--format", choices=("json", "xlsx"), help="导出格式，默认看文件名 · form of the export (default: by the name)"
    )
    parser.add_argument(
        "--codes",
        choices=("gb", "reversed"),
        default="gb",
        help="导入文件的代码顺序 · codes of the import: GB/T 39046, or the other way round",
    )
    parser.add_argument("--thing", help="迁移：哪件事 · migrate: code of the thing")
    parser.add_argument("--version", type=int, help="迁移：到第几版（现行版） · migrate: to which version, the one in force")
    parser.add_argument("--reason-zh", help="迁移：原因，申请人会看到 · migrate: the reason in Chinese, shown to applicants")
    parser.add_argument("--reason-en", help="迁移：英文原因 · migrate: the reason in English")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出 · print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Check (exit 1 when something must be mended), publish, write the schemas, or look after versions and drafts."""
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

        done = commands.publish_folder(settings.CONTENT_DIR, by=SYSTEM, at=clock.now())
    published = done.versions
    if arguments.json:
        words.console.print_json(json.dumps([{"code": one.code, "version": one.version} for one in published]))
        return 0
    for one in published:
        words.say(f"已发布 {one.code} 第 {one.version} 版", f"published {one.code}, version {one.version}")
    if not published:
        words.say("内容没有变化，无需发布。", "nothing has changed, nothing to publish.")
    if done.files:
        words.warn(
            f"这里改过的内容与文件夹不一致，保持不变，请在内容编辑里处理：{'、'.join(done.files)}",
            f"changed here and in the folder, left as they are; settle in authoring: {', '.join(done.files)}",
        )
    return 0


def _schema(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from yijianshi.catalogue import entrance

    for path in entrance.write_schemas(settings.CONTENT_DIR):
        words.say(f"已写入 {path.name}", f"{path.name} written")
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from yijianshi.catalogue import entrance

    if arguments.file is None:
        return _no_file()
    form: entrance.Format = arguments.format or ("json" if arguments.file.suffix.lower() == ".json" else "xlsx")
    count = entrance.export_to(settings.CONTENT_DIR, arguments.file, form)
    words.say(f"已导出 {count} 条到 {arguments.file}", f"{count} records exported to {arguments.file}")
    return 0


def _import(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from yijianshi.catalogue import entrance

    if arguments.file is None:
        return _no_file()
    written = entrance.import_from(settings.CONTENT_DIR, arguments.file, arguments.codes)
    for path in written:
        words.say(f"已写入 {path}", f"{path} written")
    if not written:
        words.say("文件和内容一样，没有要改的。", "the file says what the content says; nothing to change.")
    return 0


def _pull(arguments: argparse.Namespace) -> int:
    if arguments.file is None:
        words.warn(
            "请写明文件夹，例如 yijianshi content pull content。", "name the folder, such as: yijianshi content pull content"
        )
        return 2
    with cli.house():
        from yijianshi.catalogue import content_folder
        from yijianshi.catalogue.queries.shelf import shelf_texts

        texts = shelf_texts()
    if not texts:
        words.warn(
            "数据库里还没有内容，请先运行 yijianshi content publish。", "there is no content yet: yijianshi content publish"
        )
        return 1
    written = content_folder.write_texts(arguments.file, texts)
    for path in written:
        words.say(f"已更新 {path}", f"{path} brought up to date")
    if not written:
        words.say("文件夹和正在使用的内容一样。", "the folder already holds the content in use.")
    return 0


def _no_file() -> int:
    words.warn(
        "请写明文件，例如 yijianshi content export items.xlsx。", "name the file, such as: yijianshi content export items.xlsx"
    )
    return 2


_ACTIONS = {
    "check": _check,
    "publish": _publish,
    "schema": _schema,
    "export": _export,
    "import": _import,
    "pull": _pull,
    "versions": content_versions.show,
    "migrate": content_versions.migrate,
}
