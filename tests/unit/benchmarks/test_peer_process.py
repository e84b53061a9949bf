"""A peer behind a pipe answers round by round, and its death is told, not hung on."""

import sys

import pytest

from benchmarks.frame import Measurement, PeerCouldNotRun
from benchmarks.peers import ProcessContestant

ANSWERS = """
from benchmarks import worker
done = []
worker.serve(lambda: done.append(1) or 2, lambda: {"rounds": len(done)})
"""


def test_a_peer_answers_each_round_and_ends_when_its_input_closes() -> None:
    contestant = ProcessContestant("peer", [sys.executable, "-c", ANSWERS], {})
    first, second = contestant.run_round(), contestant.run_round()
    contestant.close()
    assert isinstance(first, Measurement)
    assert first.seconds > 0
    assert (first.proof, second.proof) == ({"rounds": 1}, {"rounds": 2})


def test_a_peer_that_dies_is_reported() -> None:
    contestant = ProcessContestant("peer", [sys.executable, "-c", "raise SystemExit(3)"], {})
    with pytest.raises(PeerCouldNotRun, match="peer ended"):
        contestant.run_round()
    contestant.close()
