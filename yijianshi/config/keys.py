"""Secret keys: given explicitly in production, made once and kept in VAR/keys in the demo, fixed in tests."""

import os
import secrets
from pathlib import Path

import gmssl_pyx

from yijianshi.config import env

_TEST = "test-key-test-key-test-key-test-key-test-key-test-key"
_TEST_PAIR = (
    "a9a23970aac06c8ed706cc386e02c873175c184189b4949f23e91732c03a0311:"
    "aa69b23a419dc64de6f5d73924cb11227c7fc2aeea42a59c447f6aef4c13df77"
    "59191d62f75e38a672211bcdf2d7c7d210cb84bdeab9bea8c9a5ba852154a97e"
)
_TEST_RING = "t2:0123456789abcdeffedcba9876543210,t1:00112233445566778899aabbccddeeff"
_IN_TESTS = {"sealing": _TEST_RING, "exchange": _TEST_PAIR}


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
        return _IN_TESTS.get(file.name, _TEST)
    return _kept(file)


def sealing_key() -> str:
    """Return a fresh key in the form of YIJIANSHI_SEALING_KEYS: ``<keyid>:<32 hexadecimal digits>``."""
    return f"{secrets.token_hex(3)}:{secrets.token_hex(16)}"


def exchange_key() -> str:
    """Return a fresh SM2 pair in the form of YIJIANSHI_EXCHANGE_KEY: ``<64 hexadecimal digits>:<128 hexadecimal digits>``."""
    public, private = gmssl_pyx.sm2_key_generate()
    return f"{private.hex()}:{public.hex()}"


def session_key() -> str:
    """Return a fresh random text."""
    return secrets.token_urlsafe(48)


_MADE_BY = {"sealing": sealing_key, "exchange": exchange_key}


def _kept(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(_MADE_BY.get(file.name, session_key)())
        try:
            os.link(draft, file)  # unlike a rename this never replaces a key that a parallel start has just made
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text().strip()
