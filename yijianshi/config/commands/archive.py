"""Archive packages of ended cases: make them, check one, see whose period is over."""

import argparse
from datetime import timedelta
from pathlib import Path

from yijianshi.config import cli, words
from yijianshi.kernel import archive as packages

HELP = "归档：制作、导出、检查、到期 · archive packages of ended cases"
_MOST = 10_000
_QUESTIONS = {
    packages.Question.TRUE: ("真实：内容没有改动", "true: nothing was altered"),
    packages.Question.COMPLETE: ("完整：没有缺页，也没有多出来的", "complete: nothing is missing or added"),
    packages.Question.USABLE: ("可用：打得开，格式能长期保存", "usable: it opens, in formats that last"),
    packages.Question.SAFE: ("安全：没有会运行的东西", "safe: nothing in it runs"),
}


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    making = actions.add_parser("make", help="把办结的办件归档 · put ended cases away")
    making.add_argument("--days", type=int, default=30, help="办结多少天以后（默认 30） · ended so many days ago")
    making.set_defaults(act=_make)
    taking = actions.add_parser("export", help="导出一个案卷 · write one package to a file")
    taking.add_argument("number", help="办件编号 · the case's number")
    taking.add_argument("file", type=Path)
    taking.set_defaults(act=_export)
    due = actions.add_parser("due", help="列出保管期满的（只读，不销毁） · whose period is over; destroys nothing")
    due.set_defaults(act=_due)
    checking = actions.add_parser("check", help="检查案卷：真实、完整、可用、安全 · check packages by four questions")
    checking.add_argument("files", type=Path, nargs="+", metavar="FILE")
    checking.set_defaults(act=_check, offline=True)


def run(arguments: argparse.Namespace) -> int:
    """Do it; exit 1 when a package fails or a case cannot be put away, 2 when a file cannot be read."""
    if getattr(arguments, "offline", False):
        return int(arguments.act(arguments))
    with cli.house():
        return int(arguments.act(arguments))


def _make(arguments: argparse.Namespace) -> int:
    from yijianshi.cases import commands
    from yijianshi.cases.queries.to_archive import list_unarchived
    from yijianshi.foundation import clock
    from yijianshi.identity.logic.actor import SYSTEM
    from yijianshi.kernel.errors import DomainError

    at, done, failed = clock.now(), 0, 0
    for case_id in list_unarchived(at - timedelta(days=arguments.days), _MOST):
        try:
            done += commands.archive([case_id], by=SYSTEM, at=at)
        except DomainError as error:
            failed += 1
            words.warn(f"{case_id}：{error.text.zh}", error.text.en)
    words.say(f"归档 {done} 件，没能归档 {failed} 件", f"{done} put away, {failed} not")
    return 1 if failed else 0


def _export(arguments: argparse.Namespace) -> int:
    from yijianshi.cases.queries.to_archive import find_archive
    from yijianshi.foundation import files

    found = find_archive(arguments.number)
    if found is None:
        words.warn("没有这个案卷", "there is no such package")
        return 1
    arguments.file.write_bytes(files.open_file(found.file_id)[1])
    words.say(f"清单摘要 {found.fingerprint}，保管期限 {found.retention}", f"digest {found.fingerprint}")
    return 0


def _due(_arguments: argparse.Namespace) -> int:
    from yijianshi.cases.queries.to_archive import list_due
    from yijianshi.foundation import clock

    found = list_due(clock.now(), _MOST)
    for number, row in found:
        words.console.print(f"{number}  {row.retention}  {row.destroy_on}", markup=False)
    words.say(f"保管期满 {len(found)} 件，请档案人员鉴定后处理", f"{len(found)} are due; an archivist decides")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    worst = 0
    for path in arguments.files:
        words.console.print(str(path), markup=False, style="bold")
        try:
            report = packages.check(path.read_bytes())
        except OSError as error:
            words.warn(f"文件读不出来：{error}", f"the file cannot be read: {error}")
            worst = 2
            continue
        for answer in report.answers:
            good = answer.verdict is packages.Verdict.YES
            words.console.print(f"  {'[green]✓[/]' if good else '[red]✗[/]'} {words.both(*_QUESTIONS[answer.question])}")
            for problem in answer.problems:
                words.console.print(f"    {words.both(problem.text.zh, problem.text.en)}")
        words.say(f"清单摘要 {report.manifest_sm3}", f"digest {report.manifest_sm3}")
        worst = max(worst, 0 if report.is_good else 1)
    return worst
