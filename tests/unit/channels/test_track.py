"""The Track: what waits stands right of (or below) what it waits for, no line through a strange station."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yijianshi.channels.shared import track

NEWBORN = ("fertility", "birth", "vaccine", "household", "insurance", "payment", "card", "benefit", "guidance", "allowance")
NEWBORN_LINES = (
    ("birth", "vaccine"),
    ("birth", "household"),
    ("birth", "insurance"),
    ("household", "insurance"),
    ("insurance", "payment"),
    ("household", "card"),
    ("birth", "benefit"),
    ("household", "allowance"),
    ("insurance", "allowance"),
)
NEWBORN_PATH = ("birth", "household", "insurance", "payment")
RESTAURANT = ("licence", "food", "sign", "fire", "health", "tobacco")
RESTAURANT_LINES = tuple(("licence", item) for item in RESTAURANT[1:])


def places(drawing):
    return {place.code: place for place in drawing.places}


def test_newborn_runs_left_to_right_with_the_critical_path_on_the_first_row():
    drawing = track.lay_out_wide(NEWBORN, NEWBORN_LINES, NEWBORN_PATH)
    spots = places(drawing)
    assert [spots[code].y for code in NEWBORN_PATH] == [spots["birth"].y] * 4
    assert [spots[code].x for code in NEWBORN_PATH] == sorted({spots[code].x for code in NEWBORN_PATH})
    assert {(s.upstream, s.downstream) for s in drawing.strokes if s.critical} == set(itertools.pairwise(NEWBORN_PATH))
    assert drawing.strokes[-1].critical, "the critical path is drawn last, on top"


def test_lines_that_a_longer_way_already_says_are_left_out():
    kept = track.without_shortcuts(NEWBORN, NEWBORN_LINES)
    assert ("birth", "insurance") not in kept
    assert ("household", "allowance") not in kept
    assert ("insurance", "allowance") in kept
    assert len(kept) == 7


def test_restaurant_fans_out_from_the_licence():
    spots = places(track.lay_out_wide(RESTAURANT, RESTAURANT_LINES, ("licence", "fire")))
    assert len({spots[code].x for code in RESTAURANT[1:]}) == 1
    assert len({spots[code].y for code in RESTAURANT[1:]}) == 5
    assert spots["fire"].y == spots["licence"].y


def test_on_a_phone_each_station_has_its_own_row_and_words_stand_right_of_all_lanes():
    drawing = track.lay_out_tall(NEWBORN, NEWBORN_LINES, NEWBORN_PATH)
    assert len({place.y for place in drawing.places}) == len(NEWBORN)
    assert len({place.text_x for place in drawing.places}) == 1
    assert all(place.x + 14 < place.text_x for place in drawing.places)
    assert drawing.width - drawing.places[0].text_x >= 200, "room for twelve Chinese characters"


def test_one_station_alone_and_nothing_at_all():
    assert track.lay_out_wide(["a"], [], ["a"]).strokes == ()
    assert track.lay_out_tall([], []).places == ()


@st.composite
def graphs(draw):
    nodes = [f"n{index}" for index in range(draw(st.integers(1, 10)))]
    pairs = [(a, b) for i, a in enumerate(nodes) for b in nodes[i + 1 :]]
    return nodes, draw(st.lists(st.sampled_from(pairs), unique=True, max_size=14)) if pairs else []


@given(graphs())
def test_no_two_stations_share_a_place_and_what_waits_comes_later(drawn):
    nodes, lines = drawn
    for drawing, later in ((track.lay_out_wide(nodes, lines), "x"), (track.lay_out_tall(nodes, lines), "y")):
        spots = places(drawing)
        assert set(spots) == set(nodes)
        assert len({(place.x, place.y) for place in spots.values()}) == len(nodes)
        assert all(getattr(spots[a], later) < getattr(spots[b], later) for a, b in lines)
        assert all(0 < place.x < drawing.width and 0 < place.y < drawing.height for place in spots.values())


@given(graphs())
def test_removing_shortcuts_keeps_who_reaches_whom(drawn):
    nodes, lines = drawn
    assert reachable(nodes, track.without_shortcuts(nodes, lines)) == reachable(nodes, lines)


@given(graphs())
def test_long_wide_lines_run_on_rows_without_strange_stations(drawn):
    nodes, lines = drawn
    drawing = track.lay_out_wide(nodes, lines)
    spots = places(drawing)
    for stroke in drawing.strokes:
        end = spots[stroke.downstream]
        start = spots[stroke.upstream]
        between = [
            p
            for code, p in spots.items()
            if code not in (stroke.upstream, stroke.downstream) and p.y == end.y and start.x < p.x < end.x
        ]
        assert not between, (stroke, between)


def reachable(nodes, lines):
    found = {node: {node} for node in nodes}
    for node in reversed(nodes):
        for a, b in lines:
            if a == node:
                found[node] |= found[b]
    return found


@pytest.mark.parametrize("lay_out", [track.lay_out_wide, track.lay_out_tall])
def test_paths_are_plain_svg(lay_out):
    for stroke in lay_out(NEWBORN, NEWBORN_LINES, NEWBORN_PATH).strokes:
        assert re.fullmatch(r"M-?\d+ -?\d+(?:[HVQC][-\d ]+)+", stroke.path), stroke.path
