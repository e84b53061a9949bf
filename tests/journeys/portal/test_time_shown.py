"""What content says about time is on the pages: a notice nobody can shorten, and an item that can be applied for only later."""

from pathlib import Path

from django.test import Client

from tests.journeys.portal.test_guide import answer_all
from tests.town import changed
from tests.town.people import MONDAY, Town

TIMER = (
    "timer: {kind: PUBLIC_NOTICE, days: 20, then: DECIDE, text: {zh: 公示, en: Notice}, basis: 示范条例第五条（测试用）,"
    " confidence: D}\nlimits:"
)
LATER = (
    'eligible: {on: "child.birth_date + 30", text: {zh: 孩子满三十天以后。, en: Once thirty days old.}, confidence: D}\nlimits:'
)


def test_the_summary_names_the_wait_and_the_day(town: Town, tmp_path: Path) -> None:
    changes = {
        "items/health/childcare-allowance.yaml": ("limits:", TIMER),
        "items/cdc/vaccination-record.yaml": ("limits:", LATER),
    }
    changed.publish(tmp_path, changes, MONDAY)
    browser = Client()
    answer_all(browser)
    shown = browser.get("/things/newborn/summary/").content.decode()
    assert "公示 20 天" in shown
    assert "法律规定不能缩短" in shown
    assert "从2026年3月26日（周四）起可以申请" in shown
    assert "这一项不在这次申请里" in shown
    assert "示范条例第五条" in browser.get("/items/childcare-allowance/").content.decode()
    assert "孩子满三十天以后" in browser.get("/items/vaccination-record/").content.decode()
