"""The order between items: who needs a result, and who only must not begin earlier."""

import pytest

from tests.unit.catalogue.stall import CALENDAR, ENV, with_change
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.compiler import compile_thing
from yijianshi.catalogue.logic.lint import check_files
from yijianshi.catalogue.logic.plan import Edge, Waits
from yijianshi.catalogue.logic.planning import plan
from yijianshi.catalogue.logic.planning.order import waits
from yijianshi.catalogue.logic.promise import longest_promise
from yijianshi.kernel.text import Text

SIGN = "items/market/sign-filing.yaml"
ALL = {"stall.kind": "B", "stall.food": True, "stall.sign": True}


def stall_with_order(kind: str) -> CompiledThing:
    """The sign comes after the permit, for the reason given."""
    order = f"after: [{{item: permit-issue, kind: {kind}, reason: {{zh: 先办证, en: Permit first}}}}]\nlimits:"
    found, findings = check_files(with_change(SIGN, "limits:", order), CALENDAR)
    assert [finding.code for finding in findings.errors] == []
    assert found is not None
    return compile_thing(found, "stall")


@pytest.mark.parametrize(
    ("kind", "waits_for", "order_only", "days"),
    [
        ("FINISH_TO_START", ("permit-issue",), (), 3 + 4),
        ("AFTER_END", ("permit-issue",), ("permit-issue",), 3 + 4),
        ("DATA", (), (), 3 + 2),
        ("START_TO_START", (), (), 3 + 2),
    ],
)
def test_the_kind_says_what_is_waited_for(kind: str, waits_for: object, order_only: object, days: int) -> None:
    thing = stall_with_order(kind)
    found = plan(thing, ALL, env=ENV)
    sign = found.item("sign-filing")
    assert (sign.waits_for, sign.order_only) == (waits_for, order_only)
    assert found.promise.working_days == longest_promise(thing) == days
    assert next(edge.reason.en for edge in found.edges if edge.downstream == "sign-filing") == "Permit first"


def test_an_order_falls_away_with_the_item_it_points_to() -> None:
    thing = stall_with_order("AFTER_END")
    assert plan(thing, {"stall.kind": "B", "stall.food": False, "stall.sign": False}, env=ENV).edges == ()


def test_the_need_for_a_result_is_stronger_than_an_order() -> None:
    why = Text("先", "first")
    edges = [Edge("a", "b", kind, (), why) for kind in ("AFTER_END", "FINISH_TO_START")]
    assert waits(edges) == waits(edges[::-1]) == {"b": Waits(("a",), ())}


def test_an_order_alone_can_close_a_circle() -> None:
    order = "after: [{item: food-check, kind: AFTER_END, reason: {zh: 先检查, en: Check first}}]\nlimits:"
    _, findings = check_files(with_change("items/market/permit-issue.yaml", "limits:", order), CALENDAR)
    assert "C401" in {finding.code for finding in findings.errors}
