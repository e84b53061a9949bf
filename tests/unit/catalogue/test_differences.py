"""What changed between two versions, in words."""

from tests.unit.catalogue.stall import FILES, stall, with_change
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import compile_thing
from yijianshi.catalogue.logic.differences import differences
from yijianshi.catalogue.logic.loading import load

PERMIT = "items/market/permit-issue.yaml"
THING = "things/stall/thing.yaml"


def changed(path: str, old: str, new: str) -> CompiledThing:
    return compile_thing(load(with_change(path, old, new))[0], "stall")


def said(new: CompiledThing) -> list[str]:
    return [text.en for text in differences(stall(), new)]


def test_equal_content_has_no_differences() -> None:
    assert differences(stall(), compile_thing(load(FILES)[0], "stall")) == []


def test_a_shorter_promise_is_named_with_both_numbers() -> None:
    new = changed(PERMIT, "promise: {working_days: 3", "promise: {working_days: 1")
    assert said(new) == ["Longest promise 5 → 4 working days.", "'Stall permit' now promises 1 working days instead of 3."]


def test_one_line_sums_up_what_it_means_for_whoever_applies() -> None:
    new = changed(PERMIT, "  - {fact: owner.phone}\n", "")
    more = changed(PERMIT, "promise: {working_days: 3", "promise: {working_days: 9")
    assert differences(stall(), new)[0].zh == "少问 1 项。"
    assert differences(new, stall())[0].en == "Asks 1 detail more."
    assert differences(stall(), more)[0].zh == "最长承诺 5 → 11 个工作日。"
    without = changed(THING, '  - {item: sign-filing, when: "stall.sign == True"}\n', "")
    assert "份材料" in differences(stall(), without)[0].zh or "项" in differences(stall(), without)[0].zh


def test_items_needs_conditions_and_words_are_named() -> None:
    assert "The item 'Sign filing' was removed." in said(
        changed(THING, '  - {item: sign-filing, when: "stall.sign == True"}\n', "")
    )
    assert (
        said(changed(PERMIT, "  - {fact: owner.phone}\n", ""))[1]
        == "'Stall permit' no longer needs: Owner's phone; now also needs: none."
    )
    when = said(changed(THING, 'when: "stall.food == True"', 'when: "stall.food"'))
    assert when == ["The condition for 'Food check' changed: stall.food == True → stall.food."]
    assert "The conditions for handling everything together changed." in said(
        changed(THING, "stall.kind != 'C'", "stall.kind == 'A'")
    )
    assert said(changed(THING, "en: Begin.", "en: Start.")) == ["Wording or explanations changed."]
    assert said(changed("materials/drawing.yaml", "en: Drawn by hand", "en: Sketched")) == [
        "Details of the material 'Floor plan' changed."
    ]
    assert said(changed(THING, "effective_on: 2026-01-01", "effective_on: 2026-07-01"))[0] == (
        "It takes effect on 2026-07-01 instead of 2026-01-01."
    )
