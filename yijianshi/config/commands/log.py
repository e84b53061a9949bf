"""The transparency log: how it is doing, the whole database compared with it, and who co-signs."""

import argparse
from pathlib import Path

from yijianshi.config import cli, words
from yijianshi.kernel.text import Text

HELP = "存证日志：查看、核对、见证单位 · the transparency log: state, verification, witnesses"
_SHOWN = 200


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    status = actions.add_parser("status", help="日志的状况（只读） · how the log is doing")
    status.set_defaults(act=_status)
    verifying = actions.add_parser("verify", help="用日志核对整个数据库（只读） · compare the whole database with the log")
    verifying.add_argument(
        "--against", type=Path, action="append", default=[], metavar="FILE", help="别处留存的检查点 · a checkpoint kept elsewhere"
    )
    verifying.set_defaults(act=_verify)
    catching = actions.add_parser("sign", help="立即补记并签检查点 · put what waits on the log and sign now")
    catching.set_defaults(act=_sign)
    enrolling = actions.add_parser("enrol", help="登记见证单位 · register a witness")
    enrolling.add_argument("name", help="名字，如 xinyang/tax · its name")
    enrolling.add_argument("zh", help="单位名称 · title in Chinese")
    enrolling.add_argument("en", help="英文名称 · title in English")
    enrolling.add_argument("key", help="公钥，128 位十六进制 · public key, 128 hexadecimal digits")
    enrolling.set_defaults(act=_enrol)
    dismissing = actions.add_parser("dismiss", help="不再接受某单位的见证 · take no more of a witness")
    dismissing.add_argument("name")
    dismissing.set_defaults(act=_dismiss)


def run(arguments: argparse.Namespace) -> int:
    """Do it; exit 1 when something is not as it should be, 2 when a file or key cannot be read."""
    with cli.house():
        return int(arguments.act(arguments))


def _status(_arguments: argparse.Namespace) -> int:
    from yijianshi.foundation.transparency import reading, tiles

    waiting = reading.count_waiting()
    words.say(f"日志 {tiles.size()} 条，等着进日志 {waiting} 条", f"{tiles.size()} leaves, {waiting} waiting")
    for point in reading.latest(1):
        words.console.print(point.note, markup=False, end="")
    for one in reading.list_witnesses():
        state = ("已停止", "dismissed") if one.until else ("见证中", "co-signs")
        words.console.print(f"{one.name}  {one.title.zh} {one.title.en}", markup=False, style="bold")
        words.say(f"{state[0]}，自 {one.since:%F}", f"{state[1]}, since {one.since:%F}")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    from yijianshi.foundation.transparency import checking
    from yijianshi.kernel.merkle import checkpoints

    try:
        kept = [checkpoints.parse(path.read_text(encoding="utf-8")) for path in arguments.against]
    except (OSError, UnicodeDecodeError) as error:
        words.warn(f"检查点读不出来：{error}", f"the checkpoint cannot be read: {error}")
        return 2
    tally = checking.check(kept)
    for one in tally.findings[:_SHOWN]:
        words.console.print(f"[red]✗[/] {words.both(one.text.zh, one.text.en)}")
    words.say(
        f"核对了历史 {tally.leaves} 条、检查点 {tally.checkpoints} 个、见证签名 {tally.cosignatures} 个",
        f"{tally.leaves} lines, {tally.checkpoints} checkpoints, {tally.cosignatures} co-signatures",
    )
    words.say(f"还没进日志 {tally.waiting} 条", f"{tally.waiting} lines are not on the log yet")
    if tally.findings:
        words.warn(f"有 {len(tally.findings)} 处与日志不符", f"{len(tally.findings)} things do not fit the log")
        return 1
    words.say("数据库与日志完全相符", "the database fits the log")
    return 0


def _sign(_arguments: argparse.Namespace) -> int:
    from yijianshi.foundation import clock
    from yijianshi.foundation.transparency import sequencer

    done = 0
    while taken := sequencer.append():
        done += taken
    sequencer.sign(at=clock.now(), now=True)
    words.say(f"{done} 条进了日志", f"{done} lines put on the log")
    return 0


def _enrol(arguments: argparse.Namespace) -> int:
    from yijianshi.foundation import clock
    from yijianshi.foundation.transparency import witnessing

    try:
        public = bytes.fromhex(arguments.key)
    except ValueError:
        words.warn("公钥应是 128 位十六进制数字", "the key is 128 hexadecimal digits")
        return 2
    witnessing.enrol(arguments.name, Text(arguments.zh, arguments.en), public, at=clock.now())
    words.say("登记好了", "registered")
    return 0


def _dismiss(arguments: argparse.Namespace) -> int:
    from yijianshi.foundation import clock
    from yijianshi.foundation.transparency import witnessing

    if not witnessing.dismiss(arguments.name, at=clock.now()):
        words.warn("没有这个见证单位", "there is no such witness")
        return 1
    words.say("以后不再接受它的见证", "its co-signatures are no longer taken")
    return 0
