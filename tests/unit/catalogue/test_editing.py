"""Edits of single values leave everything else as it stands, and read back as what was wanted."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yijianshi.catalogue.logic.authoring import editing
from yijianshi.catalogue.logic.authoring.rendering import in_block, in_line
from yijianshi.catalogue.logic.yaml_lines import parse_yaml

CONTENT = Path(__file__).resolve().parents[3] / "content"
ITEM = """\
# 头上的说明
kind: item
name: {zh: 备案, en: "Sign filing"}   # 名字
needs:
  - {fact: a.b}

  # 第二个
  - fact: c.d
    required: false
alias: [一, 二]
limits:
  legal: null   # 没有规定
  promise: {working_days: 4, confidence: D}
"""


@pytest.mark.parametrize(
    ("steps", "value", "old", "new"),
    [
        (("limits", "promise", "working_days"), 5, "working_days: 4", "working_days: 5"),
        (("name", "en"), "It's: done", '"Sign filing"', '"It\'s: done"'),
        (("limits", "legal"), {"working_days": 9}, "legal: null ", "legal: {working_days: 9} "),
        (("limits", "legal", "working_days"), 9, "legal: null ", "legal: {working_days: 9} "),
        (("alias", 2), "三", "[一, 二]", "[一, 二, 三]"),
        (("needs", 2), {"fact": "e.f"}, "    required: false\n", "    required: false\n  - {fact: e.f}\n"),
        (("needs", 0, "when"), "a.b == 1", "{fact: a.b}", "{fact: a.b, when: a.b == 1}"),
        (("needs", 1, "when"), "x in ('A')", "required: false\n", "required: false\n    when: x in ('A')\n"),
        (("fee",), None, "confidence: D}\n", "confidence: D}\nfee: null\n"),
        (("name", "zh"), "true", "zh: 备案", 'zh: "true"'),
        (("opens",), date(2026, 3, 2), "confidence: D}\n", "confidence: D}\nopens: 2026-03-02\n"),
        (("rate",), Decimal("0.50"), "confidence: D}\n", "confidence: D}\nrate: 0.50\n"),
    ],
)
def test_one_place_changes_and_nothing_else(steps: editing.Steps, value: object, old: str, new: str) -> None:
    assert ITEM.count(old) == 1
    assert editing.put(ITEM, steps, value) == ITEM.replace(old, new)


@pytest.mark.parametrize(
    ("steps", "old", "new"),
    [
        (("needs", 0), "  - {fact: a.b}\n", ""),
        (("needs", 1), "  - fact: c.d\n    required: false\n", ""),
        (("needs", 1, "fact"), "- fact: c.d\n    required", "- required"),
        (("alias", 0), "[一, ", "["),
        (("alias", 1), ", 二]", "]"),
        (("limits", "legal"), "  legal: null   # 没有规定\n", ""),
    ],
)
def test_one_place_goes_away_and_nothing_else(steps: editing.Steps, old: str, new: str) -> None:
    assert ITEM.count(old) == 1
    assert editing.remove(ITEM, steps) == ITEM.replace(old, new)


def test_an_entry_comes_before_another() -> None:
    assert editing.insert(ITEM, ("needs", 0), {"fact": "z.z"}) == ITEM.replace(
        "  - {fact: a.b}", "  - {fact: z.z}\n  - {fact: a.b}"
    )
    assert "[零, 一, 二]" in editing.insert(ITEM, ("alias", 0), "零")


def test_two_neighbours_change_places_with_their_comments() -> None:
    found = editing.swap(ITEM, ("needs", 0))
    assert found == ITEM.replace(
        "  - {fact: a.b}\n\n  # 第二个\n  - fact: c.d\n    required: false\n",
        "\n  # 第二个\n  - fact: c.d\n    required: false\n  - {fact: a.b}\n",
    )
    assert editing.swap(ITEM, ("alias", 0)) == ITEM.replace("[一, 二]", "[二, 一]")


@pytest.mark.parametrize("steps", [(), ("alias", 1), ("alias", -1), ("alias", "x"), ("kind",), ("kind", 0), ("x", 0)])
def test_the_last_entry_has_none_after_it(steps: editing.Steps) -> None:
    with pytest.raises(editing.NoSuchPlace):
        editing.swap(ITEM, steps)


def test_several_edits_are_one() -> None:
    done = editing.edit(ITEM, {("alias", 0): "1"}, [("needs", 0), ("needs", 1), ("alias", 1)])
    assert parse_yaml(done).value == parse_yaml(ITEM).value | {"needs": [], "alias": ["1"]}
    assert "# 头上的说明" in done


@pytest.mark.parametrize("steps", [("kind", "x"), ("needs", 9, "fact"), ("needs", "x"), ("alias", -1), ("alias", 7)])
def test_what_is_not_there_is_said(steps: editing.Steps) -> None:
    with pytest.raises(editing.NoSuchPlace, match="no place"):
        editing.put(ITEM, steps, 1)


@pytest.mark.parametrize("steps", [("x",), ("needs", 5), ("alias", -1), ("kind", "x"), ()])
def test_what_is_not_there_cannot_go(steps: editing.Steps) -> None:
    with pytest.raises(editing.NoSuchPlace):
        editing.remove(ITEM, steps)


@pytest.mark.parametrize("text", ["a: [1", "a: &x 1\nb: *x\n", "[" * 5000])
def test_a_broken_text_is_not_edited_by_form(text: str) -> None:
    with pytest.raises(editing.TextBroken, match="cannot be read"):
        editing.put(text, ("a",), 1)


def test_a_new_file_begins_from_nothing() -> None:
    text = editing.edit("", {("kind",): "item", ("name", "zh"): "新"})
    assert parse_yaml(text).value == {"kind": "item", "name": {"zh": "新"}}


def test_a_value_that_content_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        editing.put(ITEM, ("kind",), 0.5)


@pytest.mark.parametrize("place", ["/needs/0/fact", "", "/a~1b/c~0d", "/expect/fields/child.name"])
def test_places_are_json_pointers(place: str) -> None:
    assert editing.place_of(editing.steps_of(place)) == place


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)
KEYS = st.sampled_from(["a", "b", "zh", "on", "1", "x.y", "键", "a b", "no"])
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.dates(), WORDS, st.sampled_from(["- a", "a: b", "# c", "'", "0.5"])
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)), max_leaves=12
)
FILES = st.dictionaries(KEYS, VALUES, min_size=1, max_size=5)


def ways(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here, *(way for key, one in inner for way in ways(one, (*here, key)))]


@given(VALUES)
def test_what_is_written_reads_back(value: Any) -> None:
    assert parse_yaml(f"a: {in_line(value)}\n").value == {"a": value}
    if isinstance(value, dict):
        assert (parse_yaml(in_block(value, 0) + "\n").value or {}) == value


@settings(deadline=None)
@given(st.data(), FILES, VALUES, st.booleans())
def test_any_edit_reads_back_as_wanted(data: st.DataObject, file: dict[str, Any], value: Any, remove: bool) -> None:
    text = "# 说明\n" + in_block(file, 0) + "\n"
    steps = data.draw(st.sampled_from([way for way in ways(file) if way]))
    wanted = deepcopy(file)
    holder: Any = wanted
    for step in steps[:-1]:
        holder = holder[step]
    if remove:
        del holder[steps[-1]]
        found = editing.remove(text, steps)
    else:
        holder[steps[-1]] = value
        found = editing.put(text, steps, value)
    assert parse_yaml(found).value == wanted


@settings(deadline=None)
@given(st.data(), st.lists(VALUES, min_size=2, max_size=4))
def test_changed_places_read_back_so(data: st.DataObject, values: list[Any]) -> None:
    at = data.draw(st.integers(0, len(values) - 2))
    text = "# 说明\n" + in_block({"a": 1, "list": values, "z": 2}, 0) + "\n"
    values[at], values[at + 1] = values[at + 1], values[at]
    assert parse_yaml(editing.swap(text, ("list", at))).value == {"a": 1, "list": values, "z": 2}


@pytest.mark.parametrize("path", sorted(CONTENT.glob("items/*/*.yaml"))[::9] + sorted(CONTENT.glob("things/*/thing.yaml"))[::3])
def test_in_real_content_only_lines_of_the_place_change(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    value = parse_yaml(text).value
    assert editing.put(text, ("confidence",), "P").count("\n") - text.count("\n") in (0, 1)
    for steps in [way for way in ways(value) if way and isinstance(way[-1], int)][::7]:
        smaller = editing.remove(text, steps).splitlines()
        assert len(smaller) < len(text.splitlines()) or len(steps) > 1
        assert sum(line.startswith("#") for line in smaller) == sum(line.startswith("#") for line in text.splitlines())
