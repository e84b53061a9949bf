"""What moved the promised date, from the clock ledgers: every pause, correction and extension in a sentence."""

from collections.abc import Callable

from yijianshi.cases.logic.clock.entries import REASON_TEXTS, ClockEntry, ClockKind
from yijianshi.cases.queries.cards import Loaded
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.kernel.text import Text, long_date


def what_moved(loaded: Loaded, thing: CompiledThing) -> tuple[Text, ...]:
    """Return one sentence for each entry that moved a date, oldest first."""
    found: list[tuple[ClockEntry, Text]] = []
    for case in loaded.cases:
        name = thing.item(case.item_code).name
        found += [(entry, _SENTENCES[entry.kind](entry, name)) for entry in loaded.ledgers[case.id] if entry.kind in _SENTENCES]
    return tuple(sentence for _, sentence in sorted(found, key=lambda pair: pair[0].at))


def _corrections(entry: ClockEntry, item: Text) -> Text:
    return Text(
        "{on}“{item}”请您补正，补正期间不计时。", '{on}: "{item}" asked you for corrections; the clock did not run meanwhile.'
    ).format(on=long_date(entry.on), item=item)


def _pause(entry: ClockEntry, item: Text) -> Text:
    reason = REASON_TEXTS[entry.reason] if entry.reason else Text("法定程序", "a statutory procedure")
    return Text("{on}“{item}”因{reason}暂停计时（{basis}）。", '{on}: "{item}" was paused for {reason} ({basis}).').format(
        on=long_date(entry.on), item=item, reason=reason, basis=entry.basis
    )


_EXTENDED = Text(
    "{on}“{item}”延长 {days} 个工作日：{why}", '{on}: "{item}" was extended by {days:working day|working days}: {why}'
)


def _extension(entry: ClockEntry, item: Text) -> Text:
    return _EXTENDED.format(on=long_date(entry.on), item=item, days=entry.working_days or 0, why=entry.note)


_SENTENCES: dict[ClockKind, Callable[[ClockEntry, Text], Text]] = {
    ClockKind.CORRECTION_REQUESTED: _corrections,
    ClockKind.SUSPENDED: _pause,
    ClockKind.EXTENDED: _extension,
}
