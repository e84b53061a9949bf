"""The town at nine o'clock on a Monday, two newborns applied for, and staff who log in through the door."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.town import newborn
from tests.town.people import MONDAY, Town, found_town
from yijianshi.cases.models import Case
from yijianshi.foundation import clock
from yijianshi.foundation.ids import new_id
from yijianshi.kernel.identifiers import case_number


def copies(case: Case, count: int) -> list[Case]:
    """Put *count* more cases like this one on the same desk, due one day later each."""
    rows = []
    for serial in range(count):
        copy = Case.objects.get(id=case.id)
        copy.id = copy.application_id = new_id()
        copy.number = f"{case_number.compose(case.region, case.created_at.date(), 900_000 + Case.objects.count() + serial)}-01"
        copy.act_by = case.act_by + timedelta(days=serial) if case.act_by else None
        rows.append(copy)
    return Case.objects.bulk_create(rows)


class Now:
    """The moment all requests of a test see."""

    def __init__(self) -> None:
        self.at = MONDAY

    def pass_days(self, days: int) -> datetime:
        """Let days go by."""
        self.at += timedelta(days=days)
        return self.at


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Iterator[Now]:
    """A clock that stands still until it is moved."""
    moment = Now()
    monkeypatch.setattr(clock, "now", lambda: moment.at)
    return moment


@pytest.fixture
def town(db: None, now: Now) -> Town:
    """The town with the real content published."""
    found = found_town()
    newborn.publish(now.at)
    return found


@pytest.fixture
def application_id(town: Town, now: Now) -> UUID:
    """王芳's application, split into cases."""
    return newborn.apply(town, now.at)
