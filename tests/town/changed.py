"""The real content with a few passages changed, published anew, for tests of what the real content does not have yet."""

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings

from yijianshi.catalogue import commands as catalogue
from yijianshi.identity.logic.actor import SYSTEM


def publish(folder: Path, changes: Mapping[str, tuple[str, str]], at: datetime) -> None:
    """Publish a copy of the content in *folder*; *changes* are path → (passage, its replacement), each passage must be there."""
    content = folder / "content"
    shutil.copytree(settings.CONTENT_DIR, content)
    for path, (old, new) in changes.items():
        text = (content / path).read_text(encoding="utf-8")
        assert old in text, f"{path} does not hold {old!r}"
        (content / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    catalogue.publish(content, by=SYSTEM, at=at)
