"""What the tables about the clock share: the national calendar as published, and days written as text."""

from datetime import date
from pathlib import Path

import yaml

from yijianshi.cases.logic.clock.entries import ClockKind
from yijianshi.kernel.workdays import load_calendar

CONTENT = Path(__file__).parents[3] / "content" / "calendars"
CN = load_calendar(yaml.safe_load((CONTENT / "cn.yaml").read_text(encoding="utf-8")))
K = ClockKind


def d(text: str) -> date:
    """Return the day of an ISO date."""
    return date.fromisoformat(text)
