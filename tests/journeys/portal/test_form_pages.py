"""The form on a phone: few pages, what is known on one of them, and every link to a field still arrives."""

import re

from tests.browser.tour import ANSWERS
from tests.journeys.conftest import LogIn
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications import commands as applications
from yijianshi.applications import queries as drafts
from yijianshi.channels.portal.presenting import pages

KNOWN = {**ANSWERS, "child.birth_date": "2026-02-24", "maternity.settled": "true"}


def begun(town: Town) -> str:
    draft = applications.start(thing_code="newborn", answers=KNOWN, declined=(), by=town.wang_fang.actor, at=MONDAY)
    return f"/applications/{draft}/"


def form_links(shown: str) -> list[str]:
    return re.findall(r'<a href="(/applications/[^"]+/form/[^"/]+/)"', shown)


def test_the_newborns_form_has_few_pages_and_each_field_once(town: Town, log_in: LogIn) -> None:
    mother, tasks = log_in("wangfang"), begun(town)
    links = form_links(mother.get(tasks).content.decode())
    assert 2 <= len(links) <= 5
    shown = "".join(mother.get(link).content.decode() for link in links)
    draft = drafts.get_draft(tasks.split("/")[2], by=town.wang_fang.actor, at=MONDAY)
    for field in (field for group in draft.groups for field in group.fields):
        assert shown.count(f'id="f-{field.element.name.replace(".", "-")}"') == 1, field.element.name


def test_what_the_guide_asked_is_not_asked_again_but_can_be_changed(town: Town, log_in: LogIn) -> None:
    mother, tasks = log_in("wangfang"), begun(town)
    shown = mother.get(f"{tasks}form/household/").content.decode()
    assert 'name="household.number"' in shown
    assert 'name="household.follows"' not in shown
    assert "您前面回答的" in shown
    assert 'name="household.follows"' in mother.get(f"{tasks}form/household/?change=household.follows").content.decode()


def test_filling_in_moves_no_field_to_another_page(town: Town) -> None:
    draft = begun(town).split("/")[2]
    by = town.wang_fang.actor
    before = pages.of_draft(drafts.get_draft(draft, by=by, at=MONDAY))
    applications.save_draft(application_id=draft, values={"child.name": "李小宝", "household.number": "4101"}, by=by, at=MONDAY)
    after = pages.of_draft(drafts.get_draft(draft, by=by, at=MONDAY))
    assert [[group.entity for group in page.groups] for page in before] == [[g.entity for g in page.groups] for page in after]


def test_any_group_leads_to_its_page_and_saving_goes_on_to_the_next(town: Town, log_in: LogIn) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    mother = log_in("wangfang")
    first = mother.get(f"/applications/{draft}/form/birth/")
    assert first.context["page"].entity == "child"
    assert f'action="/applications/{draft}/form/child/"' in first.content.decode()
    assert mother.post(f"/applications/{draft}/form/child/", {"child.name": "李小宝"}).headers["location"].endswith("/check/")
    assert mother.get(f"/applications/{draft}/form/nobody/").status_code == 404


def test_what_is_known_is_one_page_to_look_at(town: Town, log_in: LogIn) -> None:
    mother, tasks = log_in("wangfang"), begun(town)
    page = mother.get(f"{tasks}form/father/")
    assert page.context["page"].is_known
    shown = page.content.decode()
    assert "已经知道的内容" in shown
    assert "看过了，下一步" in shown
    assert "data-field=" not in shown
    assert mother.post(f"{tasks}form/father/").headers["location"].startswith(tasks)


def test_the_summary_of_answers_leads_to_the_very_group(town: Town, log_in: LogIn) -> None:
    draft = newborn.fill_in(town.wang_fang.actor, MONDAY)
    shown = log_in("wangfang").get(f"/applications/{draft}/check/").content.decode()
    assert f'href="/applications/{draft}/form/household/#g-household"' in shown
