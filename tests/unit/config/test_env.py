"""Settings say what they mean, and a wrong one says what is allowed."""

from pathlib import Path

import pytest

from yijianshi.config import databases, env, keys


def test_values_are_read_and_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIJIANSHI_X", " 7 ")
    assert env.number("YIJIANSHI_X", 3, "数", "number") == 7
    monkeypatch.delenv("YIJIANSHI_X")
    assert env.number("YIJIANSHI_X", 3, "数", "number") == 3
    assert env.declared["YIJIANSHI_X"].default == "3"
    assert env.declared.pop("YIJIANSHI_X").meaning.en == "number"


@pytest.mark.parametrize(
    ("raw", "expected"), [("1", True), ("yes", True), ("TRUE", True), ("0", False), ("no", False), ("", True)]
)
def test_flags(monkeypatch: pytest.MonkeyPatch, raw: str, expected: bool) -> None:
    monkeypatch.setenv("YIJIANSHI_F", raw)
    assert env.flag("YIJIANSHI_F", True, "是否", "whether") is expected
    del env.declared["YIJIANSHI_F"]


def test_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIJIANSHI_W", "a, b,,c ")
    assert env.words("YIJIANSHI_W", "", "词", "words") == ["a", "b", "c"]
    del env.declared["YIJIANSHI_W"]


def test_wrong_values_name_the_setting_and_what_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIJIANSHI_X", "many")
    with pytest.raises(env.BadSetting, match=r"YIJIANSHI_X .*整数.*whole number"):
        env.number("YIJIANSHI_X", 3, "数", "number")
    with pytest.raises(env.BadSetting, match=r"a, b.*'many'"):
        env.choice("YIJIANSHI_X", "a", ("a", "b"), "选", "choice")
    del env.declared["YIJIANSHI_X"]


def test_production_refuses_to_start_without_its_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("YIJIANSHI_K", raising=False)
    with pytest.raises(env.BadSetting, match=r"YIJIANSHI_K.*--print-keys"):
        keys.secret("YIJIANSHI_K", tmp_path / "k", "production", "密钥", "key")
    monkeypatch.setenv("YIJIANSHI_K", "given")
    assert keys.secret("YIJIANSHI_K", tmp_path / "k", "production", "密钥", "key") == "given"
    del env.declared["YIJIANSHI_K"]


def test_the_demo_keeps_its_keys_to_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("YIJIANSHI_K", raising=False)
    file = tmp_path / "keys" / "sealing"
    first = keys.secret("YIJIANSHI_K", file, "demo", "密钥", "key")
    assert keys.secret("YIJIANSHI_K", file, "demo", "密钥", "key") == first
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["sealing"]
    key_id, _, secret = first.partition(":")
    assert (len(bytes.fromhex(key_id)), len(bytes.fromhex(secret))) == (3, 16)
    del env.declared["YIJIANSHI_K"]


def test_database_addresses_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:p%40ss@db.internal:6432/house?sslmode=require")
    entry = databases.default(Path("/nowhere"), "production")
    assert {name: entry[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "house",
        "USER": "app",
        "PASSWORD": "p@ss",
        "HOST": "db.internal",
        "PORT": "6432",
    }
    assert entry["OPTIONS"]["sslmode"] == "require"
    assert entry["OPTIONS"]["pool"]["max_size"] == 10
    monkeypatch.setenv("DATABASE_URL", "mysql://x/y")
    with pytest.raises(env.BadSetting, match="postgresql://"):
        databases.default(Path("/nowhere"), "production")
