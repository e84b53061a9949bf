"""Our own child processes: started, watched, and stopped by their numbers, with nothing left behind."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PATIENCE_SECONDS = 25.0
_PR_SET_PDEATHSIG = 1


class ChildDied(Exception):
    """A process we started ended by itself; the message names its log and shows the end of it."""


@dataclass(frozen=True)
class Child:
    """One process of ours and where it writes."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path | None

    def check(self) -> None:
        """Raise ChildDied when the process has ended."""
        status = self.process.poll()
        if status is not None:
            tail = self.log.read_text(errors="replace").splitlines()[-15:] if self.log else []
            raise ChildDied(
                f"{self.name} 意外停止（状态 {status}）。日志：{self.log or '上面'}\n"
                f"{self.name} stopped unexpectedly (status {status}). Its log: {self.log or 'above'}\n" + "\n".join(tail)
            )


def start(
    name: str,
    arguments: Sequence[str],
    *,
    log: Path | None = None,
    extra: Mapping[str, str] | None = None,
    module: str = "yijianshi",
) -> Child:
    """Start ``python -m <module> <arguments>``; its words go to *log*, or to our own terminal."""
    command = [sys.executable, "-m", module, *arguments]
    if log is None:
        return Child(name, _spawn(command, None, extra), None)
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with log.open("ab") as out:
        return Child(name, _spawn(command, out.fileno(), extra), log)


@contextmanager
def stopping(children: list[Child]) -> Iterator[None]:
    """Stop *children* (also those added meanwhile) at the end of the block, last started first."""
    try:
        yield
    finally:
        for child in reversed(children):
            if child.process.poll() is None:
                child.process.terminate()
        give_up = time.monotonic() + _PATIENCE_SECONDS
        for child in reversed(children):
            try:
                child.process.wait(max(0.1, give_up - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()


def watch(children: Sequence[Child]) -> None:
    """Wait until told to stop (SystemExit, KeyboardInterrupt); raises ChildDied when one of *children* ends by itself."""
    while True:
        for child in children:
            child.check()
        time.sleep(0.5)


def _spawn(command: list[str], out: int | None, extra: Mapping[str, str] | None) -> "subprocess.Popen[bytes]":
    # A session of its own: Ctrl-C reaches the parent only, which then stops its children in order.
    return subprocess.Popen(  # noqa: S603
        command,
        env={**os.environ, **(extra or {})},
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=out,
        start_new_session=True,
        preexec_fn=_die_with_parent if sys.platform == "linux" else None,
    )


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)  # even a killed parent leaves no child behind
