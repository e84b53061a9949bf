"""Identifiers sort by the time they were made."""

from yijianshi.foundation.ids import new_id


def test_ids_of_one_process_are_distinct_and_never_run_backwards() -> None:
    made = [new_id() for _ in range(20_000)]
    assert made == sorted(set(made))


def test_layout_is_uuid_version_7() -> None:
    made = new_id()
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
