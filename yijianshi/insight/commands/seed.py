"""Sample recordings, for the demonstration and for trying out: invented, marked as such, kept apart from real ones."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.paths import Paths
from yijianshi.catalogue.logic.plan import Route
from yijianshi.foundation import calendars, clock
from yijianshi.identity.logic.actor import Actor
from yijianshi.insight.commands.record import Made, keep_set
from yijianshi.insight.logic.access import require_insight
from yijianshi.insight.logic.recording import record
from yijianshi.insight.logic.replay import Runner
from yijianshi.insight.logic.samples import sample
from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.rules import Environment

MOST_SAMPLES = 2_000
WEEKS = 12
_WEEKDAYS = (0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5)  # Mondays are busy, a few come on Saturday
_TRIES = 3  # drawn for each that is kept; some find out that theirs are single items


class TooManySamples(Invalid):
    """样本数量要在 1 到 {most} 之间。

    The number of samples must be between 1 and {most}.
    """


@transaction.atomic
def seed_samples(thing: str, count: int, seed: int, *, by: Actor, at: datetime) -> UUID:
    """Invent *count* applications over the last ``WEEKS`` weeks, the same for the same *seed*, and return their set.

    Raises Forbidden, ThingNotPublished, TooManySamples.
    """
    require_insight(by)
    if not 1 <= count <= MOST_SAMPLES:
        raise TooManySamples(most=MOST_SAMPLES, field="count")
    today = clock.today(at)
    version_id, compiled = catalogue.get_current(thing, today)
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS)
    made = _drawn(compiled, version_id, first, (count, random.Random(seed)))  # noqa: S311  invented applications, no secret
    return keep_set(thing, first, made, is_sample=True, by=by, at=at)


def _drawn(thing: CompiledThing, version_id: UUID, first: date, wanted: tuple[int, random.Random]) -> Made:
    count, chance = wanted
    calendar = calendars.national()
    runner, paths, made = Runner(thing, calendar), Paths(thing, calendar), Made()
    kept = made.by_version.setdefault(version_id, [])
    env = Environment(first, calendar)  # all drawn on one day, then moved to theirs: what dates decide, each day decides anew
    for _ in range(count * _TRIES):
        if len(kept) == count:
            break
        drawn = record(thing, sample(thing, env, chance, paths))
        monday = first + timedelta(weeks=len(kept) * WEEKS // count)
        recording = replace(drawn, on=monday)
        if runner.path(recording).route is Route.BUNDLE:  # only these could have been submitted
            kept.append(recording)
            made.arrivals[monday + timedelta(days=chance.choice(_WEEKDAYS))] += 1
    return made
