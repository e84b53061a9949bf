"""The editor: by form and as text, findings in the place, two authors on one file, what nobody may do."""

import html
from typing import Any

import pytest

from tests.journeys.authoring.acts import fields, open_proposal, words
from tests.journeys.conftest import LogIn
from tests.town.people import Town
from yijianshi.catalogue.queries import authoring as reading
from yijianshi.identity.logic.actor import SYSTEM

PATH = "items/bank/small-deposit-withdrawal.yaml"
DAYS = "/limits/promise/working_days"


def test_what_the_form_does_not_change_stays_to_the_character(town: Town, log_in: LogIn) -> None:
    fang = log_in("fang")
    proposal = open_proposal(fang, path=PATH)
    editor = f"/authoring/proposals/{proposal}/edit/{PATH}"
    for at in ("", "?at=/limits", "?at=/needs/0", "?at=/standard"):
        form: dict[str, Any] = fields(fang.get(f"{editor}{at}").content)
        assert fang.post(f"{editor}{at}", form | {"do": "save"}).status_code == 302
    file = reading.get_file(PATH, proposal, by=SYSTEM)
    assert file.text == file.shelf_text
    form = fields(fang.get(editor).content)
    assert fang.post(editor, form | {"/summary": "新的说明。", "do": "save"}).status_code == 302
    text, shelf = (reading.get_file(PATH, proposal, by=SYSTEM).text or "", file.shelf_text or "")
    changed = [pair for pair in zip(text.splitlines(), shelf.splitlines(), strict=True) if pair[0] != pair[1]]
    assert len(changed) == 1
    assert "新的说明。" in changed[0][0]


def test_entries_are_added_and_taken_out(town: Town, log_in: LogIn) -> None:
    fang = log_in("fang")
    proposal = open_proposal(fang, path=PATH)
    editor = f"/authoring/proposals/{proposal}/edit/{PATH}"
    value: Any = reading.get_file(PATH, proposal, by=SYSTEM).value
    count = len(value["needs"])
    form: dict[str, Any] = fields(fang.get(f"{editor}?at=/needs/{count}").content)
    added = fang.post(f"{editor}?at=/needs/{count}", form | {f"/needs/{count}/fact": "applicant.email", "do": "save"})
    assert added.status_code == 302
    value = reading.get_file(PATH, proposal, by=SYSTEM).value
    assert value["needs"][count] == {"fact": "applicant.email"}
    form = fields(fang.get(f"{editor}?at=/needs").content)
    assert fang.post(f"{editor}?at=/needs", form | {"remove": f"/needs/{count}"}).status_code == 302
    value = reading.get_file(PATH, proposal, by=SYSTEM).value
    assert len(value["needs"]) == count


def test_a_check_says_it_beside_the_figures_and_keeps_nothing(town: Town, log_in: LogIn) -> None:
    fang = log_in("fang")
    proposal = open_proposal(fang, path=PATH)
    editor = f"/authoring/proposals/{proposal}/edit/{PATH}?at=/limits"
    form: dict[str, Any] = fields(fang.get(editor).content)
    page = fang.post(editor, form | {DAYS: "soon", "do": "check"})
    beside = page.content.decode().split('data-check="f-limits-promise">')[1].split("</div>")[0]
    assert 'class="error"' in beside
    assert reading.get_file(PATH, proposal, by=SYSTEM).revision == 0
    saved = fang.post(editor, form | {DAYS: "soon", "do": "save"}, follow=True)
    assert "还有" in words(saved.content)
    refused = fang.post(f"/authoring/proposals/{proposal}/do/submit/")
    assert refused.status_code == 422
    assert "要改" in words(refused.content)
    assert "暂时不能预览" in words(fang.get(f"/authoring/proposals/{proposal}/preview/newborn/").content)


