"""The origin's side: hearing where the application stands, and signing for the results when they are here."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.crossregion.commands.parcels import (
    ToldWrongly,
    check_signature,
    expect,
    move,
    parse_files,
    sign,
)
from yijianshi.crossregion.events import PassageTold
from yijianshi.crossregion.kept import CONTENT, sealed
from yijianshi.crossregion.logic.custody import results
from yijianshi.crossregion.logic.states import JOINT, OVER, Stage
from yijianshi.crossregion.models import Passage
from yijianshi.crossregion.queries.locks import lock_passages, lock_thread
from yijianshi.crossregion.queries.passages import place_of
from yijianshi.exchange import commands as exchange
from yijianshi.exchange.applying import Incoming
from yijianshi.foundation import events, history
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.errors import Conflict, NotFound
from yijianshi.kernel.text import Text

_MOST_TEXT = 2_000
_THIS = Text("这份跨域申请", "This application for another region")


class NotTakenIn(Conflict):
    """{peer}没有收下这一项：{why}请与对方商量，办件还在这里等着。

    {peer} did not take this item in: {why} Please talk to them; the case waits here.
    """


def hear_arrived(incoming: Sequence[Incoming], at: datetime) -> None:
    """The home has it and signs for what it got; its own number is kept."""
    for one in incoming:
        passage = _mine(one)
        signature = check_signature(passage.custody["text"], one.body.get("receipt"), one.neighbour, one.about)
        passage.custody = {**passage.custody, "home": signature}
        passage.home_number = str(one.body.get("number") or "")[:40]
        _save(passage, Stage.ARRIVED_AT_HOME, at)


def hear_returned(incoming: Sequence[Incoming], at: datetime) -> None:
    """The home could not take it in; the reason is shown to the applicant."""
    for one in incoming:
        passage, reason = _mine(one), one.body.get("reason")
        if not isinstance(reason, dict):
            raise ToldWrongly(peer=one.neighbour, about=one.about, why="reason")
        if passage.mode == JOINT:
            zh, en = (str(reason.get(name) or "")[:_MOST_TEXT] for name in ("zh", "en"))
            raise NotTakenIn(peer=place_of(one.neighbour), why=Text(zh, en))
        passage.problem = {name: str(reason.get(name) or "")[:_MOST_TEXT] for name in ("zh", "en")}
        _save(passage, Stage.RETURNED, at)


def hear_told(incoming: Sequence[Incoming], at: datetime) -> None:
    """Keep where the work stands, and write down which results are to be fetched."""
    for one in incoming:
        passage = _mine(one)
        if passage.ended_at is not None:
            continue
        coming = parse_files(one.body.get("files"), one.neighbour, one.about)
        try:
            stage = Stage(str(one.body.get("stage")))
        except ValueError:
            raise ToldWrongly(peer=one.neighbour, about=one.about, why="stage") from None
        passage.content = sealed(one.body, CONTENT)
        problem = one.body.get("problem")
        passage.problem = {name: str(problem.get(name) or "")[:_MOST_TEXT] for name in ("zh", "en")} if problem else None
        if problem or stage is not Stage.CORRECTION:
            passage.answer = ""  # it was taken, or she has to answer once more
        expect(passage, coming, "RESULT", at=at)
        if stage is not Stage(passage.stage):
            _save(passage, stage, at)
        else:
            passage.updated_at = at
            passage.save()
        _finish(passage, at)


@transaction.atomic
def sign_for_results(passage_ids: Sequence[UUID], *, at: datetime) -> None:
    """Sign for the results of those that are over and whose files are all here."""
    for passage in lock_passages(passage_ids):
        _finish(passage, at)


def _finish(passage: Passage, at: datetime) -> None:
    if passage.side != Passage.Side.ORIGIN or Stage(passage.stage) not in OVER:
        return
    rows = list(passage.files.filter(way="IN", part="RESULT"))
    if any(row.file_id is None for row in rows):
        return
    receipt = sign(results(passage.about, [row.digest for row in rows]), at=at)
    passage.custody = {**passage.custody, "results": receipt}
    _save(passage, Stage.HANDED_OVER, at)
    exchange.send([exchange.Parcel(passage.peer, "application.results_received", passage.about, {"receipt": receipt})], at=at)


def _mine(one: Incoming) -> Passage:
    found = lock_thread(Passage.Side.ORIGIN, one.neighbour, [one.about]).get(one.about)
    if found is None:
        raise NotFound(what=_THIS)
    return found


def _save(passage: Passage, stage: Stage, at: datetime) -> None:
    history.record([move(passage, stage, by=SYSTEM, at=at)])
    passage.save()
    events.publish(PassageTold(str(passage.id), stage))
