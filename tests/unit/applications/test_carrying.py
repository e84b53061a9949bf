"""A draft goes along to a newer version: what exists stays as it was, the rest is named, nothing is read without need."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.unit.catalogue.stall import FILES, stall
from yijianshi.applications.logic.carrying import Carried, Dropped, carry, dropped_letters, dropped_papers
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import compile_thing
from yijianshi.catalogue.logic.loading import load

FACTS: dict[str, Any] = {"stall.kind": "B", "stall.area": 30, "owner.name": "王芳"}


def changed(*changes: tuple[str, str, str]) -> CompiledThing:
    """Return the stall with passages of its files replaced."""
    files = dict(FILES)
    for path, old, new in changes:
        assert old in files[path], f"{path} does not hold {old!r}"
        files[path] = files[path].replace(old, new, 1)
    return compile_thing(load(files)[0], "stall")


def carried(
    new: CompiledThing, facts: Mapping[str, Any] = FACTS, declined: tuple[str, ...] = (), choices: Mapping[str, str] | None = None
) -> Carried:
    return carry(
        stall(), new, facts=facts, read=lambda name: facts[name], declined=declined, choices={} if choices is None else choices
    )


def test_nothing_is_dropped_where_nothing_changed() -> None:
    found = carried(stall(), declined=("stall.food",), choices={"id-card": "UPLOAD"})
    assert found.kept == set(FACTS)
    assert (found.repacked, found.declined, found.choices, found.dropped) == (
        frozenset(),
        ("stall.food",),
        {"id-card": "UPLOAD"},
        (),
    )


def test_an_option_that_is_gone_is_dropped_by_its_name() -> None:
    new = changed(("dictionary/stall.yaml", "      - {code: B, label: {zh: 固定, en: Fixed}}\n", ""))
    found = carried(new)
    assert found.kept == {"stall.area", "owner.name"}
    assert found.dropped == (Dropped("fact", "stall.kind", stall().label("stall.kind")),)


def test_another_type_or_no_element_at_all_is_dropped() -> None:
    new = changed(("dictionary/stall.yaml", "name: stall.area, type: INT", "name: stall.area, type: DECIMAL"))
    found = carried(new, {**FACTS, "stall.colour": "red"})
    assert [one.name for one in found.dropped] == ["stall.area", "stall.colour"]


def test_only_values_with_options_are_read() -> None:
    def read(name: str) -> object:
        assert name == "stall.kind", f"{name} was opened without need"
        return "B"

    found = carry(stall(), stall(), facts=FACTS, read=read, declined=(), choices={})
    assert found.kept == set(FACTS)


@pytest.mark.parametrize("before", ["SENSITIVE", "PERSONAL"])
def test_what_is_sealed_otherwise_from_now_on_is_sealed_anew(before: str) -> None:
    old, new = stall(), stall()
    after = "PERSONAL" if before == "SENSITIVE" else "SENSITIVE"

    def with_sensitivity(thing: CompiledThing, sensitivity: str) -> CompiledThing:
        elements = [
            one.model_copy(update={"sensitivity": sensitivity}) if one.name == "owner.name" else one for one in thing.elements
        ]
        return CompiledThing.model_validate(thing.model_copy(update={"elements": tuple(elements)}).model_dump())

    found = carry(
        with_sensitivity(old, before),
        with_sensitivity(new, after),
        facts={"owner.name"},
        read=lambda name: FACTS[name],
        declined=(),
        choices={},
    )
    assert found.repacked == {"owner.name"}


def test_i_do_not_know_goes_where_it_is_no_answer_any_more() -> None:
    new = changed(("things/stall/thing.yaml", ", unknown: {zh: 不急, en: Later}", ""))
    assert carried(new, declined=("stall.food", "stall.gone")).declined == ()


def test_a_way_of_handing_in_that_is_gone_must_be_chosen_again_and_told() -> None:
    found = carried(stall(), choices={"id-card": "COMMITMENT", "no-such-paper": "UPLOAD"})
    assert found.choices == {}
    assert [(one.kind, one.name) for one in found.dropped] == [("choice", "id-card")]


def test_papers_that_nobody_asks_for_any_more_are_named() -> None:
    found = dropped_papers(stall(), stall(), ["id-card", "no-such-paper"])
    assert [(one.kind, one.name) for one in found] == [("material", "no-such-paper")]


def test_a_letter_that_says_something_else_must_be_read_again() -> None:
    letter = stall().letters_by_code["tidy"].model_dump(mode="json")
    assert dropped_letters(stall(), {"tidy": letter}) == ()
    other = {**letter, "consequences": {"zh": "另一种", "en": "another"}}
    assert [one.name for one in dropped_letters(stall(), {"tidy": other, "gone": letter})] == ["tidy", "gone"]


def test_what_is_written_down_is_read_back() -> None:
    one = Dropped("fact", "stall.kind", stall().label("stall.kind"))
    assert Dropped.from_json(one.to_json()) == one
