"""Recording: submitted applications become recordings without persons."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from yijianshi.applications import queries as applications
from yijianshi.catalogue import queries as catalogue
from yijianshi.foundation import calendars, clock, history
from yijianshi.identity.logic.actor import SYSTEM, Actor
from yijianshi.insight.logic.access import require_insight
from yijianshi.insight.logic.recording import Application, Recording, grouped, record, standing_out
from yijianshi.insight.logic.replay import Runner
from yijianshi.insight.logic.stored import to_json
from yijianshi.insight.models import RecordingRow, RecordingSet
from yijianshi.kernel.errors import Invalid

MOST_APPLICATIONS = 50_000


class NothingToRecord(Invalid):
    """从 {since} 起，“{thing}”还没有提交的申请，没有可以记录的。请把日期往前调，或等有了申请再来。

    Since {since} no application for '{thing}' has been submitted, so there is nothing to record. Choose an earlier day, or come
    back once there are applications.
    """


class DayToCome(Invalid):
    """“{since}”还没有到，请选今天或以前的日期。

    {since} is yet to come. Please choose today or an earlier day.
    """


@dataclass(slots=True)
class Made:
    """Recordings by version, days of arrival, and how many applications had to be left out."""

    by_version: dict[UUID, list[Recording]] = field(default_factory=dict)
    arrivals: Counter[date] = field(default_factory=Counter)
    left_out: int = 0


@transaction.atomic
def record_applications(thing: str, since: date, *, by: Actor, at: datetime) -> UUID:
    """Record all applications for *thing* submitted from the day *since* on and return the set, which replaces the one before.

    At most ``MOST_APPLICATIONS``, oldest first. Raises Forbidden, ThingNotPublished, DayToCome, NothingToRecord.
    """
    require_insight(by)
    today = clock.today(at)
    name = catalogue.get_current(thing, today)[1].name
    if since > today:
        raise DayToCome(since=since, field="since")
    start = datetime.combine(since, time(), clock.LEGAL_ZONE)
    # The house reads them: nobody who looks at recordings has to be allowed to see applications.
    found = applications.list_recordable(thing, start, MOST_APPLICATIONS, by=SYSTEM)
    if not found:
        raise NothingToRecord(since=since, thing=name, field="since")
    return keep_set(thing, since, _made(found), is_sample=False, by=by, at=at)


def keep_set(thing: str, since: date, made: Made, *, is_sample: bool, by: Actor, at: datetime) -> UUID:
    """Write a set in place of the one of the same thing and kind, and say so in history; inside the caller's transaction."""
    RecordingSet.objects.filter(thing_code=thing, is_sample=is_sample).delete()
    groups = {version_id: grouped(recordings) for version_id, recordings in made.by_version.items()}
    together = [recording for recordings in groups.values() for recording in recordings]
    kept = RecordingSet.objects.create(
        thing_code=thing,
        is_sample=is_sample,
        since=since,
        made_at=at,
        made_by=by.to_record(),
        applications=sum(recording.count for recording in together),
        left_out=made.left_out,
        standing_out=standing_out(together),
        arrivals={day.isoformat(): count for day, count in sorted(made.arrivals.items())},
    )
    RecordingRow.objects.bulk_create(_rows(kept, groups), batch_size=2_000)
    history.record([_entry(kept, by, at)])
    return kept.id


def _made(found: Iterable[applications.Recordable]) -> Made:
    made = Made()
    runners: dict[UUID, Runner] = {}
    for one in found:
        runner = runners.get(one.version_id)
        if runner is None:
            runner = runners[one.version_id] = Runner(catalogue.get_version(one.version_id), calendars.national())
        day = clock.today(one.submitted_at)
        made.arrivals[day] += 1
        recording = _faithful(runner, one, day)
        if recording is None:
            made.left_out += 1
        else:
            made.by_version.setdefault(one.version_id, []).append(recording)
    return made


def _faithful(runner: Runner, one: applications.Recordable, day: date) -> Recording | None:
    """Return the coarsest recording that takes the path the application took, or None."""
    application = Application(day, one.facts, one.present, one.declined, one.satisfied, one.choices)
    for fine in (False, True):
        recording = record(runner.thing, application, fine=fine)
        path = runner.path(recording)
        if set(path.items) == set(one.items) and {code for code, _ in path.materials} == set(one.satisfied):
            return recording
    return None


def _rows(kept: RecordingSet, groups: Mapping[UUID, list[Recording]]) -> list[RecordingRow]:
    return [
        RecordingRow(
            recording_set=kept,
            version_id=version_id,
            digest=recording.digest,
            on=recording.on,
            content=to_json(recording),
            count=recording.count,
        )
        for version_id, recordings in groups.items()
        for recording in recordings
    ]


def _entry(kept: RecordingSet, by: Actor, at: datetime) -> history.Entry:
    counts = {"applications": kept.applications, "left_out": kept.left_out, "sample": kept.is_sample}
    return history.Entry(
        subject_kind="recording_set",
        subject_id=kept.id,
        action="record",
        actor=by.to_record(),
        at=at,
        to_state=kept.thing_code,
        payload=counts,
    )
