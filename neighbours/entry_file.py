"""The neighbour file: what the house must know of each running system, written for ``yijianshi neighbours apply``."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from neighbours.engine.running import Running


def write(path: Path, running: Sequence[Running]) -> None:
    """Write the file at once (readers never see half of it); JSON is YAML too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    content = {"neighbours": [entry(one) for one in running]}
    new.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    os.replace(new, path)


def entry(one: Running) -> dict[str, Any]:
    """Return one system's part of the file."""
    system = one.system
    items = [business.item for business in system.businesses]
    return {
        "code": system.code,
        "name": {"zh": system.zh, "en": system.en},
        "connector": system.transport,
        "options": one.options,
        "public_key": one.key.public.hex(),
        "serves": [{"department": kind, "region": "41", "items": items} for kind in system.departments],
        "mapping": {"names": dict(system.names), "codes": {name: dict(codes) for name, codes in system.codes.items()}},
    }
