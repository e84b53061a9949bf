"""Recording submitted applications, keeping no person, and replaying them."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from tests.town import newborn, restaurant
from tests.town.people import MONDAY, Town
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.examples import run_example
from yijianshi.catalogue.logic.schema import Example
from yijianshi.catalogue.logic.yaml_lines import parse_yaml
from yijianshi.foundation import calendars
from yijianshi.identity.logic.actor import SYSTEM, Actor, ActorKind, Role
from yijianshi.insight import commands, queries
from yijianshi.insight.commands.record import DayToCome, NothingToRecord
from yijianshi.insight.commands.seed import TooManySamples
from yijianshi.kernel.errors import Forbidden, NotFound

AUTHOR = Actor(ActorKind.STAFF, account_id=uuid4(), roles=frozenset({Role.AUTHOR}), name="作者")
SINCE = MONDAY.date() - timedelta(days=30)


def test_submitted_applications_become_recordings_without_persons(town: Town) -> None:
    newborn.apply(town, MONDAY)
    restaurant.apply(town, MONDAY)
    for code in ("newborn", "restaurant"):
        card = queries.get_set(commands.record_applications(code, SINCE, by=AUTHOR, at=MONDAY), by=AUTHOR)
        assert (card.applications, card.left_out, card.standing_out, card.is_sample) == (1, 0, 1, False)
        assert card.arrivals == {MONDAY.date(): 1}
    with connection.cursor() as cursor:
        cursor.execute("SELECT content::text FROM insight_recording")
        written = " ".join(row[0] for row in cursor.fetchall())
    for secret in ("王", "李强", "4101051995", "199000", "示范路", "好味来", str(town.wang_fang.person_id)):
        assert secret not in written


def test_a_replay_on_the_same_version_moves_nobody_and_gives_an_example(town: Town) -> None:
    newborn.apply(town, MONDAY)
    set_id = commands.record_applications("newborn", SINCE, by=AUTHOR, at=MONDAY)
    _, thing = catalogue.get_current("newborn", MONDAY.date())
    view = queries.replay_against(set_id, thing, by=AUTHOR)
    assert (view.replayed.total, view.replayed.moved) == (1, 0)
    (recordings,) = queries.get_recordings(set_id, by=AUTHOR).values()
    made = queries.get_example(set_id, recordings[0].digest, by=AUTHOR)
    example = Example.model_validate(parse_yaml(made.text).value)
    assert run_example(thing, example, calendars.national()) == []
    with pytest.raises(NotFound):
        queries.get_example(set_id, "0" * 64, by=AUTHOR)


def test_recording_again_replaces_the_set_and_samples_stay_apart(town: Town) -> None:
    newborn.apply(town, MONDAY)
    first = commands.record_applications("newborn", SINCE, by=AUTHOR, at=MONDAY)
    sample = commands.seed_samples("newborn", 6, 7, by=SYSTEM, at=MONDAY)
    second = commands.record_applications("newborn", SINCE, by=AUTHOR, at=MONDAY)
    assert [(card.id, card.is_sample) for card in queries.list_sets(by=AUTHOR)] == [(second, False), (sample, True)]
    with pytest.raises(queries.NoRecordings):
        queries.get_set(first, by=AUTHOR)


def test_samples_are_the_same_for_the_same_seed(town: Town) -> None:
    digests = []
    for _ in range(2):
        set_id = commands.seed_samples("restaurant", 12, 3, by=SYSTEM, at=MONDAY)
        (recordings,) = queries.get_recordings(set_id, by=AUTHOR).values()
        assert sum(one.count for one in recordings) == 12
        digests.append([one.digest for one in recordings])
    assert digests[0] == digests[1]


def test_nothing_to_record_and_days_to_come_are_said(town: Town) -> None:
    with pytest.raises(NothingToRecord) as nothing:
        commands.record_applications("newborn", SINCE, by=AUTHOR, at=MONDAY)
    assert "新生儿" in nothing.value.text.zh
    with pytest.raises(DayToCome):
        commands.record_applications("newborn", date(2999, 1, 1), by=AUTHOR, at=MONDAY)
    with pytest.raises(NotFound):
        commands.record_applications("no-such-thing", SINCE, by=AUTHOR, at=MONDAY)
    with pytest.raises(TooManySamples):
        commands.seed_samples("newborn", 10_000_000, 1, by=SYSTEM, at=MONDAY)


def test_only_authors_supervisors_and_operators_may_look(town: Town) -> None:
    for by in (town.wang_fang.actor, town.staff["police"].actor):
        with pytest.raises(Forbidden):
            commands.record_applications("newborn", SINCE, by=by, at=MONDAY)
        with pytest.raises(Forbidden):
            queries.list_sets(by=by)
