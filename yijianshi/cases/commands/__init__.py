"""Writes of this room, one function per verb; each takes a list, each is one transaction."""

from yijianshi.cases.commands.accept import NonAcceptance, accept, deem_accepted, not_accept
from yijianshi.cases.commands.archive import NotEndedYet, archive
from yijianshi.cases.commands.await_data import WithoutData, go_without_data, take_up_answered
from yijianshi.cases.commands.correct import (
    CorrectionAnswer,
    CorrectionRequest,
    StillOpen,
    answer_corrections,
    attach_correction,
    request_corrections,
    return_unanswered,
)
from yijianshi.cases.commands.decide import Approval, Refusal, approve, refuse
from yijianshi.cases.commands.deliver import deliver
from yijianshi.cases.commands.end_notice import end_notices
from yijianshi.cases.commands.originals import confirm_original
from yijianshi.cases.commands.pause import Extension, Suspension, extend, resume, suspend
from yijianshi.cases.commands.split import split
from yijianshi.cases.commands.supply import supply_deferred
from yijianshi.cases.commands.sweep import deem_silent_cases_accepted, return_unanswered_corrections
from yijianshi.cases.commands.withdraw import NothingToWithdraw, withdraw

__all__ = [
    "Approval",
    "CorrectionAnswer",
    "CorrectionRequest",
    "Extension",
    "NonAcceptance",
    "NotEndedYet",
    "NothingToWithdraw",
    "Refusal",
    "StillOpen",
    "Suspension",
    "WithoutData",
    "accept",
    "answer_corrections",
    "approve",
    "archive",
    "attach_correction",
    "confirm_original",
    "deem_accepted",
    "deem_silent_cases_accepted",
    "deliver",
    "end_notices",
    "extend",
    "go_without_data",
    "not_accept",
    "refuse",
    "request_corrections",
    "resume",
    "return_unanswered",
    "return_unanswered_corrections",
    "split",
    "supply_deferred",
    "suspend",
    "take_up_answered",
    "withdraw",
]
