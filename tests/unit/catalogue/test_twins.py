"""Two versions at once say what each says alone: changed rules, promises, items, elements, materials, one after the other."""

import random
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.insight.content import CALENDAR, library, recordings, thing
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.insight.logic.recording import Recording
from yijianshi.insight.logic.replay import Pair, Runner

Written = dict[str, Any]
Change = Callable[[Written, random.Random], None]


def _promise(written: Written, chance: random.Random) -> None:
    limits = chance.choice(written["items"])["definition"]["limits"]
    limits["promise"]["working_days"] = (limits["promise"]["working_days"] or 0) + 2


def _stricter(written: Written, chance: random.Random) -> None:
    item = chance.choice(written["items"])
    question = chance.choice([one for one in written["questions"] if one["type"] == "CODE"] or [None])
    if question and question["options"]:
        rule = f"{question['fact']} != '{question['options'][0]['code']}'"
        item["when"] = f"({item['when']}) and {rule}" if item["when"] else rule


def _need_gone(written: Written, chance: random.Random) -> None:
    definition = chance.choice(written["items"])["definition"]
    definition["needs"] = definition["needs"][1:]


def _condition_gone(written: Written, chance: random.Random) -> None:
    written["conditions"] = written["conditions"][1:]


def _item_gone(written: Written, chance: random.Random) -> None:
    code = written["items"].pop()["definition"]["code"]
    written["edges"] = [edge for edge in written["edges"] if code not in (edge["upstream"], edge["downstream"])]


def _material_plain(written: Written, chance: random.Random) -> None:
    for material in written["materials"][::2]:
        material["satisfiers"] = [one for one in material["satisfiers"] if one["kind"] == "UPLOAD"]


def _order_gone(written: Written, chance: random.Random) -> None:
    written["edges"] = written["edges"][1:]


def _option_gone(written: Written, chance: random.Random) -> None:
    element = next(one for one in written["elements"] if len(one["options"]) > 1)
    element["options"] = element["options"][1:]


def _element_gone(written: Written, chance: random.Random) -> None:
    gone = chance.choice(written["questions"])["fact"]
    written["elements"] = [one for one in written["elements"] if one["name"] != gone]
    written["questions"] = [one for one in written["questions"] if one["fact"] != gone]


CHANGES: tuple[Change, ...] = (
    _promise,
    _stricter,
    _need_gone,
    _condition_gone,
    _item_gone,
    _material_plain,
    _order_gone,
    _option_gone,
    _element_gone,
)
CODES = ("newborn", "restaurant", "transport-company")


def changed(old: CompiledThing, steps: list[Change], seed: int) -> CompiledThing:
    written = old.model_dump(mode="json")
    chance = random.Random(seed)
    for step in steps:
        step(written, chance)
    return CompiledThing.model_validate({**written, "sha": ""})


@cache
def some(code: str, count: int = 30) -> list[Recording]:
    return recordings(code, count)


@settings(max_examples=25, deadline=None)
@given(code=st.sampled_from(CODES), steps=st.lists(st.sampled_from(CHANGES), max_size=3), seed=st.integers(0, 99))
def test_a_pair_of_paths_is_each_path_alone(code: str, steps: list[Change], seed: int) -> None:
    old = thing(code)
    new = changed(old, steps, seed)
    pair, alone = Pair(old, new, CALENDAR), (Runner(old, CALENDAR), Runner(new, CALENDAR))
    for recording in random.Random(seed).sample(some(code), 10):
        assert pair.paths(recording) == tuple(runner.path(recording) for runner in alone)


@pytest.mark.parametrize("code", sorted(library().things))
def test_for_every_thing_that_ships_each_single_change(code: str) -> None:
    old = thing(code)
    for step in (_promise, _stricter, _condition_gone):
        new = changed(old, [step], 1)
        pair, alone = Pair(old, new, CALENDAR), (Runner(old, CALENDAR), Runner(new, CALENDAR))
        for recording in some(code, 5):
            assert pair.paths(recording) == tuple(runner.path(recording) for runner in alone)


def test_certificates_that_met_a_material_are_seen_by_both() -> None:
    old = thing("newborn")
    new = changed(old, [_material_plain], 0)
    material, way = next((m, s) for m in old.materials for s in m.satisfiers if s.kind == "E_CERTIFICATE" and s.certificate)
    base = some("newborn")[0]
    held = tuple((str(way.certificate), holder, material.code) for holder in way.holders)
    one = Recording(base.on, base.kept, base.present, base.declined, held)
    for version in (old, new):
        assert Pair(old, version, CALENDAR).paths(one) == (Runner(old, CALENDAR).path(one), Runner(version, CALENDAR).path(one))
