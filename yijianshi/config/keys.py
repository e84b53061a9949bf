"""Secret keys: given explicitly in production, made once and kept in VAR/keys in the demo, fixed in tests."""

import os
import secrets
from pathlib import Path

from yijianshi.config import env

_TEST = "test-key-test-key-test-key-test-key-test-key-test-key"
_TEST_RING = "t2:0123456789abcdeffedcba9876543210,t1:00112233445566778899aabbccddeeff"


def secret(variable: str, file: Path, mode: str, zh: str, en: str) -> str:
    """Return the secret named *variable*.

    Production takes it from the environment only and raises BadSetting without it; the demo keeps a random one in *file* (0600).
    """
    given = env.text(variable, "", zh, en)
    if given:
        return given
    if mode == "production":
        raise env.BadSetting(
            f"正式环境必须设置 {variable}（{zh}）。生成方法：yijianshi setup --print-keys\n"
            f"Production needs {variable} ({en}). To make one: yijianshi setup --print-keys"
        )
    if mode == "test":
        return _TEST_RING if file.name == "sealing" else _TEST
    return _kept(file)


def sealing_key() -> str:
    """Return a fresh key in the form of YIJIANSHI_SEALING_KEYS: ``<keyid>:<32 hexadecimal digits>``."""
    return f"{secrets.token_hex(3)}:{secrets.token_hex(16)}"


def _kept(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(sealing_key() if file.name == "sealing" else secrets.token_urlsafe(48))
        try:
            os.link(draft, file)  # unlike a rename this never replaces a key that a parallel start has just made
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text().strip()
