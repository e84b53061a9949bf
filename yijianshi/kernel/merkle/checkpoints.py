"""Checkpoints: a few lines of text that say how large the tree is and what its root is, signed by the log and by witnesses.

The text is a *signed note*: three lines (whose log, how many leaves, the root in base64), an empty line, then a line per
signature, ``— <name> <key id and signature in base64>``. A witness signs the text behind the lines ``cosignature/v1`` and
``time <seconds>``, so that its signature says when it saw the log. Forms after the public C2SP papers signed-note,
tlog-checkpoint and tlog-cosignature [L], with SM2 (GB/T 32918.2) as signature kinds 0xf1 and 0xf2, which are ours.
"""

import binascii
import hashlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.merkle.hashing import SIZE

MAX_BYTES = 64 * 1024
MAX_SIGNATURES = 64
_LAST_SECOND = 253_402_300_799
KIND_LOG, KIND_WITNESS = b"\xf1", b"\xf2"
_DASH = "— "
Sign = Callable[[bytes], bytes]
Verify = Callable[[bytes, bytes], bool]


class CheckpointUnreadable(Invalid):
    """检查点的文字不完整或被改过，读不出来：{why}。请重新向日志的主管单位索取。

    The text of the checkpoint is incomplete or altered and cannot be read: {why}. Please ask the keeper of the log for it again.
    """


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is signed: *origin* names the log, *size* counts its leaves, *root* is 32 bytes."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> bytes:
        """Return the bytes the log signs."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n".encode()


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: *seconds* since 1970 is when a witness signed, None for the log's own."""

    name: str
    key_id: bytes
    value: bytes
    seconds: int | None = None

    @property
    def line(self) -> str:
        """Return the line as it stands under the text, without its end."""
        stamp = b"" if self.seconds is None else self.seconds.to_bytes(8)
        return f"{_DASH}{self.name} {b64encode(self.key_id + stamp + self.value).decode()}"


@dataclass(frozen=True, slots=True)
class Signed:
    """A checkpoint and the signatures under it."""

    checkpoint: Checkpoint
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        """Return the note."""
        return self.checkpoint.text.decode() + "\n" + "".join(f"{one.line}\n" for one in self.signatures)


def key_id(name: str, public: bytes, kind: bytes) -> bytes:
    """Return the four bytes that say which key signed: the beginning of SM3 over name, kind and public key."""
    return hashlib.new("sm3", name.encode() + b"\n" + kind + public).digest()[:4]


def sign(checkpoint: Checkpoint, name: str, public: bytes, signer: Sign) -> Signature:
    """Return the log's own signature."""
    return Signature(name, key_id(name, public, KIND_LOG), signer(checkpoint.text))


def cosign(checkpoint: Checkpoint, name: str, public: bytes, signer: Sign, seconds: int) -> Signature:
    """Return a witness's signature of *seconds* since 1970; the witness has checked consistency before."""
    return Signature(name, key_id(name, public, KIND_WITNESS), signer(_seen(checkpoint, seconds)), seconds)


def is_signed(checkpoint: Checkpoint, signature: Signature, public: bytes, verify: Verify) -> bool:
    """Say whether *signature* is one of *public*'s over this checkpoint, the log's or a witness's."""
    witness = signature.seconds is not None
    if signature.key_id != key_id(signature.name, public, KIND_WITNESS if witness else KIND_LOG):
        return False
    text = checkpoint.text if signature.seconds is None else _seen(checkpoint, signature.seconds)
    return verify(text, signature.value)


def parse(note: str, witnesses: Mapping[str, bytes] | None = None) -> Signed:
    """Return the checkpoint and signatures of a note; *witnesses* (name → public key) are read with their time.

    Raises CheckpointUnreadable. Signatures are not verified here.
    """
    if len(note.encode()) > MAX_BYTES:
        raise CheckpointUnreadable(why=f"over {MAX_BYTES} bytes")
    text, empty, below = note.partition("\n\n")
    lines = below.removesuffix("\n").split("\n")  # not splitlines: it takes a dozen other characters for a line's end
    if not empty or len(lines) > MAX_SIGNATURES or not below.endswith("\n"):
        raise CheckpointUnreadable(why="no signature lines, or too many, or the last one is cut short")
    return Signed(_checkpoint(text.split("\n")), tuple(_signature(line, witnesses or {}) for line in lines))


def witnessed(signed: Signed, witnesses: Mapping[str, bytes], verifier: Callable[[bytes], Verify]) -> dict[str, int]:
    """Return the witnesses whose signatures under the checkpoint are good, with the second since 1970 each first saw it."""
    good: dict[str, int] = {}
    for one in signed.signatures:
        public = witnesses.get(one.name)
        if public is None or one.seconds is None or not is_signed(signed.checkpoint, one, public, verifier(public)):
            continue
        good[one.name] = min(one.seconds, good.get(one.name, one.seconds))
    return dict(sorted(good.items()))


def count_witnesses(signed: Signed, witnesses: Mapping[str, bytes], verifier: Callable[[bytes], Verify]) -> list[str]:
    """Return the names of the witnesses whose signatures under the checkpoint are good, each once, sorted."""
    return list(witnessed(signed, witnesses, verifier))


def find_split(first: Sequence[Checkpoint]) -> tuple[Checkpoint, Checkpoint] | None:
    """Return two checkpoints of one log and one size with different roots (it told two stories), or None."""
    seen: dict[tuple[str, int], Checkpoint] = {}
    for one in first:
        other = seen.setdefault((one.origin, one.size), one)
        if other.root != one.root:
            return other, one
    return None


def _seen(checkpoint: Checkpoint, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n".encode() + checkpoint.text


def _checkpoint(lines: Sequence[str]) -> Checkpoint:
    if len(lines) != 3 or not lines[0] or not lines[1].isascii() or not lines[1].isdigit() or str(int(lines[1][:20])) != lines[1]:
        raise CheckpointUnreadable(why="not the three lines of log, size and root")
    root = _decode(lines[2])
    if len(root) != SIZE:
        raise CheckpointUnreadable(why="the root is not 32 bytes")
    return Checkpoint(lines[0], int(lines[1]), root)


def _signature(line: str, witnesses: Mapping[str, bytes]) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).rpartition(" ")
    body = _decode(encoded)
    if not line.startswith(_DASH) or not name or len(body) < 12:
        raise CheckpointUnreadable(why="a signature line is not a name and a signature")
    id_, rest = body[:4], body[4:]
    if name in witnesses and id_ == key_id(name, witnesses[name], KIND_WITNESS):
        seconds = int.from_bytes(rest[:8])
        if seconds > _LAST_SECOND:
            raise CheckpointUnreadable(why="a witness signed beyond the last year a calendar can name")
        return Signature(name, id_, rest[8:], seconds)
    return Signature(name, id_, rest)


def _decode(text: str) -> bytes:
    try:
        content = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise CheckpointUnreadable(why="not base64") from error
    if b64encode(content).decode() != text:  # base64 has spare bits at its end: one content, one spelling
        raise CheckpointUnreadable(why="base64 with spare bits")
    return content
