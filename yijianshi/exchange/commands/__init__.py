"""What the exchange room does."""

from yijianshi.exchange.commands.apply import apply_threads
from yijianshi.exchange.commands.debts import Owed, owe, settle_by_hand
from yijianshi.exchange.commands.desk import NoLongerStuck, NoteMissing, hand_to_person, retry_all, retry_message
from yijianshi.exchange.commands.neighbours import NeighbourFileWrong, NotYourNeighbours, apply_neighbours
from yijianshi.exchange.commands.receive import receive
from yijianshi.exchange.commands.reconcile import Compared, note_not_compared, reconcile, send_after
from yijianshi.exchange.commands.say import Claimed, Consenting, answer_objection, claim, consent, object_to, withdraw_consent
from yijianshi.exchange.commands.send import Parcel, send
from yijianshi.exchange.commands.sharing import Matter, Wish, ask, forget, keep_only, serving

__all__ = [
    "Claimed",
    "Compared",
    "Consenting",
    "Matter",
    "NeighbourFileWrong",
    "NoLongerStuck",
    "NotYourNeighbours",
    "NoteMissing",
    "Owed",
    "Parcel",
    "Wish",
    "answer_objection",
    "apply_neighbours",
    "apply_threads",
    "ask",
    "claim",
    "consent",
    "forget",
    "hand_to_person",
    "keep_only",
    "note_not_compared",
    "object_to",
    "owe",
    "receive",
    "reconcile",
    "retry_all",
    "retry_message",
    "send",
    "send_after",
    "serving",
    "settle_by_hand",
    "withdraw_consent",
]
