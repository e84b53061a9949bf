"""One case: what its page shows and to whom, and how an action is taken, reviewed, refused or overtaken."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.journeys.conftest import LogIn
from tests.journeys.workbench.conftest import Now
from tests.town import newborn
from tests.town.people import Town
from yijianshi.cases import commands as cases
from yijianshi.cases.models import Case, Correction

BIRTH, FERTILITY, POLICE = "birth-certificate-first-issue", "fertility-registration", "household-registration-birth"
NASTY = '<script>alert("x")</script><img src=x onerror=alert(1)>'


def address(case: Case, action: str = "") -> str:
    return f"/workbench/cases/{case.id}/" + (f"{action}/" if action else "")


def act(browser: Client, case: Case, action: str, **sent: Any) -> Any:
    return browser.post(address(case, action), sent)


def state(case: Case) -> str:
    return Case.objects.get(id=case.id).state


@pytest.fixture
def case(application_id: UUID) -> Case:
    """The fertility registration, lying at the health commission."""
    return newborn.case_of(application_id, FERTILITY)


@pytest.fixture
def officer(log_in: LogIn) -> Client:
    """The officer of the health commission."""
    return log_in("health-officer")


def test_the_page_shows_what_the_item_needs_and_nothing_more(case: Case, officer: Client) -> None:
    page = officer.get(address(case)).content.decode()
    for expected in (case.number, "妈妈公民身份号码", "结婚证", "受理前核对", "在整件事里的位置", "逐日说明"):
        assert expected in page
    assert "银行" not in page  # the account for the allowance is not this item's matter


def test_the_page_speaks_english(case: Case, officer: Client) -> None:
    officer.cookies["language"] = "en"
    page = officer.get(address(case)).content.decode()
    for expected in ("What this item needs to know", "Day by day", "Ask for corrections, once"):
        assert expected in page


@pytest.mark.parametrize("who", ["police-officer", "police-luoyang", "hospital-head"])
def test_another_department_does_not_find_it(case: Case, log_in: LogIn, who: str) -> None:
    browser = log_in(who)
    assert browser.get(address(case)).status_code == 404
    assert act(browser, case, "accept").status_code == 404
    assert state(case) == "RECEIVED"


def test_citizens_are_refused_and_nobody_is_sent_to_log_in(case: Case, log_in: LogIn) -> None:
    assert log_in("wangfang").get(address(case)).status_code == 403
    assert act(log_in("wangfang"), case, "accept").status_code == 403
    assert act(Client(), case, "accept").status_code == 302
    assert state(case) == "RECEIVED"


def test_a_form_from_elsewhere_is_refused(case: Case, town: Town) -> None:
    browser = Client(enforce_csrf_checks=True)
    page = browser.get("/login/").content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    sent = {"username": "health-officer", "password": "three-quiet-rivers", "csrfmiddlewaretoken": token}
    browser.post("/login/", sent)
    assert act(browser, case, "accept").status_code == 403
    assert state(case) == "RECEIVED"


def test_accepting_is_one_step_and_says_so(case: Case, officer: Client) -> None:
    answer = officer.post(address(case, "accept"), {"list": "state=RECEIVED"}, follow=True)
    assert state(case) == "ACCEPTED"
    assert "已受理" in answer.content.decode()
    assert "?state=RECEIVED" in answer.content.decode()  # the way back keeps the filter


def test_approval_takes_a_summary_and_a_second_click(case: Case, officer: Client, now: Now) -> None:
    results = newborn.results_for(case, now.at)
    review = act(officer, case, "approve", **results)
    assert review.status_code == 200
    assert state(case) == "RECEIVED"
    page = review.content.decode()
    for expected in ("请核对后确认准予", *results.values(), "签发“", "先受理，再准予。"):
        assert expected in page
    done = act(officer, case, "approve", step="confirm", **results)
    assert done.status_code == 302
    assert state(case) == "COMPLETED"
    assert "已准予" in officer.get(done["Location"]).content.decode()


def test_going_back_keeps_what_was_typed(case: Case, officer: Client) -> None:
    page = act(officer, case, "refuse", reason="材料之间互相矛盾", step="edit").content.decode()
    assert state(case) == "RECEIVED"
    assert "材料之间互相矛盾" not in page or "情况有了变化" in page  # not allowed before acceptance
    act(officer, case, "accept")
    page = act(officer, case, "refuse", reason="材料之间互相矛盾", step="edit").content.decode()
    assert "材料之间互相矛盾</textarea>" in page


def test_a_missing_result_is_told_at_its_field(case: Case, officer: Client) -> None:
    answer = act(officer, case, "approve", step="confirm")
    assert answer.status_code == 422
    assert "#f-fertility-registration_number" in answer.content.decode()
    assert state(case) == "RECEIVED"


def test_a_mistyped_id_number_is_found_before_it_flows_on(town: Town, application_id: UUID, log_in: LogIn, now: Now) -> None:
    newborn.approve(town, application_id, BIRTH, now.at)
    case = newborn.case_of(application_id, POLICE)
    results = newborn.results_for(case, now.at) | {"child.id_number": "410105202602240011"}
    answer = act(log_in("police-officer"), case, "approve", step="confirm", **results)
    assert answer.status_code == 422
    assert state(case) == "RECEIVED"


def test_a_refusal_needs_words_names_remedies_and_a_second_click(
    town: Town, application_id: UUID, log_in: LogIn, now: Now
) -> None:
    newborn.approve(town, application_id, BIRTH, now.at)
    case, browser = newborn.case_of(application_id, POLICE), log_in("police-officer")
    act(browser, case, "accept")
    assert act(browser, case, "refuse", step="confirm").status_code == 422
    page = act(browser, case, "refuse", reason="父母信息与出生医学证明不一致").content.decode()
    for expected in ("确认不予批准", "行政复议", "会随之结束", "城乡居民基本医疗保险参保登记"):
        assert expected in page
    assert state(case) == "ACCEPTED"
    act(browser, case, "refuse", reason="父母信息与出生医学证明不一致", step="confirm")
    assert state(case) == "REFUSED"
    assert "父母信息与出生医学证明不一致" in browser.get(address(case)).content.decode()


def test_corrections_are_ticked_explained_previewed_and_sent_once(case: Case, officer: Client) -> None:
    builder = officer.get(address(case, "request_correction"), {"list": "state=RECEIVED"}).content.decode()
    assert 'value="field:mother.name"' in builder
    assert 'value="material:marriage-certificate"' in builder
    sent = {"pick": ["field:mother.name", "material:marriage-certificate"], "text.field:mother.name": "请按身份证填写。"}
    unclear = officer.post(address(case, "request_correction"), sent)
    assert unclear.status_code == 422
    assert "“结婚证”怎样补还没有写" in unclear.content.decode()
    sent["text.material:marriage-certificate"] = "照片看不清。"
    assert "请核对后发出补正通知" in officer.post(address(case, "request_correction"), sent).content.decode()
    assert not Correction.objects.exists()
    officer.post(address(case, "request_correction"), sent | {"step": "confirm"})
    assert state(case) == "CORRECTION_REQUESTED"
    assert len(Correction.objects.get(case_id=case.id).entries) == 2
    assert "照片看不清。" in officer.get(address(case)).content.decode()


def test_what_the_case_does_not_hold_cannot_be_asked_for(case: Case, officer: Client) -> None:
    sent = {"pick": "field:bank.account", "text.field:bank.account": "请补。", "step": "confirm"}
    assert officer.post(address(case, "request_correction"), sent).status_code == 422
    mixed = {
        "pick": ["field:bank.account", "field:mother.name"],
        "text.field:mother.name": "请补。",
        "text.field:bank.account": "请补。",
    }
    officer.post(address(case, "request_correction"), mixed | {"step": "confirm"})
    assert [entry["name"] for entry in Correction.objects.get(case_id=case.id).entries] == ["mother.name"]


def test_only_lawful_reasons_pause_the_clock(town: Town, application_id: UUID, log_in: LogIn, now: Now) -> None:
    newborn.approve(town, application_id, BIRTH, now.at)
    case, browser = newborn.case_of(application_id, POLICE), log_in("police-officer")
    act(browser, case, "accept")
    page = browser.get(address(case)).content.decode()
    assert 'value="APPRAISAL"' in page
    assert 'value="HEARING"' not in page
    words = {"basis": "行政许可法第四十五条", "days": "5", "note": "亲子鉴定约需五个工作日。"}
    assert act(browser, case, "suspend", suspension="HEARING", **words).status_code == 422
    assert act(browser, case, "suspend", suspension="APPRAISAL", **(words | {"days": "九"})).status_code == 422
    assert act(browser, case, "suspend", suspension="APPRAISAL", **words).status_code == 302
    assert state(case) == "SUSPENDED"
    assert act(browser, case, "resume").status_code == 302
    assert state(case) == "ACCEPTED"


def test_two_clerks_at_once_the_second_is_told_calmly(town: Town, case: Case, officer: Client, log_in: LogIn, now: Now) -> None:
    opened = officer.get(address(case)).content.decode()
    seen = opened.split('name="seen" value="')[1].split('"')[0]
    log_in("health-head").post(address(case, "accept"))
    late = act(officer, case, "accept", seen=seen)
    assert late.status_code == 409
    page = late.content.decode()
    for expected in ("您这一步没有执行", "已受理", "health-head 办事员"):
        assert expected in page


def test_what_was_written_survives_a_conflict(town: Town, case: Case, officer: Client, now: Now) -> None:
    act(officer, case, "accept")
    results = newborn.results_for(case, now.at)
    cases.approve([cases.Approval(case_id=case.id, results=results)], by=newborn.officer_of(town, case), at=now.at)
    answer = act(officer, case, "refuse", reason="写了很久的理由", step="confirm")
    assert answer.status_code == 409
    assert "写了很久的理由" in answer.content.decode()
    assert state(case) == "COMPLETED"


def test_hostile_words_stay_words(case: Case, officer: Client) -> None:
    act(officer, case, "accept")
    review = act(officer, case, "refuse", reason=NASTY, basis=NASTY).content.decode()
    act(officer, case, "refuse", reason=NASTY, basis=NASTY, step="confirm")
    for page in (review, officer.get(address(case), {"list": f'"{NASTY}'}).content.decode()):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;" in page
    assert state(case) == "REFUSED"


def test_an_action_nobody_knows_is_not_found(case: Case, officer: Client) -> None:
    assert act(officer, case, "withdraw").status_code == 404  # the applicant's, not the desk's
    assert act(officer, case, "explode").status_code == 404


def test_a_finished_case_offers_nothing(case: Case, officer: Client, now: Now) -> None:
    act(officer, case, "approve", step="confirm", **newborn.results_for(case, now.at))
    page = officer.get(address(case)).content.decode()
    assert "现在没有需要您做的。" in page
    assert "<form class=" not in page.split('id="panel-title"')[1].split("</aside>")[0]


def test_papers_not_handed_in_are_explained_to_the_officer(town: Town, application_id: UUID, log_in: LogIn, now: Now) -> None:
    newborn.approve(town, application_id, BIRTH, now.at)
    case = newborn.case_of(application_id, POLICE)
    page = log_in("police-officer").get(address(case)).content.decode()
    assert "申请人免交：由“" in page
    assert "不用交" not in page  # words for the citizen


def test_what_a_certificate_states_is_not_offered_for_correction(
    town: Town, application_id: UUID, log_in: LogIn, now: Now
) -> None:
    newborn.approve(town, application_id, BIRTH, now.at)
    case = newborn.case_of(application_id, POLICE)
    browser = log_in("police-officer")
    assert "已写在“出生医学证明”上" in browser.get(address(case)).content.decode()
    page = browser.get(address(case, "request_correction")).content.decode()
    assert 'value="field:household.address"' in page
    assert 'value="field:child.name"' not in page
    assert "已经写在签发了的“出生医学证明”上" in page
    picks = {"pick": "field:child.name", "text.field:child.name": "请改名字"}
    assert act(browser, case, "request_correction", step="confirm", **picks).status_code == 422


def test_the_summary_promises_only_what_happens(case: Case, officer: Client, now: Now) -> None:
    page = act(officer, case, "approve", **newborn.results_for(case, now.at)).content.decode()
    assert "申请人可以在“我的办件”里看到。" in page
    assert "通知申请人" not in page


def test_a_case_that_waits_for_data_goes_on_with_a_reason_only(case: Case, officer: Client) -> None:
    Case.objects.filter(id=case.id).update(state="AWAITING_DATA")
    page = officer.get(address(case)).content.decode()
    assert "等别的部门的数据" in page
    assert "不等数据，接着办" in page
    assert act(officer, case, "go_without_data", reason=" ").status_code == 422
    assert state(case) == "AWAITING_DATA"
    assert act(officer, case, "go_without_data", reason="电话核对过了").status_code == 302
    assert state(case) == "RECEIVED"
    assert "电话核对过了" in officer.get(address(case)).content.decode()
