"""What of a case's history is told to other levels, and what is not."""

import pytest

from yijianshi.cases.logic import reports


@pytest.mark.parametrize(
    ("from_state", "to_state", "state", "result"),
    [
        ("", "RECEIVED", True, False),
        ("RECEIVED", "ACCEPTED", True, False),
        ("ACCEPTED", "ACCEPTED", False, False),  # an extension: the clock changes, the state does not
        ("ACCEPTED", "DECIDED", True, True),
        ("DECIDED", "COMPLETED", True, False),  # delivered: decided before
        ("ACCEPTED", "COMPLETED", True, True),
        ("ACCEPTED", "REFUSED", True, True),
        ("RECEIVED", "NOT_ACCEPTED", True, True),
        ("RECEIVED", "WITHDRAWN", True, False),
    ],
)
def test_what_is_a_state_and_what_a_result(from_state: str, to_state: str, state: bool, result: bool) -> None:
    assert reports.is_told("states", from_state, to_state) is state
    assert reports.is_told("results", from_state, to_state) is result


def test_only_declared_fields_are_chosen_in_their_order() -> None:
    known = {"case": "C-1", "applicant": "王*", "state": "ACCEPTED", "document_no": ""}
    assert list(reports.chosen(["state", "case", "document_no", "unknown"], known).items()) == [
        ("state", "ACCEPTED"),
        ("case", "C-1"),
    ]


@pytest.mark.parametrize(
    ("how", "shown"),
    [("hashed", "digest"), ("masked", "410105********3025"), ("whole", "410105199508163025")],
)
def test_a_number_is_shown_as_declared(how: reports.Shown, shown: str) -> None:
    assert reports.shown_number(how, "410105199508163025", "digest") == shown
