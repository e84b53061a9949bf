"""One simulator at a time, over real HTTP: a case goes through, and everything hostile or early is dealt with."""

from collections.abc import Callable
from typing import Any

import pytest

from neighbours.engine import signing
from neighbours.engine.signing import BadSignature
from tests.unit.neighbours.conftest import CHILD, Listener, handed_over, message, post

BIRTH = "household-registration-birth"
Start = Callable[[str], Any]


def _is_delivered(heard: list[dict[str, Any]]) -> bool:
    return any(one["kind"] == "case.delivered" for one in heard)


def _is_whole(heard: list[dict[str, Any]]) -> bool:
    return {one["sequence"] for one in heard} == {1, 2, 3}


def test_a_case_is_accepted_approved_and_delivered(start: Start, listener: Listener) -> None:
    with start("police") as (police,):
        sent = handed_over("A-1", BIRTH, CHILD)
        assert post(police, listener.key, "/messages", {"messages": [sent]}) == (200, {"taken": [sent["id"]], "refused": []})
        heard = listener.wait_for(_is_delivered)
        assert listener.kinds("A-1") == ["case.accepted", "case.approved", "case.delivered"]
        results = next(one["body"]["results"] for one in heard if one["kind"] == "case.approved")
        assert results["GMSFHM"].startswith("41010520261117")
        child = police.store.rows("SELECT * FROM T_RKXX WHERE GMSFHM = ?", results["GMSFHM"])[0]
        assert (child["XM"], child["HH"], child["YHZGX"]) == ("李小满", "410105000101", "女")
        threads = post(police, listener.key, "/threads", {"about": ["A-1", "never heard of"]})[1]["threads"]
        assert threads == [{"about": "A-1", "received": 1, "sent": 3, "state": "DELIVERED"}]


def test_what_it_says_is_signed(start: Start, listener: Listener) -> None:
    with start("police") as (police,):
        post(police, listener.key, "/messages", {"messages": [handed_over("A-1", BIRTH, CHILD)]})
        listener.wait_for(bool)
        headers, path, body = listener.requests[0]
        assert path == "/api/exchange/v1/police/messages"
        assert signing.check(headers, police.key.public, "POST", path, body)
        with pytest.raises(BadSignature):
            signing.check(headers, police.key.public, "POST", path, body + b" ")


def test_an_unknown_household_is_asked_about_and_taken_after_correction(start: Start, listener: Listener) -> None:
    with start("police") as (police,):
        post(police, listener.key, "/messages", {"messages": [handed_over("A-2", BIRTH, {**CHILD, "HH": "999"})]})
        asked = listener.wait_for(lambda heard: len(heard) == 1)[0]
        assert (asked["kind"], asked["body"]["entries"][0]["name"]) == ("case.correction_requested", "HH")
        post(
            police,
            listener.key,
            "/messages",
            {"messages": [message("case.corrected", "A-2", 2, {"facts": {"HH": "410105000101"}})]},
        )
        listener.wait_for(_is_delivered)


def test_a_child_already_registered_is_not_accepted(start: Start, listener: Listener) -> None:
    with start("police") as (police,):
        post(police, listener.key, "/messages", {"messages": [handed_over("A-3", BIRTH, CHILD)]})
        listener.wait_for(_is_delivered)
        post(police, listener.key, "/messages", {"messages": [handed_over("A-4", BIRTH, CHILD)]})
        told = listener.wait_for(lambda heard: any(one["about"] == "A-4" for one in heard))[-1]
        assert told["kind"] == "case.not_accepted"
        assert "X410000123" in told["body"]["reason"]


def test_what_comes_early_waits_and_what_comes_twice_counts_once(start: Start, listener: Listener) -> None:
    with start("police") as (police,):
        police.behaviour.by_hand = True
        first, second = handed_over("A-5", BIRTH, CHILD), message("case.withdrawn", "A-5", 2, {"reason": "不办了"})
        assert post(police, listener.key, "/messages", {"messages": [second]})[1]["taken"] == [second["id"]]
        assert post(police, listener.key, "/threads", {"about": ["A-5"]})[1]["threads"][0]["received"] == 0
        for _time in range(2):
            assert post(police, listener.key, "/messages", {"messages": [first]})[1]["taken"] == [first["id"]]
        state = post(police, listener.key, "/threads", {"about": ["A-5"]})[1]["threads"][0]
        assert (state["received"], state["state"]) == (2, "WITHDRAWN")
        other = {**first, "id": "11111111-1111-4111-8111-111111111111"}
        refused = post(police, listener.key, "/messages", {"messages": [other]})[1]["refused"]
        assert refused[0]["code"] == "SEQUENCE_TAKEN"


def test_a_case_of_another_department_is_refused(start: Start, listener: Listener) -> None:
    with start("police") as (police,):
        answer = post(police, listener.key, "/messages", {"messages": [handed_over("A-6", "deed-tax", {})]})[1]
        assert [one["code"] for one in answer["refused"]] == ["NOT_OURS"]


