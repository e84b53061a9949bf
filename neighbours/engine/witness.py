"""A witness of the house's transparency log, written from the papers alone (RFC 9162 section 2.1.4.2, with SM3).

It keeps the last root it saw, and signs a new one only when the proof says that it grew out of that one.
"""

import base64
import hashlib
import json
import time
import urllib.error
import urllib.request
from pathlib import Path

import gmssl_pyx

from neighbours.engine.running import Running, log

_EVERY_SECONDS = 3.0
_KIND = b"\xf2"


class TwoStories(Exception):
    """The log no longer begins with what this witness has signed."""


def witness(running: Running) -> bool:
    """Look at the log once; True only when there was something new to sign."""
    if not running.house.url or not running.wait(_EVERY_SECONDS):
        return False
    try:
        origin, size, root = _checkpoint(running)
        seen = running.folder / "log.json"
        old = json.loads(seen.read_text()) if seen.exists() else None
        if old and old["size"] == size and old["root"] == root.hex():
            return False
        if old and not _grew(running, old["size"], bytes.fromhex(old["root"]), size, root):
            raise TwoStories(f"{origin}: {size} leaves do not begin with the {old['size']} signed before")
        _sign(running, origin, size, root)
        _keep(seen, size, root)
    except (urllib.error.URLError, OSError, ValueError) as error:
        log.debug("witness of %s: %s", running.system.code, error)
        return False
    return True


def _checkpoint(running: Running) -> tuple[str, int, bytes]:
    with urllib.request.urlopen(f"{running.house.url}/api/v1/log/checkpoint", timeout=10) as answer:  # noqa: S310
        origin, size, root = answer.read(65_536).decode().split("\n")[:3]
    return origin, int(size), base64.b64decode(root, validate=True)


def _grew(running: Running, old: int, old_root: bytes, size: int, root: bytes) -> bool:
    if size <= old:
        return False
    url = f"{running.house.url}/api/v1/log/consistency?first={old}&second={size}"
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310
        proof = [base64.b64decode(one, validate=True) for one in json.loads(answer.read(65_536))["proof"]]
    return begins_with(old, old_root, size, root, proof)


def begins_with(old: int, old_root: bytes, size: int, root: bytes, proof: list[bytes]) -> bool:
    """Say whether the tree of *size* leaves under *root* begins with the *old* ones under *old_root*."""
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    f, s = old - 1, size - 1
    while f & 1:
        f, s = f >> 1, s >> 1
    first = second = path[0]
    for other in path[1:]:
        if s == 0:
            return False
        if f & 1 or f == s:
            first, second = _node(other, first), _node(other, second)
            while f and not f & 1:
                f, s = f >> 1, s >> 1
        else:
            second = _node(second, other)
        f, s = f >> 1, s >> 1
    return s == 0 and first == old_root and second == root


def _sign(running: Running, origin: str, size: int, root: bytes) -> None:
    seconds, name, key = int(time.time()), running.system.code, running.key
    text = f"cosignature/v1\ntime {seconds}\n{origin}\n{size}\n{base64.b64encode(root).decode()}\n".encode()
    called = hashlib.new("sm3", name.encode() + b"\n" + _KIND + key.public).digest()[:4]
    made = gmssl_pyx.sm2_sign(key.private, key.public, text)
    line = f"— {name} {base64.b64encode(called + seconds.to_bytes(8) + made).decode()}"
    body = json.dumps({"size": size, "line": line}).encode()
    url = f"{running.house.url}/api/v1/log/cosignatures"
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method="POST")  # noqa: S310
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        answer.read(65_536)


def _keep(seen: Path, size: int, root: bytes) -> None:
    new = seen.with_suffix(".new")
    new.write_text(json.dumps({"size": size, "root": root.hex()}))
    new.replace(seen)


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.new("sm3", b"\x01" + left + right).digest()
