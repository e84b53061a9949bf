"""My details, mandates in both directions, acting for somebody, logging in and out."""

from django.test import Client

from tests.journeys.conftest import LogIn
from tests.town.people import PASSWORD, ZHAO_JIANGUO, Town


def test_a_wrong_password_is_told_calmly_and_keeps_the_name(town: Town) -> None:
    response = Client().post("/login/", {"username": "wangfang", "password": "wrong"})
    assert response.status_code in (401, 403, 422)
    shown = response.content.decode()
    assert 'value="wangfang"' in shown
    assert 'role="alert"' in shown


def test_demonstration_accounts_are_not_listed_outside_a_demonstration(town: Town) -> None:
    assert "演示账户" not in Client().get("/login/").content.decode()
    assert Client().post("/login/demo/", {"username": "wangfang"}).status_code == 404


def test_login_never_leads_to_another_site(town: Town) -> None:
    sent = {"username": "wangfang", "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert Client().post("/login/", sent).headers["location"] == "/"


def test_my_numbers_are_shown_in_part(town: Town, log_in: LogIn) -> None:
    shown = log_in("wangfang").get("/me/").content.decode()
    assert "138****0001" in shown
    assert "13800000001" not in shown


def test_a_mandate_is_given_used_and_ended(town: Town, log_in: LogIn) -> None:
    mother, old_man = log_in("wangfang"), log_in("zhaojianguo")
    sent = {"agent_name": ZHAO_JIANGUO.name, "agent_id_number": ZHAO_JIANGUO.id_number, "scope": "newborn", "may_submit": "yes"}
    assert mother.post("/me/mandates/", sent).status_code == 302
    (given,) = mother.get("/me/").context["mandates"].given
    assert given.scope_text.zh == "新生儿出生"
    assert old_man.post("/me/acting/", {"mandate": str(given.id)}).status_code == 302
    assert "您正在代 王芳 办事" in old_man.get("/").content.decode()
    assert mother.post(f"/me/mandates/{given.id}/revoke/").status_code == 302
    assert "您正在代" not in old_man.get("/").content.decode()


def test_acting_under_a_mandate_that_cannot_exist_is_not_found(town: Town, log_in: LogIn) -> None:
    assert log_in("wangfang").post("/me/acting/", {"mandate": "no-such-mandate"}).status_code == 404


def test_a_mandate_for_somebody_unknown_says_what_to_check(town: Town, log_in: LogIn) -> None:
    sent = {"agent_name": "无此人", "agent_id_number": "410105199001011234", "scope": "newborn"}
    response = log_in("wangfang").post("/me/mandates/", sent)
    assert response.status_code == 404
    assert "没有找到姓名" in response.content.decode()
    unreadable = log_in("wangfang").post("/me/mandates/", {**sent, "valid_to": "soon"})
    assert unreadable.status_code == 422


def test_logging_out_forgets_who_i_am(town: Town, log_in: LogIn) -> None:
    mother = log_in("wangfang")
    assert mother.post("/logout/").status_code == 302
    assert mother.get("/applications/").headers["location"].startswith("/login/")
    assert mother.get("/logout/").status_code == 405
