"""The national platform keeps each case once and each step, and refuses what is not its business."""

from pathlib import Path

from neighbours.departments import national
from neighbours.engine import inbox
from neighbours.engine.messages import Message
from neighbours.engine.store import Store


def test_it_keeps_the_case_once_and_every_step(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.sqlite3", national.SYSTEM)
    steps = [
        Message(str(number), "matter.reported", "C-1", number, "", {"item": "x", "state": state, "certificates": ["1.2.156"]})
        for number, state in enumerate(("RECEIVED", "ACCEPTED", "COMPLETED"), 1)
    ]
    other = Message("9", "case.handed_over", "C-2", 1, "", {"item": "x"})
    with store.writing() as db:
        for batch in (steps[1:], steps[:1], steps):  # early ones wait, what comes twice counts once
            assert inbox.take(db, national.SYSTEM, batch, due=0)["refused"] == []
        assert [one["code"] for one in inbox.take(db, national.SYSTEM, [other], due=0)["refused"]] == ["NOT_OURS"]
    cases = store.rows("SELECT BJBH, BJZT, ZZBS FROM GJ_BJXX")
    assert [tuple(row) for row in cases] == [("C-1", "COMPLETED", "1.2.156")]
    assert [row["BJZT"] for row in store.rows("SELECT BJZT FROM GJ_BJGC ORDER BY GCBH")] == ["RECEIVED", "ACCEPTED", "COMPLETED"]
    store.close()
