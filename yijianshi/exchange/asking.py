"""Questions a neighbour may put and have answered at once: rooms above register one function for each, by its name.

The function gets the asking neighbour's card and what was asked, and answers only what this neighbour may know; it raises a
DomainError otherwise.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from yijianshi.exchange.queries.neighbours import NeighbourCard
from yijianshi.kernel.errors import NotFound

Answer = Callable[[NeighbourCard, Mapping[str, Any], datetime], Mapping[str, Any]]
_answers: dict[str, Answer] = {}


class NoSuchQuestion(NotFound):
    """这里不回答“{question}”这种问题。

    Questions called "{question}" are not answered here.
    """


def answers(question: str) -> Callable[[Answer], Answer]:
    """Register the function that answers *question*; raises ValueError when the name is taken."""

    def register(answer: Answer) -> Answer:
        if _answers.get(question, answer) is not answer:
            raise ValueError(f"two functions answer {question}")
        _answers[question] = answer
        return answer

    return register


def answer(question: str, asked: Mapping[str, Any], *, by: NeighbourCard, at: datetime) -> Mapping[str, Any]:
    """Return the answer for this neighbour; raises NoSuchQuestion, and what the answering room raises."""
    if question not in _answers:
        raise NoSuchQuestion(question=question[:60])
    return _answers[question](by, asked, at)


def known_questions() -> list[str]:
    """Return the names of all questions, for the generated reference."""
    return sorted(_answers)