def test_two_authors_on_one_place_get_both_texts(town: Town, log_in: LogIn) -> None:
    fang, bai = log_in("fang"), log_in("bai")
    proposal = open_proposal(fang, path=PATH)
    editor = f"/authoring/proposals/{proposal}/edit/{PATH}?at=/limits"
    first: dict[str, Any] = fields(fang.get(editor).content)
    second: dict[str, Any] = fields(bai.get(editor).content)
    assert fang.post(editor, first | {DAYS: "4", "do": "save"}).status_code == 302
    page = bai.post(editor, second | {DAYS: "3", "do": "save"})
    assert "两边都改过" in words(page.content)
    assert "working_days: 3" in words(page.content)
    assert "working_days: 4" in words(page.content)
    names = ("base", "mine", "theirs", "revision", "base_sha", "of_shelf")
    shown = {name: _hidden(page.content.decode(), name) for name in names}
    merge = f"/authoring/proposals/{proposal}/merge/{PATH}"
    assert bai.post(merge, shown).status_code == 422  # nothing chosen yet
    assert bai.post(merge, shown | {"choice-1": "mine"}).status_code == 302
    value: Any = reading.get_file(PATH, proposal, by=SYSTEM).value
    assert value["limits"]["promise"]["working_days"] == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [("kind: [", "YAML"), ("a: &a 1\nb: *a\n", "锚点"), ("kind: nothing\n", "kind")],
)
def test_a_broken_text_is_kept_and_named(town: Town, log_in: LogIn, text: str, said: str) -> None:
    fang = log_in("fang")
    proposal = open_proposal(fang, path=PATH)
    editor = f"/authoring/proposals/{proposal}/edit/{PATH}?view=text"
    sent = {"revision": "0", "base_sha": reading.get_file(PATH, by=SYSTEM).base_sha, "text": text, "do": "save"}
    page = words(fang.post(editor, sent, follow=True).content)
    assert said in page
    assert "没有表单" in page or "不能按表单改" in page


@pytest.mark.parametrize("path", ["../settings.py", "orgs/zhengzhou.yaml", "items/a/../../x.yaml"])
def test_other_files_are_out_of_reach(town: Town, log_in: LogIn, path: str) -> None:
    fang = log_in("fang")
    proposal = open_proposal(fang)
    answer = fang.post(f"/authoring/proposals/{proposal}/edit/{path}", {"revision": "0", "text": "a: 1", "do": "save"})
    assert answer.status_code in (404, 422)


def test_who_may_look_and_who_may_not(town: Town, log_in: LogIn) -> None:
    fang, watcher, clerk = log_in("fang"), log_in("watcher"), log_in("clerk-only")
    proposal = open_proposal(fang, path=PATH)
    assert clerk.get("/authoring/").status_code == 403
    assert watcher.get(f"/authoring/proposals/{proposal}/").status_code == 200
    assert watcher.get("/authoring/things/newborn/").status_code == 200
    assert watcher.get(f"/authoring/proposals/{proposal}/edit/{PATH}").status_code == 403
    assert watcher.post(f"/authoring/proposals/{proposal}/do/withdraw/").status_code == 403
    assert fang.post(f"/authoring/proposals/{proposal}/do/nothing/").status_code == 404


def test_sent_back_with_a_reason_and_withdrawn(town: Town, log_in: LogIn) -> None:
    fang, bai = log_in("fang"), log_in("bai")
    proposal = open_proposal(fang, path=PATH)
    base = f"/authoring/proposals/{proposal}/"
    form: dict[str, Any] = fields(fang.get(f"{base}edit/{PATH}?at=/limits").content)
    fang.post(f"{base}edit/{PATH}?at=/limits", form | {DAYS: "4", "do": "save"})
    assert fang.post(f"{base}do/submit/").status_code == 302
    assert bai.post(f"{base}do/send_back/", {"reason": " "}).status_code == 422
    assert bai.post(f"{base}do/send_back/", {"reason": "请写明依据"}).status_code == 302
    assert "请写明依据" in words(fang.get(base).content)
    assert fang.post(f"{base}do/publish/", {"effective_on": "tomorrow"}).status_code in (409, 422)
    assert fang.post(f"{base}do/withdraw/").status_code == 302
    assert "没有下一步" in words(fang.get(base).content)


def test_the_guide_is_walked_without_a_session(town: Town, log_in: LogIn) -> None:
    fang = log_in("fang")
    page = fang.get("/authoring/things/newborn/")
    fact = page.content.decode().split('name="fact" value="')[1].split('"')[0]
    answered = fang.get("/authoring/things/newborn/", {"fact": fact, "answer": "MOTHER"})
    assert answered.status_code == 200
    assert f'name="a.{fact}" value="MOTHER"' in answered.content.decode()
    assert fang.get("/authoring/things/newborn/", {"fact": fact, "answer": "NOBODY"}).status_code == 422
    assert fang.get("/authoring/things/no-such-thing/").status_code == 404


def _hidden(page: str, name: str) -> str:
    return html.unescape(page.split(f'name="{name}" value="')[1].split('"')[0])
