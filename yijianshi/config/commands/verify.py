"""Check a receipt, a certificate or a sealed file by itself: no database, no network, only the keys you trust."""

import argparse
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from yijianshi.certificates.logic import disclosure, ended, offline
from yijianshi.config import words
from yijianshi.kernel.errors import DomainError
from yijianshi.kernel.merkle import receipts

HELP = "离线核验存证凭据和证照 · verify receipts and certificates without us"
_LARGEST = 32 * 1024 * 1024
_SEALED = (".pdf", ".ofd")
_SHOWN = 20


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="凭据 .json、证照 .pdf 或 .ofd · receipts, certificates"
    )
    parser.add_argument(
        "--ended", type=Path, metavar="FILE", help="失效名单（/api/v1/certificates/ended） · list of what no longer holds"
    )
    parser.add_argument(
        "--trust",
        type=Path,
        required=True,
        metavar="FILE",
        help="可信公钥（事先从 /api/v1/log/trust 取得并保存） · the keys you trust, kept from /api/v1/log/trust",
    )


def run(arguments: argparse.Namespace) -> int:
    """Check each file; exit 1 when one does not hold, 2 when one cannot be read."""
    from yijianshi.foundation import clock

    worst = 0
    for path in arguments.files:
        words.console.print(str(path), markup=False, style="bold")
        try:
            trust, content, at = _json(arguments.trust), _bytes(path), clock.now()
            told = (
                _tell_file(content, trust, arguments.ended, at)
                if path.suffix.lower() in _SEALED
                else _tell_json(content, trust, at)
            )
        except DomainError as error:
            words.console.print(f"  [red]✗[/] {words.both(error.text.zh, error.text.en)}")
            told = 1
        except (OSError, ValueError, RecursionError) as error:
            words.warn(f"文件读不出来：{error}", f"a file cannot be read: {error}")
            told = 2
        worst = max(worst, told)
    return worst


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST:
        raise ValueError(f"{path}: over {_LARGEST} bytes")
    return path.read_bytes()


def _json(path: Path) -> object:
    return json.loads(_bytes(path))


def _tell_file(content: bytes, trust: object, ended_path: Path | None, at: datetime) -> int:
    trusted = offline.read_trust(trust)
    verdict = offline.check(content, trusted, at=at)
    listed = ended.read(_json(ended_path), trusted) if ended_path else None
    for name, value in list(verdict.says.items())[:_SHOWN]:
        words.console.print(f"  {name}  {value}", markup=False)
    words.console.print(f"  SHA-256  {verdict.sha256}", markup=False)
    seal = verdict.seal
    if len(verdict.signatures) > 1:
        _tell_signatures(verdict.signatures)
    elif seal.sealed_at:
        words.say(f"{seal.seal_name}，{seal.sealed_at:%F %R} 盖章", f"sealed {seal.sealed_at:%F %R} by {seal.signer}")
    for holds, answer in verdict.answers:
        words.console.print(f"  {_mark(holds)} {words.both(answer.zh, answer.en)}")
    if verdict.why:
        words.console.print(f"    {words.both(verdict.why.zh, verdict.why.en)}")
    state = listed.state_of(verdict.says.get("证照标识", "")) if listed else ""
    if listed and state:
        day = listed.day_of(verdict.says.get("证照标识", "")) or f"{listed.at:%F}"
        told = words.both(f"从 {day} 起证照已失效：{state}", f"no longer valid since {day}: {state}")
        words.console.print(f"  [red]✗[/] {told}")
    return 0 if seal.valid_now and not state else 1


def _tell_signatures(signatures: Sequence[offline.Signature]) -> None:
    for place, one in enumerate(signatures, start=1):
        seal = one.seal
        if seal.sealed_at:
            moment = f"{seal.sealed_at:%F %R}Z"
            told = words.both(f"{seal.seal_name}，{moment} 签", f"signed {moment} by {seal.signer}")
            words.console.print(f"  {place}. {_mark(seal.valid_now)} {told}")


def _tell_json(content: bytes, trust: object, at: datetime) -> int:
    document = json.loads(content)
    if isinstance(document, dict) and document.get("kind") == disclosure.KIND:
        return _tell_showing(disclosure.check(document, offline.read_trust(trust), at=at))
    known = receipts.read_trust(trust)
    return max(_tell(receipts.check(one, known)) for one in receipts.unpack(document))


def _tell_showing(verdict: disclosure.Verdict) -> int:
    words.console.print(f"  {verdict.name}  {verdict.issuer}  {verdict.made_at}  {verdict.purpose}", markup=False)
    for label, shown, fits in verdict.lines:
        words.console.print(f"  {'✓' if fits else '✗'} {label}  {shown}", markup=False)
    _answer(verdict.holds, "由签发机关盖章证明", "certified by the issuer's seal", "不能相信这次出示", "this cannot be trusted")
    return 0 if verdict.holds else 1


def _tell(verdict: receipts.Verdict) -> int:
    words.say(
        f"日志 {verdict.origin} 的第 {verdict.index} 条，检查点共 {verdict.size} 条",
        f"leaf {verdict.index} of {verdict.size} of the log {verdict.origin}",
    )
    _answer(verdict.included, "内容没有改过，在日志里", "unchanged and on the log", "内容与日志不符", "not what the log holds")
    _answer(verdict.signed, "检查点由日志签名", "the log signed", "检查点不是可信的日志签的", "not signed by a log you trust")
    names = "、".join(verdict.witnesses)
    _answer(bool(names), f"见证：{names}", f"co-signed by {', '.join(verdict.witnesses)}", "没有见证", "nobody co-signed")
    if sealed := _sealed_file(verdict):
        moment = f"{verdict.seen_at:%F %T}Z" if verdict.seen_at else ""
        _answer(
            bool(moment), f"文件 {sealed} 不晚于 {moment} 就有了", f"file {sealed} existed by {moment}", "没有时间证明", "no time"
        )
    return 0 if verdict.included and verdict.signed else 1


def _sealed_file(verdict: receipts.Verdict) -> str:
    """Return the digest (SHA-256) of the file whose seal or signature the entry tells of, empty for any other entry."""
    try:
        found = json.loads(verdict.entry.get("payload", ""))
    except (ValueError, RecursionError):
        return ""
    digest = found.get("sha256") if isinstance(found, dict) else None
    return digest[:64] if isinstance(digest, str) and verdict.included and verdict.entry.get("action") in ("seal", "sign") else ""


def _mark(holds: bool) -> str:
    return "[green]✓[/]" if holds else "[red]✗[/]"


def _answer(holds: bool, zh: str, en: str, not_zh: str, not_en: str) -> None:
    words.console.print(f"  {_mark(holds)} {words.both(zh, en) if holds else words.both(not_zh, not_en)}")
