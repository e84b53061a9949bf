"""The content that ships, compiled, and invented applications of it."""

import random
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import compile_thing
from yijianshi.catalogue.logic.library import Library
from yijianshi.catalogue.logic.loading import FOLDERS, load
from yijianshi.catalogue.logic.paths import Paths
from yijianshi.insight.logic.recording import Application, Recording, record
from yijianshi.insight.logic.samples import sample
from yijianshi.kernel.rules import Environment
from yijianshi.kernel.workdays import load_calendar

CONTENT = Path(__file__).parents[3] / "content"
CALENDAR = load_calendar(yaml.safe_load((CONTENT / "calendars" / "cn.yaml").read_text(encoding="utf-8")))
MONDAY = date(2026, 3, 2)


def files() -> dict[str, str]:
    paths = sorted(path for folder in FOLDERS for path in (CONTENT / folder).rglob("*.yaml"))
    return {path.relative_to(CONTENT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


@cache
def library() -> Library:
    return load(files())[0]


@cache
def thing(code: str) -> CompiledThing:
    return compile_thing(library(), code)


def applications(code: str, count: int, seed: int = 7) -> list[Application]:
    chance = random.Random(seed)
    paths = Paths(thing(code), CALENDAR)
    days = [MONDAY + timedelta(weeks=place * 4 // count) for place in range(count)]
    return [sample(thing(code), Environment(day, CALENDAR), chance, paths) for day in days]


def recordings(code: str, count: int, seed: int = 7) -> list[Recording]:
    return [record(thing(code), one) for one in applications(code, count, seed)]


def changed(code: str, changes: dict[str, tuple[str, str]]) -> CompiledThing:
    """Return the thing compiled from the content with texts replaced: file → (old, new), which must be there."""
    texts = files()
    for path, (old, new) in changes.items():
        assert old in texts[path], f"{path} no longer says {old!r}"
        texts[path] = texts[path].replace(old, new)
    return compile_thing(load(texts)[0], code)


__all__ = ["CALENDAR", "MONDAY", "applications", "changed", "files", "library", "recordings", "thing"]
