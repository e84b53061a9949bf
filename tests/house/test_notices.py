"""Everything people should hear of has its words, in both languages, and somebody who says them."""

from tests.house import sources
from yijianshi.catalogue import content_folder
from yijianshi.catalogue.logic.lint import check_files
from yijianshi.catalogue.logic.occasions import OCCASIONS, UNTOLD
from yijianshi.config import places
from yijianshi.foundation import events

TABLE = "yijianshi/catalogue/logic/occasions.py"


def test_every_event_is_told_or_said_not_to_be() -> None:
    ours = {name for name, cls, _ in events.list_events() if cls.__module__.startswith(f"{sources.PACKAGE}.")}
    known = set(OCCASIONS) | UNTOLD
    broken = [f"{name}: in no list" for name in sorted(ours - known)]
    broken += [f"{name}: no such event" for name in sorted(known - ours)]
    assert not broken, sources.told(
        broken,
        f"Who is told gets a row in OCCASIONS ({TABLE}), a handler and a notice; all other events stand in UNTOLD.",
    )


def test_every_occasion_has_a_handler_that_tells() -> None:
    listening = {name: handlers for name, _, handlers in events.list_events()}
    broken = [name for name in OCCASIONS if not any(one.endswith("_tell") for one in listening[name])]
    assert not broken, sources.told(broken, "Write when_…_tell in the handlers.py of the room that knows item and applicant.")


def test_every_occasion_has_a_notice_in_both_languages() -> None:
    library, _ = check_files(content_folder.read_texts(places.content()))
    told = {(one.model.event, one.model.outcome, who) for one in library.notices.values() for who in one.model.audience}
    wanted = {
        (name, outcome, who) for name, one in OCCASIONS.items() for outcome in one.outcomes or (None,) for who in one.audience
    }
    broken = [f"{event} {outcome or ''} → {who}" for event, outcome, who in sorted(wanted - told, key=str)]
    assert told
    assert not broken, sources.told(broken, "Write content/notices/<code>.yaml (docs/how-to/write-a-notice.md).")
