"""``file_drop``: questions and answers as files in a shared folder, messages of the neighbour as files we collect."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from yijianshi.exchange.connectors import enveloped, wire
from yijianshi.exchange.connectors.file_drop.folder import ANSWERS, IN, REFUSED, TAKEN, SharedFolder
from yijianshi.exchange.connectors.file_drop.options import FileOptions
from yijianshi.exchange.connectors.operations import Operations
from yijianshi.exchange.connectors.port import Away, Ground, Message
from yijianshi.exchange.connectors.registry import connector
from yijianshi.exchange.connectors.signature import NotTheirs
from yijianshi.kernel.text import Text

_LOOK_SECONDS = 0.05
_MOST_FILES = 20  # in one collection


class FileLine:
    """One question is one file; its answer has the same name."""

    def __init__(self, folder: SharedFolder, patience: float) -> None:
        self._folder, self._patience = folder, patience

    def post(self, path: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """Write the question and wait for its answer; a question nobody took is taken back."""
        name = f"{time.time_ns():020d}-{uuid4().hex}.json"
        self._folder.write(name, enveloped.question(path, content))
        try:
            return enveloped.answer(self._awaited(f"{ANSWERS}/{name}"))
        finally:
            self._folder.remove(f"{IN}/{name}")
            self._folder.remove(f"{ANSWERS}/{name}")

    def close(self) -> None:
        """Nothing is held open."""

    def _awaited(self, path: str) -> bytes:
        give_up = time.monotonic() + self._patience
        while time.monotonic() < give_up:
            try:
                return self._folder.read(path)
            except FileNotFoundError:
                time.sleep(_LOOK_SECONDS)
            except NotTheirs as error:
                raise Away(f"the answer is not theirs: {error}") from error
            except OSError as error:
                raise Away(f"the shared folder cannot be read ({error.strerror})") from error
        raise Away(f"no answer to the file within {self._patience:g} seconds")


@connector("file_drop", FileOptions)
class FileDrop(Operations):
    """Speaks and hears through files."""

    pushes = False

    def __init__(self, options: FileOptions, ground: Ground) -> None:
        self._folder = SharedFolder(Path(options.folder), ground)
        self._root = options.folder
        self.interval_seconds = options.every_seconds
        self._files: dict[str, set[UUID]] = {}  # what was collected and not yet confirmed
        super().__init__(FileLine(self._folder, options.answer_seconds))

    def collect(self) -> Sequence[Message]:
        """Read the oldest message files; one that is not theirs is set aside and does not stop the others."""
        found: list[Message] = []
        for path in list(self._folder.messages())[:_MOST_FILES]:
            messages = self._read(path)
            if messages is None:
                self._folder.put_away(path, REFUSED)
            else:
                self._files[path] = {one.id for one in messages}
                found += messages
        return found

    def confirm(self, messages: Sequence[Message]) -> None:
        """Put away the files of which every message is safely with us."""
        ours = {one.id for one in messages}
        for path in [path for path, ids in self._files.items() if ids <= ours]:
            self._folder.put_away(path, TAKEN)
            del self._files[path]

    def check(self) -> Sequence[Text]:
        """Look whether the folder is as it should be, then ask about no thread at all."""
        missing = ", ".join(self._folder.missing())
        if missing:
            return [
                Text(f"{self._root} 里缺少目录，或不能读写：{missing}", f"missing or not writable in {self._root}: {missing}")
            ]
        return super().check()

    def _read(self, path: str) -> list[Message] | None:
        try:
            return wire.to_messages(enveloped.json_object(self._folder.read(path)))
        except FileNotFoundError:  # another courier was quicker
            return []
        except (NotTheirs, Away):
            return None
        except OSError as error:
            raise Away(f"the shared folder cannot be read ({error.strerror})") from error
