"""Peers run in their own environment and their own process; this is the side that starts them and asks for rounds."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.frame import Measurement, PeerCouldNotRun

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / "benchmarks" / ".venv"
REQUIREMENTS = ROOT / "benchmarks" / "requirements.txt"


def environment() -> Path:
    """The Python of the peers' environment, made (or brought up to date) from the pinned requirements when needed."""
    python = ENVIRONMENT / "bin" / "python"
    stamp = ENVIRONMENT / "requirements.sha256"
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    print("Preparing the peers' environment (once) …", file=sys.stderr)
    venv.EnvBuilder(clear=True, symlinks=True, with_pip=True).create(ENVIRONMENT)
    install = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(REQUIREMENTS)]
    if subprocess.run(install, check=False).returncode != 0:
        raise PeerCouldNotRun("The peers' requirements could not be installed; see the messages above.")
    stamp.write_text(wanted)
    return python


class ProcessContestant:
    """A contestant behind a pipe: one line of JSON per round each way. It times itself, so the pipe never counts."""

    def __init__(
        self, name: str, command: Sequence[str], expected: Mapping[str, int], surroundings: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self.expected = expected
        environment = {**os.environ, **(surroundings or {})}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes)

    def run_round(self) -> Measurement:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise PeerCouldNotRun(f"{self.name} has no pipe.")
        try:
            stdin.write("round\n")
            stdin.flush()
        except BrokenPipeError as error:
            raise PeerCouldNotRun(f"{self.name} ended early; its message is above.") from error
        line = stdout.readline()
        if not line:
            raise PeerCouldNotRun(f"{self.name} ended in the middle of a round; its message is above.")
        answer = json.loads(line)
        return Measurement(answer["seconds"], answer["proof"])

    def close(self) -> None:
        """End the process by closing its input; it is killed only if it does not listen."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
