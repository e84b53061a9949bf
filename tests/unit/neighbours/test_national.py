"""The country's platform keeps what it is told, once, in its own columns, and refuses to handle cases."""

from collections.abc import Callable
from typing import Any

from tests.unit.neighbours.conftest import Listener, handed_over, message, post

STATE = {"BJBH": "C-1", "SXBM": "x", "XZQH": "410105", "SQRLX": "1", "SQRBS": "ab", "HJ": "accept", "YZT": "03", "BJZT": "05"}


def test_states_and_results_stand_in_its_own_tables(listener: Listener, start: Callable[[str], Any]) -> None:
    first = message(
        "report.state", "C-1:states", 1, {"report": {**STATE, "BJZT": "03", "YZT": "", "CSSJ": "2026-11-23T01:00:00Z"}}
    )
    then = message("report.state", "C-1:states", 2, {"report": {**STATE, "CSSJ": "2026-11-23T02:00:00Z"}})
    papers = [{"type": "birth-certificate", "identifier": "1.2.156"}]
    result = {"BJBH": "C-1", "JGLX": "1", "WSBH": "文1", "ZZBS": papers, "CSSJ": "2026-11-23T03:00:00Z"}
    decided = message("report.result", "C-1:results", 1, {"report": result})
    with start("national") as (running,):
        for batch in ([then], [first, decided], [first, then, decided]):  # early, then whole, then all again
            status, answer = post(running, listener.key, "/messages", {"messages": batch})
            assert (status, answer["refused"]) == (200, [])
        (case,) = running.store.rows("SELECT * FROM BJ_JBXX")
        assert (case["BJZT"], case["SLSJ"], case["BJSJ"]) == ("05", "2026-11-23T01:00:00Z", "2026-11-23T03:00:00Z")
        steps = running.store.rows("SELECT BJZT FROM BJ_GCXX ORDER BY LSH")
        assert [row["BJZT"] for row in steps] == ["03", "05"]
        (kept,) = running.store.rows("SELECT * FROM BJ_JGXX")
        assert (kept["JGLX"], "1.2.156" in kept["ZZBS"]) == ("1", True)


def test_it_handles_no_cases_and_nobody_else_takes_reports(listener: Listener, start: Callable[[str], Any]) -> None:
    with start("national") as (running,):
        _, answer = post(running, listener.key, "/messages", {"messages": [handed_over("C-1", "x", {})]})
        assert [one["code"] for one in answer["refused"]] == ["UNKNOWN_KIND"]
    with start("police") as (running,):
        report = message("report.state", "C-1:states", 1, {"report": STATE})
        _, answer = post(running, listener.key, "/messages", {"messages": [report]})
        assert [one["code"] for one in answer["refused"]] == ["UNKNOWN_KIND"]


def test_a_report_without_its_case_is_refused(listener: Listener, start: Callable[[str], Any]) -> None:
    with start("national") as (running,):
        for body in ({}, {"report": []}, {"report": {"BJZT": "03"}}):
            wrong = message("report.state", "C-2:states", 1, body)
            _, answer = post(running, listener.key, "/messages", {"messages": [wrong]})
            assert [one["code"] for one in answer["refused"]] == ["UNREADABLE"]
        assert not running.store.rows("SELECT * FROM BJ_GCXX")
