"""The shared folder: whole files only (written beside, then renamed), each with its signature next to it.

``in/`` holds our questions, ``answers/`` their answers, ``out/`` their messages. A file of theirs that we have safely goes to
``out/taken/``; one that is not signed by them, or that cannot be read, goes to ``out/refused/``.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import orjson

from yijianshi.exchange.connectors import enveloped, signature
from yijianshi.exchange.connectors.port import Away, Ground
from yijianshi.exchange.connectors.signature import NotTheirs

IN, ANSWERS, OUT, TAKEN, REFUSED = "in", "answers", "out", "out/taken", "out/refused"
LARGEST_FILE = 4 * 1024 * 1024
_METHOD = "FILE"


class SharedFolder:
    """One neighbour's folder."""

    def __init__(self, root: Path, ground: Ground) -> None:
        self._root, self._ground = root, ground

    def write(self, name: str, body: bytes) -> None:
        """Put a signed file into ``in/``; the signature is there before the file is."""
        path = f"{IN}/{name}"
        headers = signature.signed(self._ground, _METHOD, path, body)
        self._put(self._root / f"{path}.sig", orjson.dumps(headers))
        self._put(self._root / path, body)

    def read(self, path: str) -> bytes:
        """Return a signed file of the neighbour; raises NotTheirs, Away, FileNotFoundError."""
        body = _content(self._root / path)
        try:
            headers = enveloped.json_object(_content(self._root / f"{path}.sig"))
        except (FileNotFoundError, Away) as error:
            raise NotTheirs("there is no signature beside it") from error
        signature.prove(self._ground, headers, _METHOD, path, body)
        return body

    def messages(self) -> Iterator[str]:
        """Yield the paths of their message files, oldest name first."""
        for file in sorted((self._root / OUT).glob("*.json")):
            if file.is_file() and not file.is_symlink():
                yield f"{OUT}/{file.name}"

    def put_away(self, path: str, where: str) -> None:
        """Move a message file and its signature to ``out/taken`` or ``out/refused``; another courier may have been quicker."""
        for name in (path, f"{path}.sig"):
            file = self._root / name
            try:
                os.replace(file, self._root / where / file.name)
            except FileNotFoundError:
                continue

    def remove(self, path: str) -> None:
        """Take a file and its signature away."""
        for name in (path, f"{path}.sig"):
            (self._root / name).unlink(missing_ok=True)

    def missing(self) -> list[str]:
        """Return which parts of the folder are not there or cannot be written to."""
        return [name for name in (IN, ANSWERS, OUT, TAKEN, REFUSED) if not os.access(self._root / name, os.R_OK | os.W_OK)]

    @staticmethod
    def _put(file: Path, body: bytes) -> None:
        draft = file.with_name(f".{file.name}.part")
        try:
            with draft.open("wb") as out:
                out.write(body)
                out.flush()
                os.fsync(out.fileno())
            os.replace(draft, file)
        except OSError as error:
            raise Away(f"the shared folder cannot be written to ({error.strerror})") from error


def _content(file: Path) -> bytes:
    if file.is_symlink():
        raise NotTheirs("it is a link")
    with file.open("rb") as read:
        body = read.read(LARGEST_FILE + 1)
    if len(body) > LARGEST_FILE:
        raise NotTheirs(f"it is longer than {LARGEST_FILE} bytes")
    return body
