"""Recordings run against another version, with reasons in words."""

from dataclasses import dataclass
from uuid import UUID

from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.foundation import calendars
from yijianshi.identity.logic.actor import Actor
from yijianshi.insight.logic.regression import ExampleFile, example_of
from yijianshi.insight.logic.replay import Replayed, replay
from yijianshi.insight.logic.wording import ToldGroup, tell_change, tell_group
from yijianshi.insight.queries.recordings import RecordingSetCard, get_recordings, get_set
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

TOLD_GROUPS = 12


@dataclass(frozen=True, slots=True)
class ReplayView:
    """One replay as its page shows it: counts first, then the groups with reasons and examples."""

    recordings: RecordingSetCard
    thing: CompiledThing
    replayed: Replayed
    each: tuple[tuple[Text, int], ...]
    groups: tuple[ToldGroup, ...]
    unused: tuple[tuple[Text, int], ...]

    @property
    def hidden(self) -> int:
        """Return how many combinations of changes are counted but not opened."""
        return len(self.replayed.groups) - len(self.groups) + self.replayed.more_groups


def replay_against(set_id: UUID, new: CompiledThing, *, base: CompiledThing | None = None, by: Actor) -> ReplayView:
    """Return what *new* would have meant for these applications, against *base* or else the newest version they stood on.

    Raises NoRecordings, Forbidden.
    """
    card = get_set(set_id, by=by)
    by_version = get_recordings(set_id, by=by)
    old = base or base_of(set_id, by=by)
    calendar = calendars.national()
    replayed = replay(old, new, [one for recordings in by_version.values() for one in recordings], calendar)
    return ReplayView(
        recordings=card,
        thing=new,
        replayed=replayed,
        each=tuple((tell_change(change, (old, new)), count) for change, count in replayed.each),
        groups=tuple(tell_group(group, (old, new), calendar) for group in replayed.groups[:TOLD_GROUPS]),
        unused=tuple((old.label(name), count) for name, count in replayed.unused.items()),
    )


def base_of(set_id: UUID, *, by: Actor) -> CompiledThing:
    """Return the newest of the versions the recordings stood on. Raises NoRecordings, Forbidden."""
    order = [version.id for version in catalogue.list_versions(get_set(set_id, by=by).thing_code)]
    return catalogue.get_version(min(get_recordings(set_id, by=by), key=order.index))


class NoSuchRecording(NotFound):
    """这条记录已经不在这一组里，请回到回放页重新选一条。

    This recording is no longer in the set. Please go back to the replay and choose another.
    """


def get_example(set_id: UUID, digest: str, *, thing: CompiledThing | None = None, by: Actor) -> ExampleFile:
    """Return one recording as a worked example of *thing*, or else of the version it stood on.

    Raises NoSuchRecording, NoRecordings, Forbidden.
    """
    for version_id, recordings in get_recordings(set_id, by=by).items():
        for recording in recordings:
            if recording.digest == digest:
                return example_of(thing or catalogue.get_version(version_id), recording, calendars.national())
    raise NoSuchRecording()
