"""The commands that verify, seal and keep the log, as an operator or a stranger runs them."""

import hashlib
import json
from argparse import Namespace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.rooms.certificates.conftest import marriage_of
from tests.town.people import MONDAY, Town, found_town
from yijianshi.certificates import commands, queries
from yijianshi.certificates.logic import offline
from yijianshi.config import cli
from yijianshi.config.commands import keys, log, seals
from yijianshi.foundation import clock
from yijianshi.foundation.transparency import reading, sequencer, tiles, witnessing
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.identity.queries.organisations import forget_organisations
from yijianshi.kernel.merkle import checkpoints
from yijianshi.kernel.pki import sm2
from yijianshi.kernel.text import Text

NOW = MONDAY + timedelta(hours=1)


@pytest.fixture
def town(db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    forget_organisations()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return found_town()


@pytest.fixture
def certificate(town: Town) -> UUID:
    new = commands.NewSeal(
        organisation_id=town.organisations["government-service"], custodian="赵保管", rule_types=("*",), rule_basis="示例规则"
    )
    commands.make_seal(new, by=SYSTEM, at=MONDAY)
    return commands.issue([marriage_of(town, town.wang_fang, "李强")], by=SYSTEM, at=MONDAY)[0]


def put_on_log() -> None:
    while sequencer.append():
        pass
    sequencer.sign(at=NOW, now=True)


def write(path: Path, content: bytes | object) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def trust_file(folder: Path) -> Path:
    lists = [der.hex() for der in queries.revocation_lists(at=NOW)]
    roots = [der.hex() for der in queries.root_certificates()]
    return write(folder / "trust.json", {**reading.trust(), "roots": roots, "lists": lists})


def test_a_stranger_verifies_files_receipts_and_showings(
    town: Town, certificate: UUID, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mother = town.wang_fang.actor
    pdf, ofd = (
        write(tmp_path / f"c.{kind}", commands.get_file(certificate, kind.upper(), by=mother, at=NOW)) for kind in ("pdf", "ofd")
    )
    token = commands.show(certificate, ["number"], "核对", by=mother, at=NOW)
    shown = write(tmp_path / "shown.json", commands.see(token, address="127.0.0.1", at=NOW).document)
    put_on_log()
    receipt = write(tmp_path / "proof.json", reading.receipt(tiles.entries(0)[0]))
    trust = ["--trust", str(trust_file(tmp_path))]
    assert cli.main(["verify", *trust, str(pdf), str(ofd), str(shown), str(receipt)]) == 0
    told = capsys.readouterr().out
    for expected in ("结婚证", "文件没有改动", "由签发机关盖章证明", "内容没有改过，在日志里"):
        assert expected in told
    pair = sm2.generate()
    witnessing.enrol("xinyang/tax", Text("税务局", "Tax"), pair.public, at=NOW)
    commands.get_file(certificate, "OFD", by=mother, at=NOW)
    put_on_log()
    point = checkpoints.parse(reading.latest()[0].note).checkpoint
    seen = checkpoints.cosign(point, "xinyang/tax", pair.public, pair.sign, int(NOW.timestamp()))
    witnessing.cosign(point.size, seen.line, at=NOW)
    proof = write(tmp_path / "time.json", queries.get_proof(certificate, by=mother))
    assert cli.main(["verify", "--trust", str(trust_file(tmp_path)), str(proof)]) == 0
    assert f"文件 {hashlib.sha256(pdf.read_bytes()).hexdigest()} 不晚于 2026-03-02 02:00:00Z 就有了" in capsys.readouterr().out
    bent = write(tmp_path / "bent.pdf", pdf.read_bytes() + b"x")
    assert cli.main(["verify", *trust, str(bent)]) == 1
    assert "残缺" in capsys.readouterr().out
    assert cli.main(["verify", *trust, str(tmp_path / "missing.pdf")]) == 2
    assert cli.main(["verify", *trust, str(write(tmp_path / "no.json", b"{"))]) == 2
    assert cli.main(["verify", "--trust", str(write(tmp_path / "t.json", {})), str(pdf)]) == 1


def test_a_list_of_what_ended_is_heeded(
    town: Town, certificate: UUID, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = write(tmp_path / "c.pdf", commands.get_file(certificate, "PDF", by=town.wang_fang.actor, at=NOW))
    arguments = ["verify", "--trust", str(trust_file(tmp_path)), "--ended"]
    before = write(tmp_path / "before.json", queries.ended_list(at=NOW))
    assert cli.main([*arguments, str(before), str(pdf)]) == 0
    commands.revoke([certificate], "依法撤销", by=SYSTEM, at=NOW)
    after = write(tmp_path / "after.json", queries.ended_list(at=NOW))
    capsys.readouterr()
    assert cli.main([*arguments, str(after), str(pdf)]) == 1
    assert "REVOKED" in capsys.readouterr().out
    forged = write(tmp_path / "forged.json", {**json.loads(after.read_text()), "ended": []})
    assert cli.main([*arguments, str(forged), str(pdf)]) == 1


def test_an_operator_keeps_the_log(town: Town, certificate: UUID, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert log._sign(Namespace()) == 0
    assert log._enrol(Namespace(name="xinyang/tax", zh="税务局", en="Tax", key=sm2.generate().public.hex())) == 0
    assert log._enrol(Namespace(name="x", zh="a", en="b", key="zz")) == 2
    assert log._status(Namespace()) == 0
    assert "xinyang/tax" in capsys.readouterr().out
    kept = write(tmp_path / "kept.txt", reading.latest()[0].note.encode())
    assert log._verify(Namespace(against=[kept])) == 0
    assert "完全相符" in capsys.readouterr().out
    lines = kept.read_text().split("\n")
    other = write(tmp_path / "other.txt", "\n".join([lines[0], lines[1], "A" * 43 + "=", *lines[3:]]).encode())
    assert log._verify(Namespace(against=[other])) == 1
    assert log._verify(Namespace(against=[tmp_path / "missing"])) == 2
    assert [log._dismiss(Namespace(name="xinyang/tax")), log._dismiss(Namespace(name="xinyang/tax"))] == [0, 1]


def test_an_operator_changes_keys(town: Town, certificate: UUID, capsys: pytest.CaptureFixture[str]) -> None:
    put_on_log()
    content = commands.get_file(certificate, "PDF", by=town.wang_fang.actor, at=NOW)
    assert keys._list(Namespace()) == 0
    assert capsys.readouterr().out.count("在用") == 4  # root, maker, seal, log
    for purpose in ("log", "maker", "root"):
        assert keys._rotate(Namespace(purpose=purpose)) == 0
    assert "重新取得可信名单" in capsys.readouterr().out
    assert keys._list(Namespace()) == 0
    assert capsys.readouterr().out.count("已换下") == 4  # the maker changes with the root
    assert offline.check(content, queries.trusted(at=NOW), at=NOW).seal.valid_now
    put_on_log()
    assert log._verify(Namespace(against=[])) == 0
    new = commands.NewSeal(organisation_id=town.organisations["police"], custodian="赵保管")
    commands.make_seal(new, by=SYSTEM, at=NOW)  # with the new maker's certificate


def test_a_stranger_verifies_across_a_change_of_root(
    town: Town, certificate: UUID, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = write(tmp_path / "c.pdf", commands.get_file(certificate, "PDF", by=town.wang_fang.actor, at=NOW))
    assert keys._rotate(Namespace(purpose="root")) == 0
    assert cli.main(["verify", "--trust", str(trust_file(tmp_path)), str(pdf)]) == 0
    commands.end_seal(queries.list_seals()[0].id, "机构改革", by=SYSTEM, at=NOW)
    capsys.readouterr()
    assert cli.main(["verify", "--trust", str(trust_file(tmp_path)), str(pdf)]) == 1
    assert "吊销" in capsys.readouterr().out
    strangers = write(tmp_path / "strangers.json", {"roots": []})
    assert cli.main(["verify", "--trust", str(strangers), str(pdf)]) == 1
    assert "不在可信名单里" in capsys.readouterr().out


def test_a_key_that_runs_out_soon_is_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_log()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=5 * 365 - 20))
    assert keys._list(Namespace()) == 1


def test_an_operator_makes_lists_and_ends_seals(
    town: Town, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "police-410105"
    make = Namespace(organisation=code, custodian="赵保管", rule=["*"], basis="示例规则")
    assert seals._make(make) == 0
    assert seals._make(Namespace(organisation="nonsense", custodian="x", rule=[], basis="")) == 1
    assert seals._list(Namespace()) == 0
    told = capsys.readouterr().out
    assert "电子专用章" in told
    assert "到期，" not in told
    (card,) = queries.list_seals()
    with monkeypatch.context() as later:
        later.setattr(clock, "now", lambda: card.valid_to - timedelta(days=12, hours=1))
        assert seals._list(Namespace()) == 0
    assert "还有 12 天到期" in capsys.readouterr().out
    assert seals._end(Namespace(id=card.id, reason="机构改革")) == 0
    assert queries.list_seals()[0].ended_reason == "机构改革"
