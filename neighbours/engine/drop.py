"""The shared folder of a system that exchanges files: ``in/`` for it, ``answers/`` and ``out/`` from it."""

import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from neighbours.engine import enveloped, outgoing
from neighbours.engine.running import Running

_METHOD = "FILE"
_PARTS = ("in", "answers", "out", "out/taken", "out/refused")
_AGAIN_SECONDS = 10.0  # a batch nobody collected is written once more after this


@dataclass
class Drop:
    """One system's folder and the files of it that are still under way."""

    running: Running
    under_way: dict[str, list[str]] = field(default_factory=dict)  # file name → message ids

    def __post_init__(self) -> None:
        self.root = Path(self.running.options["folder"])
        for part in _PARTS:
            (self.root / part).mkdir(parents=True, exist_ok=True)

    def answer_files(self) -> bool:
        """Answer the questions that lie in ``in/``; a system that is down leaves them there."""
        if self.running.behaviour.kind == "down":
            return False
        files = sorted((self.root / "in").glob("*.json"))
        for file in files:
            self.running.behaviour.wait()
            self._answer(file)
        return bool(files)

    def write_messages(self) -> bool:
        """Write what is due into ``out/`` and learn from the folders what became of the earlier files."""
        self._learn()
        said = enveloped.batches(self.running)
        for ids, body in said:
            self.running.behaviour.wait()
            name = f"{time.time_ns():020d}.json"
            with self.running.store.writing() as db:
                outgoing.put_off(db, ids, "", after=_AGAIN_SECONDS)
            self.under_way[name] = ids
            self._write(f"out/{name}", body)
        return bool(said)

    def _answer(self, file: Path) -> None:
        path = f"in/{file.name}"
        try:
            body, headers = file.read_bytes(), _headers(file)
        except FileNotFoundError:  # taken back by the house
            return
        told = enveloped.answer(self.running, headers, _METHOD, path, body)
        for name in (file, Path(f"{file}.sig")):
            name.unlink(missing_ok=True)
        self._write(f"answers/{file.name}", told)

    def _learn(self) -> None:
        with self.running.store.writing() as db:
            for part, confirmed in (("taken", True), ("refused", False)):
                for file in (self.root / "out" / part).glob("*.json"):
                    ids = self.under_way.pop(file.name, None) or _ids(file)
                    if confirmed:
                        outgoing.confirm(db, ids, int(file.stem) / 1e9)  # named after the moment it was written
                    else:
                        outgoing.put_off(db, ids, "平台没有采用这个文件 the house set the file aside")
                    for name in (file, Path(f"{file}.sig")):
                        name.unlink(missing_ok=True)

    def _write(self, path: str, body: bytes) -> None:
        self._put(self.root / f"{path}.sig", json.dumps(enveloped.signed(self.running, _METHOD, path, body)).encode())
        self._put(self.root / path, body)

    @staticmethod
    def _put(file: Path, body: bytes) -> None:
        draft = file.with_name(f".{file.name}.part")
        draft.write_bytes(body)
        os.replace(draft, file)


def _headers(file: Path) -> dict[str, str]:
    try:
        found = json.loads(Path(f"{file}.sig").read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _ids(file: Path) -> list[str]:
    """Return the ids in a file from before a restart."""
    try:
        found: Any = json.loads(file.read_bytes())
        return [str(one["id"]) for one in found["messages"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []
