"""The courier's lanes to registers: questions, and corrections of their answers. One neighbour's silence delays no other's."""

import random

from django.db import connection

from yijianshi.exchange.commands import answers
from yijianshi.exchange.connectors.port import Away, CannotDo, Connector, Refused
from yijianshi.exchange.queries.neighbours import NeighbourCard
from yijianshi.foundation import clock


def carry_reads(card: NeighbourCard, connector: Connector, most: int) -> int:
    """Ask what is due, one question after the other; raises Away once the neighbour does not answer, the rest is asked again."""
    dues = answers.lock_due_reads(card.code, dict(card.entry.registers), most, at=clock.now())
    for position, due in enumerate(dues):
        connection.close()  # no connection is held while a register takes its time
        try:
            answer = connector.read(due.reading)
        except (Refused, CannotDo) as error:
            answers.note_refused(due, str(error), at=clock.now())
        except Away as error:
            answers.note_reads_away(dues[position:], str(error), at=clock.now(), jitter=_jitter())
            raise
        except Exception as error:  # a fault of the connector must not lose the question
            answers.note_reads_away(dues[position:], f"{type(error).__name__}: {error}", at=clock.now(), jitter=_jitter())
            raise
        else:
            answers.note_answer(due, answer, at=clock.now())
    return len(dues)


def carry_claims(card: NeighbourCard, connector: Connector, most: int) -> int:
    """Tell the registers what people say is wrong in them."""
    dues = answers.lock_due_claims(card.code, dict(card.entry.registers), most, at=clock.now())
    for position, due in enumerate(dues):
        connection.close()
        try:
            connector.correct(due.reading, due.claim)
        except (Refused, CannotDo) as error:
            answers.note_claim(due.id, taken=False, why=str(error))
        except Exception as error:
            answers.note_claims_away(dues[position:], f"{type(error).__name__}: {error}", at=clock.now(), jitter=_jitter())
            raise
        else:
            answers.note_claim(due.id, taken=True)
    return len(dues)


def has_registers(card: NeighbourCard, _connector: Connector) -> bool:
    """Say whether this neighbour offers any register."""
    return bool(card.entry.registers)


def _jitter() -> float:
    return random.uniform(0.7, 1.3)  # noqa: S311
