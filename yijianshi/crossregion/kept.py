"""Content of passages at rest: sealed, because it holds personal data."""

from collections.abc import Mapping
from typing import Any

import orjson

from yijianshi.foundation import sealing

CONTENT, ANSWER = "crossregion.Passage.content", "crossregion.Passage.answer"


def sealed(content: Mapping[str, Any], context: str) -> str:
    """Return content as it is kept."""
    return sealing.seal(orjson.dumps(content, default=str).decode(), context)


def opened(text: str, context: str) -> dict[str, Any]:
    """Return kept content, empty where nothing is kept."""
    found: dict[str, Any] = orjson.loads(sealing.unseal(text, context)) if text else {}
    return found
