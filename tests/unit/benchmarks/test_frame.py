"""The frame must refuse unequal work and must only ever compare rounds that ran side by side."""

from collections.abc import Iterator, Mapping

import pytest

from benchmarks import frame, registry, table
from benchmarks.frame import Goal, Measurement, Report, ResultsDiffer


class Scripted:
    """A contestant whose times and results are written down beforehand, and who notes when it runs."""

    def __init__(self, name: str, seconds: list[float], diary: list[str], proof: Mapping[str, int] | None = None) -> None:
        self.name = name
        self.expected = {"decided": 6}
        self._seconds: Iterator[float] = iter(seconds)
        self._diary = diary
        self._proof = proof or {"decided": 6}

    def run_round(self) -> Measurement:
        self._diary.append(self.name)
        return Measurement(next(self._seconds), self._proof)

    def close(self) -> None:
        self._diary.append(f"{self.name} closed")


def test_rounds_are_interleaved_and_the_first_place_goes_round() -> None:
    diary: list[str] = []
    frame.measure([Scripted("a", [1.0] * 4, diary), Scripted("b", [1.0] * 4, diary)], rounds=3)
    assert diary == ["a", "b", *["a", "b"], *["b", "a"], *["a", "b"]]


def test_the_warm_up_never_counts() -> None:
    result = frame.measure([Scripted("a", [99.0, 1.0], []), Scripted("b", [99.0, 2.0], [])], rounds=1)
    assert result.seconds == {"a": [1.0], "b": [2.0]}


def test_ratios_are_taken_pair_by_pair_before_the_median() -> None:
    # The machine slows threefold for rounds three to five: pairs still say 2 each time, medians of raw times would not.
    slow = Scripted("slow", [9.0, 2.0, 2.0, 6.0, 6.0, 4.0], [])
    fast = Scripted("fast", [9.0, 1.0, 1.0, 3.0, 3.0, 2.0], [])
    ratio = frame.measure([slow, fast], rounds=5).ratio("fast", "slow")
    assert ratio.as_json() == {"median": 2.0, "low": 2.0, "high": 2.0}


def test_the_middle_half_shows_the_spread() -> None:
    one, other = Scripted("one", [1.0] * 6, []), Scripted("other", [1.0, 1.0, 2.0, 3.0, 4.0, 5.0], [])
    ratio = frame.measure([one, other], rounds=5).ratio("one", "other")
    assert (ratio.low, ratio.median, ratio.high) == (2.0, 3.0, 4.0)


@pytest.mark.parametrize("proof", [{"decided": 5}, {"decided": 7}, {"decided": 6, "history": 1}, {"history": 6}])
def test_a_round_that_left_anything_else_behind_ends_the_run(proof: dict[str, int]) -> None:
    with pytest.raises(ResultsDiffer, match="lazy left"):
        frame.measure([Scripted("lazy", [1.0], [], proof)], rounds=5)


@pytest.mark.parametrize(
    ("value", "goal", "at_most", "met"),
    [(6.0, 6.0, False, True), (5.99, 6.0, False, False), (1.2, 1.2, True, True), (1.21, 1.2, True, False)],
)
def test_a_goal_is_met_on_the_right_side(value: float, goal: float, at_most: bool, met: bool) -> None:
    assert Goal("speed", value, goal, at_most=at_most).as_json()["met"] is met


def report(*, equal: bool = True) -> Report:
    figures = {"single": {"floor": {"median": 4.0, "low": 3.5, "high": 4.5}}, "queries": 7}
    return Report("handoff", {"processors": 2}, 5, figures, [Goal("speed", 3.0, 6.0)], ["a note"], equal)


def test_the_json_form_is_the_one_every_benchmark_shares() -> None:
    shown = report().as_json()
    assert list(shown) == ["bench", "equal", "machine", "rounds", "figures", "goals", "notes"]
    assert shown["goals"] == [{"name": "speed", "value": 3.0, "goal": 6.0, "sense": "at least", "unit": "x", "met": False}]


def test_an_unmet_goal_is_still_a_valid_run_but_unequal_results_are_not() -> None:
    assert report().exit_code == 0
    assert report(equal=False).exit_code == 1


def test_the_table_names_figures_goals_and_notes() -> None:
    shown = table.render(report())
    assert "| single · floor | 4.00 x | 3.50–4.50 |" in shown
    assert "| queries | 7 |  |" in shown
    assert "| speed | 3.00 x | ≥ 6.0 x | no |" in shown
    assert "- a note" in shown


def test_times_are_shown_with_their_unit_and_all_rounds() -> None:
    figures = {"save": {"median": 0.12, "least": 0.08, "most": 0.13, "unit": "s"}}
    assert "| save | 0.12 s | all rounds 0.08–0.13 |" in table.render(Report("content", {}, 5, figures, [], [], True))


def test_the_registry_refuses_unknown_names_and_too_few_rounds() -> None:
    with pytest.raises(registry.UnknownBench, match="handoff"):
        registry.run("no-such-bench")
    with pytest.raises(ValueError, match="at least 5"):
        registry.run("handoff", rounds=4)
