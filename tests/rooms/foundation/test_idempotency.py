"""The same request twice has one effect and one answer."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from yijianshi.foundation import idempotency

AT = datetime(2026, 3, 2, tzinfo=UTC)
HASH = idempotency.content_hash({"a": 1, "b": [2]})


@pytest.mark.django_db
def test_second_request_gets_first_answer() -> None:
    assert idempotency.once("k", "PERSON:1", HASH, AT) is None
    idempotency.remember("k", "PERSON:1", {"number": "410105-…"})
    assert idempotency.once("k", "PERSON:1", HASH, AT) == idempotency.Replay({"number": "410105-…"})
    assert idempotency.once("k", "PERSON:2", HASH, AT) is None  # somebody else's key is another key


@pytest.mark.django_db
def test_same_key_with_other_content_is_refused() -> None:
    idempotency.once("k", "PERSON:1", HASH, AT)
    with pytest.raises(idempotency.IdempotencyKeyReused) as caught:
        idempotency.once("k", "PERSON:1", idempotency.content_hash({"a": 2}), AT)
    assert caught.value.status == 409


@pytest.mark.django_db
def test_several_keys_at_once() -> None:
    assert idempotency.claim({"a": HASH, "b": HASH}, "P", AT) == {}
    idempotency.remember("b", "P", {"n": 2})
    assert idempotency.claim({"c": HASH, "b": HASH}, "P", AT) == {"b": idempotency.Replay({"n": 2})}


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 201, "a\nb"])
def test_unusable_keys_are_refused(key: str) -> None:
    with pytest.raises(idempotency.IdempotencyKeyMissing):
        idempotency.once(key, "P", HASH, AT)


@pytest.mark.django_db
def test_old_keys_are_forgotten() -> None:
    idempotency.once("old", "P", HASH, AT)
    idempotency.once("new", "P", HASH, AT + timedelta(days=20))
    assert idempotency.forget_old(AT + timedelta(days=31)) == 1
    assert idempotency.once("new", "P", HASH, AT) is not None


def test_order_of_names_does_not_change_the_hash() -> None:
    assert idempotency.content_hash({"b": [2], "a": 1}) == HASH != idempotency.content_hash({"b": [2], "a": "1"})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first_fails", [False, True])
def test_a_double_click_waits_and_gets_the_first_answer(first_fails: bool) -> None:
    claimed, may_end, answers = threading.Event(), threading.Event(), []

    def first() -> None:
        try:
            with transaction.atomic():
                assert idempotency.once("k", "P", HASH, AT) is None
                claimed.set()
                assert may_end.wait(20)
                idempotency.remember("k", "P", {"n": 1})
                if first_fails:
                    raise RuntimeError("power cut")
        except RuntimeError:
            pass
        finally:
            connection.close()

    def second() -> None:
        with transaction.atomic():
            answers.append(idempotency.once("k", "P", HASH, AT))
        connection.close()

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    assert claimed.wait(20)
    threads[1].start()
    threads[1].join(0.4)
    assert threads[1].is_alive()
    assert answers == []
    may_end.set()
    for thread in threads:
        thread.join(20)
    assert answers == [None if first_fails else idempotency.Replay({"n": 1})]