@pytest.mark.parametrize(
    ("path", "content", "status"),
    [
        ("/messages", b"{", 400),
        ("/messages", b"\xff\xfe", 400),
        ("/messages", b"[" * 100_000, 400),
        ("/messages", {"messages": {}}, 400),
        ("/messages", {"messages": [{}] * 101}, 400),
        ("/messages", {"messages": [{**message("case.corrected", "A", 1, {}), "sequence": True}]}, 400),
        ("/messages", {"messages": [{**message("case.corrected", "A", 1, {}), "id": "x"}]}, 400),
        ("/threads", {"about": ["A"] * 501}, 400),
        ("/resend", {"about": "A", "after": -1}, 400),
        ("/registers/none/read", {}, 404),
        ("/registers/household/read", {"request": "r", "subject": [], "fields": []}, 400),
    ],
)  # fmt: skip
def test_unreadable_requests_are_refused_in_words(start: Start, listener: Listener, path: str, content: Any, status: int) -> None:
    with start("police") as (police,):
        got, answer = post(police, listener.key, path, content)
        assert got == status
        assert answer["message"]


def test_foreign_old_and_repeated_signatures_are_refused(
    start: Start, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start("police") as (police,):
        assert post(police, police.key, "/threads", {"about": []})[0] == 401
        body = b'{"about": []}'
        headers = signing.signed_headers(listener.key, "yijianshi", "POST", "/threads", body)
        assert post(police, listener.key, "/threads", body, **headers)[0] == 200
        assert post(police, listener.key, "/threads", body, **headers)[0] == 401
        clock = signing.time.time
        monkeypatch.setattr(signing.time, "time", lambda: clock() - 400)
        old = signing.signed_headers(listener.key, "yijianshi", "POST", "/threads", body)
        monkeypatch.undo()
        assert post(police, listener.key, "/threads", body, **old)[0] == 401


def test_a_register_gives_only_what_is_asked_and_keeps_the_question(start: Start, listener: Listener) -> None:
    wanted = {"request": "r-1", "purpose": BIRTH, "authorisation": "本人同意", "fields": ["HH", "ZZ"]}
    with start("police") as (police,):
        subject = {"kind": "PERSON", "id_number": "410105199508163025", "name": "王芳"}
        answer = post(police, listener.key, "/registers/household/read", {**wanted, "subject": subject})[1]
        assert (answer["found"], answer["fields"]["HH"], set(answer["fields"])) == (True, "410105000101", {"HH", "ZZ"})
        other = {**wanted, "subject": {**subject, "name": "别人"}}
        assert post(police, listener.key, "/registers/household/read", other)[1] == {"request": "r-1", "found": False}
        more = {**wanted, "subject": subject, "fields": ["HZXM", "PASSWORD"]}
        assert post(police, listener.key, "/registers/household/read", more)[1]["fields"] == {"HZXM": "李强"}
        assert police.store.rows("SELECT count(*) AS n FROM _read")[0]["n"] == 1


def test_a_restart_says_what_was_not_yet_heard(start: Start, listener: Listener) -> None:
    listener.answers += [(503, b"")] * 200
    with start("police") as (police,):
        post(police, listener.key, "/messages", {"messages": [handed_over("A-7", BIRTH, CHILD)]})
        with listener.arrived:
            assert listener.arrived.wait_for(lambda: len(listener.requests) >= 1, 10)
    with listener.arrived:
        listener.answers.clear()
    with start("police"):
        listener.wait_for(_is_whole, 25)
        assert listener.kinds("A-7") == ["case.accepted", "case.approved", "case.delivered"]


def test_what_was_lost_is_sent_again_on_request(start: Start, listener: Listener) -> None:
    with start("police") as (police,):
        post(police, listener.key, "/messages", {"messages": [handed_over("A-8", BIRTH, CHILD)]})
        listener.wait_for(_is_delivered)
        with listener.arrived:
            listener.heard.clear()
        assert post(police, listener.key, "/resend", {"about": "A-8", "after": 1}) == (200, {"again": 2})
        listener.wait_for(_is_delivered)
        assert listener.kinds("A-8") == ["case.approved", "case.delivered"]


@pytest.mark.parametrize("answer", [(200, b"not json"), (200, b"[]"), (500, b""), (401, b"{}"), (429, b"")])
def test_an_answer_that_says_nothing_is_no_confirmation(start: Start, listener: Listener, answer: tuple[int, bytes]) -> None:
    listener.answers.append(answer)
    with start("police") as (police,):
        post(police, listener.key, "/messages", {"messages": [handed_over("A-9", BIRTH, CHILD)]})
        listener.wait_for(_is_whole, 25)
        assert listener.kinds("A-9") == ["case.accepted", "case.approved", "case.delivered"]


def test_the_page_shows_what_it_holds_without_trusting_it(start: Start, listener: Listener) -> None:
    import urllib.request

    with start("police") as (police,):
        sent = handed_over("A-10", BIRTH, {**CHILD, "XM": "<script>x</script>"})
        post(police, listener.key, "/messages", {"messages": [sent]})
        listener.wait_for(bool)
        with urllib.request.urlopen(f"http://127.0.0.1:{police.port}/") as page:
            html = page.read().decode()
    assert "&lt;script&gt;x" in html
    assert "<script>x" not in html
    assert "公安户政系统" in html
