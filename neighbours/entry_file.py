"""The neighbour file: what the house must know of each running system, written for ``yijianshi neighbours apply``."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from neighbours.engine.running import Running


def write(path: Path, running: Sequence[Running]) -> None:
    """Write the file, and before it one with the pages for people; readers never see half of either. JSON is YAML too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _put(path.with_suffix(".pages.json"), {one.system.code: f"http://127.0.0.1:{one.port}/" for one in running})
    _put(path.with_suffix(".witnesses.json"), {one.system.code: witness(one) for one in running if one.system.witness})
    _put(path, {"neighbours": [entry(one) for one in running]})


def _put(path: Path, content: dict[str, Any]) -> None:
    new = path.with_suffix(".new")
    new.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    os.replace(new, path)


def witness(one: Running) -> dict[str, str]:
    """Return what the house must know of a witness of its log."""
    return {"zh": one.system.zh, "en": one.system.en, "key": one.key.public.hex()}


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
        "registers": {one.code: {"region": "41", "names": dict(one.fields)} for one in system.registers},
        **({"reports": dict(system.wishes)} if system.wishes else {}),
        "mapping": {"names": dict(system.names), "codes": {name: dict(codes) for name, codes in system.codes.items()}},
    }
