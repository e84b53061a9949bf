"""四减一优 over all one-things: for supervisors, operators and authors, with every sum, and as CSV."""

import csv
import io
import re

import pytest

from tests.journeys.conftest import LogIn
from tests.town.people import JINSHUI, Town, add_staff
from yijianshi.channels.workbench.presenting.reductions import as_csv, rows
from yijianshi.identity.logic.actor import Role


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.OPERATOR, Role.AUTHOR])
def test_who_answers_for_the_whole_sees_the_table(town: Town, log_in: LogIn, role: Role) -> None:
    add_staff(f"government-service-{JINSHUI}", "overseer", frozenset({role}))
    browser = log_in("overseer")
    page = browser.get("/workbench/reductions/").content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "10–20 → 0–4 −84.1%" in text  # the papers of a newborn, over three examples
    assert "3 个例子相加：20 + 14 + 10 = 44 → 0 + 4 + 3 = 7" in text
    assert 'href="/workbench/reductions/"' in page


def test_the_file_holds_one_line_for_each_measure(town: Town, log_in: LogIn) -> None:
    add_staff(f"government-service-{JINSHUI}", "overseer", frozenset({Role.SUPERVISOR}))
    answer = log_in("overseer").get("/workbench/reductions.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    newborn = [line for line in lines if line[0] == "newborn"]
    assert [line[3] for line in newborn] == ["环节", "材料（份）", "时间（工作日）", "跑动（次）"]
    assert newborn[1][4:12] == ["3", "44", "7", "10", "20", "0", "4", "84.1"]
    assert len(lines[0]) == len(newborn[0])


@pytest.mark.parametrize("path", ["/workbench/reductions/", "/workbench/reductions.csv"])
def test_a_clerk_has_no_such_page(town: Town, log_in: LogIn, path: str) -> None:
    add_staff(f"government-service-{JINSHUI}", "clerk-only", frozenset({Role.CLERK}))
    browser = log_in("clerk-only")
    assert browser.get(path).status_code == 403
    assert "/workbench/reductions/" not in browser.get("/workbench/").content.decode()


def test_nothing_published_is_an_empty_table() -> None:
    assert rows([]) == []
    assert as_csv([], "en").count("\n") == 1
