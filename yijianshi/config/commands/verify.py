"""Check a receipt, a certificate or a sealed file by itself: no database, no network, only the keys you trust."""

import argparse
import json
from pathlib import Path

from yijianshi.config import words
from yijianshi.kernel.merkle import receipts

HELP = "离线核验存证凭据和证照 · verify receipts and certificates without us"
_LARGEST = 32 * 1024 * 1024


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="凭据 .json · a receipt")
    parser.add_argument(
        "--trust",
        type=Path,
        required=True,
        metavar="FILE",
        help="可信公钥（事先从 /api/v1/log/trust 取得并保存） · the keys you trust, kept from /api/v1/log/trust",
    )


def run(arguments: argparse.Namespace) -> int:
    """Check each file; exit 1 when one does not hold, 2 when one cannot be read."""
    try:
        trust = receipts.read_trust(_json(arguments.trust))
        verdicts = [(path, receipts.check(one, trust)) for path in arguments.files for one in receipts.unpack(_json(path))]
    except (OSError, ValueError, RecursionError) as error:
        words.warn(f"文件读不出来：{error}", f"a file cannot be read: {error}")
        return 2
    return max(_tell(path, verdict) for path, verdict in verdicts)


def _json(path: Path) -> object:
    if path.stat().st_size > _LARGEST:
        raise ValueError(f"{path}: over {_LARGEST} bytes")
    return json.loads(path.read_text(encoding="utf-8"))


def _tell(path: Path, verdict: receipts.Verdict) -> int:
    words.console.print(str(path), markup=False, style="bold")
    words.say(
        f"日志 {verdict.origin} 的第 {verdict.index} 条，检查点共 {verdict.size} 条",
        f"leaf {verdict.index} of {verdict.size} of the log {verdict.origin}",
    )
    _answer(verdict.included, "内容没有改过，在日志里", "unchanged and on the log", "内容与日志不符", "not what the log holds")
    _answer(verdict.signed, "检查点由日志签名", "the log signed", "检查点不是可信的日志签的", "not signed by a log you trust")
    names = "、".join(verdict.witnesses)
    _answer(bool(names), f"见证：{names}", f"co-signed by {', '.join(verdict.witnesses)}", "没有见证", "nobody co-signed")
    return 0 if verdict.included and verdict.signed else 1


def _answer(holds: bool, zh: str, en: str, not_zh: str, not_en: str) -> None:
    mark, chosen = ("[green]✓[/]", words.both(zh, en)) if holds else ("[red]✗[/]", words.both(not_zh, not_en))
    words.console.print(f"  {mark} {chosen}")
