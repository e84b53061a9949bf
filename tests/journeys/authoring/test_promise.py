"""An author who does not program makes a promise shorter: by form, reviewed by a second person, published with a day."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.test import Client

from tests.journeys.authoring.acts import fields, open_proposal, words
from tests.journeys.authoring.conftest import Now
from tests.journeys.conftest import LogIn
from tests.town.people import Town
from yijianshi.applications import commands as drafts
from yijianshi.applications import queries as applications
from yijianshi.catalogue import queries as catalogue
from yijianshi.foundation import clock

PATH = "items/bank/small-deposit-withdrawal.yaml"
CODE = "small-deposit-withdrawal"


def shorten(fang: Client, proposal: UUID) -> tuple[int, int]:
    """Make the promise one day shorter by form, and return old and new."""
    editor = f"/authoring/proposals/{proposal}/edit/{PATH}?at=/limits"
    form: dict[str, Any] = fields(fang.get(editor).content)
    old = int(form["/limits/promise/working_days"][0])
    answer = fang.post(editor, form | {"/limits/promise/working_days": str(old - 1), "do": "save"})
    assert answer.status_code == 302, words(answer.content)
    return old, old - 1


def promised(on: Any) -> int:
    return catalogue.get_current(f"item:{CODE}", on)[1].items[0].definition.limits.promise.as_working_days


def test_a_promise_becomes_shorter(town: Town, log_in: LogIn, now: Now) -> None:
    today, citizen = clock.today(now.at), Client()
    running = drafts.start(thing_code=f"item:{CODE}", answers={}, declined=(), by=town.wang_fang.actor, at=now.at)
    stays_on = applications.get_application(running, by=town.wang_fang.actor).version_id
    fang, bai = log_in("fang"), log_in("bai")
    proposal = open_proposal(fang, path=PATH)
    page = f"/authoring/proposals/{proposal}/"

    old, new = shorten(fang, proposal)
    assert f"从 {old} 个工作日改为 {new} 个" in words(fang.get(page).content)
    assert promised(today) == old  # nothing has changed for citizens yet

    assert fang.post(f"{page}do/submit/").status_code == 302
    own = fang.post(f"{page}do/approve/")
    assert own.status_code == 403
    assert "另一位内容编辑" in words(own.content)

    shown = words(bai.get(page).content)
    assert f"从 {old} 个工作日改为 {new} 个" in shown
    assert "小额存款快一天" in shown
    assert f"promise: {{working_days: {new}" in shown
    preview = bai.get(f"{page}preview/item:{CODE}/")
    assert f"承诺时限 {new} 个工作日" in words(preview.content)
    assert bai.post(f"{page}do/approve/").status_code == 302

    later = today + timedelta(days=10)
    assert bai.post(f"{page}do/publish/", {"effective_on": later.isoformat()}).status_code == 302
    assert promised(today) == old
    assert (old, new) == (5, 4)
    assert promised(later) == new

    before = words(citizen.get(f"/guides/item:{CODE}/").content)
    now.at += timedelta(days=10)
    assert words(citizen.get(f"/guides/item:{CODE}/").content) != before
    assert applications.get_application(running, by=town.wang_fang.actor).version_id == stays_on
