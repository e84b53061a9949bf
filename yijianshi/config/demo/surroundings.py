"""The outside systems of the demonstration: simulators in a process of their own, entered as neighbours while it lasts."""

import importlib.util
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yijianshi.config import children, words
from yijianshi.config.children import Child, ChildDied
from yijianshi.config.places import ROOT
from yijianshi.kernel.text import Text

_PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class Around:
    """One outside system that runs beside the demonstration."""

    zh: str
    en: str
    page: str
    departments: tuple[str, ...]


def start(ours: list[Child], address: str, var: Path, *, pace: float) -> list[Around]:
    """Start the simulators and enter them; without their libraries the departments work at our desk, which is told."""
    from yijianshi.exchange import keys

    if not _is_there():
        words.warn(
            "没有安装外部系统模拟器，各部门都在工作台办理。",
            "the simulators of outside systems are not installed; officers work.",
        )
        return []
    file = var / "demo" / "neighbours.yaml"
    file.unlink(missing_ok=True)
    arguments = ["--folder", str(var / "demo" / "neighbours"), "--file", str(file), "--house", address]
    arguments += ["--house-key", keys.own().public.hex(), "--pace", str(max(0.2, pace))]
    child = children.start(
        "neighbours", arguments, log=var / "log" / "neighbours.log", module="neighbours", extra={"PYTHONPATH": str(ROOT)}
    )
    ours.append(child)
    content = _when_written(file, child)
    _enter(content)
    _enrol(json.loads(file.with_suffix(".witnesses.json").read_text(encoding="utf-8")))
    pages = json.loads(file.with_suffix(".pages.json").read_text(encoding="utf-8"))
    return [_around(one, pages[one["code"]]) for one in content["neighbours"]]


def show(around: list[Around]) -> None:
    """Print where a visitor sees the other side."""
    if around:
        words.say(
            "外部系统（可以看它们收到什么，也可以让它们变慢、停机）：", "the outside systems, to be looked at and disturbed:"
        )
    for one in around:
        words.console.print(f"  {one.page}  {one.zh} {one.en}", markup=False)


@contextmanager
def forgotten_at_the_end() -> Iterator[None]:
    """Switch the outside systems off when they no longer run, so that a later ``serve`` does not wait for them."""
    try:
        yield
    finally:
        _enter({"neighbours": []})


def _enter(content: Mapping[str, Any]) -> None:
    from yijianshi.exchange import commands
    from yijianshi.foundation import clock
    from yijianshi.identity.logic.actor import SYSTEM

    commands.apply_neighbours(content, by=SYSTEM, at=clock.now())


def _enrol(offices: Mapping[str, Mapping[str, str]]) -> None:
    """Let the offices that share the property register's business co-sign the log."""
    from yijianshi.foundation import clock
    from yijianshi.foundation.transparency import reading, witnessing

    known = {one.name for one in reading.list_witnesses()}
    for name, office in offices.items():
        if name not in known:
            witnessing.enrol(name, Text(office["zh"], office["en"]), bytes.fromhex(office["key"]), at=clock.now())


def _is_there() -> bool:
    wanted = ("flask", "waitress")
    return (ROOT / "neighbours").is_dir() and all(importlib.util.find_spec(name) for name in wanted)


def _when_written(file: Path, child: Child) -> dict[str, Any]:
    """Return the neighbour file as soon as the simulators have written it; raises ChildDied."""
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < give_up:
        child.check()
        if file.exists():
            content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            return content
        time.sleep(0.1)
    raise ChildDied("外部系统模拟器没有按时启动。 The simulators of outside systems did not start in time.")


def _around(entry: Mapping[str, Any], page: str) -> Around:
    return Around(entry["name"]["zh"], entry["name"]["en"], page, tuple(one["department"] for one in entry["serves"]))
