"""Simulation through the door: recordings, replay on a proposal, forecast, an example into the proposal, and bad input."""

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.journeys.conftest import LogIn
from tests.journeys.workbench.conftest import Now
from tests.town import newborn
from tests.town.people import JINSHUI, Town, Townsperson, add_staff
from yijianshi.catalogue.commands import authoring
from yijianshi.catalogue.queries import authoring as reading
from yijianshi.identity.logic.actor import SYSTEM, Role
from yijianshi.insight import commands, queries

ALLOWANCE = "items/health/childcare-allowance.yaml"


@pytest.fixture
def author(town: Town) -> Townsperson:
    return add_staff(f"government-service-{JINSHUI}", "author-one", frozenset({Role.AUTHOR}))


@pytest.fixture
def browser(author: Townsperson, log_in: LogIn) -> Client:
    return log_in("author-one")


@pytest.fixture
def samples(town: Town, now: Now) -> UUID:
    return commands.seed_samples("newborn", 24, 7, by=SYSTEM, at=now.at)


def words(answer: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))  # type: ignore[attr-defined]


def proposed(author: Townsperson, now: Now) -> UUID:
    """A proposal that promises the allowance in 3 working days instead of 10."""
    proposal = authoring.open_proposal("育儿补贴提速", "部门答应更快", by=author.actor, at=now.at)
    file = reading.get_file(ALLOWANCE, proposal, by=author.actor)
    assert file.text is not None
    assert "promise: {working_days: 10" in file.text
    text = file.text.replace("promise: {working_days: 10", "promise: {working_days: 3")
    authoring.save_file(proposal, ALLOWANCE, text, revision=file.revision, base_sha=file.base_sha, by=author.actor, at=now.at)
    return proposal


def test_real_applications_are_recorded_and_nobody_is_named(application_id: UUID, browser: Client, author: Townsperson) -> None:
    answer = browser.post("/workbench/simulation/record/", {"thing": "newborn", "since": "2026-02-01"}, follow=True)
    assert "真实申请的记录，不含个人信息" in words(answer)
    assert "王" not in words(answer).replace("author-one", "")
    assert [card.applications for card in queries.list_sets(by=author.actor)] == [1]


def test_a_proposal_is_replayed_and_an_example_put_into_it(samples: UUID, browser: Client, author: Townsperson, now: Now) -> None:
    proposal = proposed(author, now)
    against = f"proposal:{proposal}"
    page = browser.get(f"/workbench/simulation/{samples}/", {"against": against})
    said = words(page)
    assert page.status_code == 200
    assert "会走另一条路" in said
    assert re.search(r"承诺 \d+ → \d+ 个工作日", said)
    assert "示例记录" in said
    digest = re.search(r"examples/([0-9a-f]{64})/keep/", page.content.decode())
    assert digest is not None
    kept = browser.post(f"/workbench/simulation/{samples}/examples/{digest[1]}/keep/", {"against": against})
    assert "例子已经放进提案" in words(kept)
    path = f"things/newborn/examples/recorded-{digest[1][:12]}.yaml"
    assert reading.get_file(path, proposal, by=author.actor).text
    assert path not in {str(one.where.path) for one in reading.get_proposal(proposal, by=author.actor).findings.errors}
    again = browser.post(f"/workbench/simulation/{samples}/examples/{digest[1]}/keep/", {"against": against})
    assert again.status_code == 200  # the same text once more changes nothing


def test_an_example_can_be_downloaded(samples: UUID, browser: Client) -> None:
    (recordings,) = queries.get_recordings(samples, by=SYSTEM).values()
    answer = browser.get(f"/workbench/simulation/{samples}/examples/{recordings[0].digest}.yaml")
    assert answer["Content-Disposition"].startswith('attachment; filename="recorded-')
    assert "kind: example" in answer.content.decode()
    assert browser.get(f"/workbench/simulation/{samples}/examples/{'0' * 64}.yaml").status_code == 404


def test_a_forecast_shows_its_assumptions_and_the_same_in_numbers(
    samples: UUID, browser: Client, author: Townsperson, now: Now
) -> None:
    address = f"/workbench/simulation/{samples}/forecast/"
    assert "假设，可以改" in words(browser.get(address))
    form = {"run": "1", "start": "2026-03-02", "weeks": "4", "warm_up": "1", "runs": "3", "per_week": "40", "fewer": "health"}
    form |= {"officers.health": "2", "against": f"proposal:{proposed(author, now)}"}
    page = browser.get(address, form)
    said = words(page)
    assert page.status_code == 200
    for expected in ("现在的版本", "改过的版本", "少一人", "超过承诺的", "种子 20261–20263", "下班时等着的"):
        assert expected in said
    assert page.content.decode().count('<svg class="chart"') == 2
    assert browser.get(address, form).content.decode().split("<main")[1] == page.content.decode().split("<main")[1]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"officers.health": "0", "run": "1"}, "要填 1 到 200"),
        ({"officers.health": "99999", "run": "1"}, "要填 1 到 200"),
        ({"start": "nie", "run": "1"}, "看不懂"),
        ({"start": "2026-12-01", "weeks": "20", "run": "1"}, "放假安排"),
        ({"per_week": "5000", "weeks": "26", "runs": "30", "run": "1"}, "上限"),
        ({"fewer": "hospital", "officers.hospital": "1", "start": "2026-03-02", "run": "1"}, "再少就没有人办了"),
        ({"against": "version:nonsense", "run": "1"}, "没有找到"),
    ],
)
def test_absurd_assumptions_are_told(samples: UUID, browser: Client, form: dict[str, str], said: str) -> None:
    answer = browser.get(f"/workbench/simulation/{samples}/forecast/", form)
    assert answer.status_code in (409, 422)
    assert said in words(answer)


def test_unknown_versions_sets_and_days_are_told(samples: UUID, browser: Client) -> None:
    assert "没有找到" in words(browser.get(f"/workbench/simulation/{samples}/", {"against": f"version:{uuid4()}"}))
    assert browser.get(f"/workbench/simulation/{samples}/", {"against": f"proposal:{uuid4()}"}).status_code == 404
    assert browser.get(f"/workbench/simulation/{uuid4()}/").status_code == 404
    for since, said in (("gestern", "看不懂"), ("2030-01-01", "还没有到"), ("2026-02-01", "还没有提交的申请")):
        answer = browser.post("/workbench/simulation/record/", {"thing": "restaurant", "since": since})
        assert said in words(answer)


def test_only_those_who_answer_for_the_whole_may_look(town: Town, samples: UUID, log_in: LogIn) -> None:
    clerk = log_in("police-officer")
    for path in ("", f"{samples}/", f"{samples}/forecast/"):
        assert clerk.get(f"/workbench/simulation/{path}").status_code == 403
    supervisor = add_staff(f"government-service-{JINSHUI}", "watcher", frozenset({Role.SUPERVISOR}))
    page = log_in(supervisor.username).get(f"/workbench/simulation/{samples}/").content.decode()
    assert "放进这份提案" not in page


def test_before_anything_is_recorded_the_page_says_what_to_do(town: Town, browser: Client, now: Now) -> None:
    newborn.publish(now.at)
    assert "还没有记录" in words(browser.get("/workbench/simulation/"))
