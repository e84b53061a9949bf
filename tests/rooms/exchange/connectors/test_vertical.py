"""What only a ministry's system has: its hours, its pace, its table of codes, no errand for what it does not know."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import gmssl_pyx
import pytest

from neighbours.engine import ministry
from neighbours.engine.running import House, Running
from neighbours.engine.server import up
from neighbours.systems import SYSTEMS
from tests.rooms.exchange.connectors.conftest import connect
from yijianshi.exchange import keys
from yijianshi.exchange.connectors.port import Away, CannotDo, Connector, Message

SHUT = {"opens": "00:00:00", "closes": "00:00:01", "days": [(datetime.now(UTC).isoweekday() + 2) % 7 + 1]}
PERSON = {"XM": "赵建国", "SFZH": "410105195205202017", "CJLB": "4"}
Line = tuple[Running, keys.SoftwareSigner, Path]


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    """Run the disability federation's own system, as the demonstration does."""
    public, private = gmssl_pyx.sm2_key_generate()
    with up([SYSTEMS["disability-federation"]], tmp_path, House("", public), pace=0.05) as (simulator,):
        yield simulator, keys.SoftwareSigner(private, public), tmp_path


def reach(line: Line, **options: object) -> Connector:
    simulator, signer, folder = line
    return connect("vertical", simulator, signer, folder, **options)[0]


def errand(kind: str = "case.handed_over") -> Message:
    body = {"item": "disability-certificate-issue", "facts": PERSON, "materials": []}
    return Message(uuid.uuid4(), kind, "C-1", 1, datetime.now(UTC), body)


def test_it_takes_nothing_outside_its_hours_and_says_when_it_opens(line: Line) -> None:
    connector = reach(line, hours=SHUT)
    assert connector.check() == []  # the way is proved at any hour
    with pytest.raises(Away) as told:
        connector.send([errand()])
    assert told.value.after
    assert connector.collect() == ()
    assert not line[0].store.rows("SELECT 1 FROM _thread")
    connector.close()


def test_it_is_asked_no_more_often_than_it_bears(line: Line) -> None:
    one, other = reach(line, per_minute=2), reach(line, per_minute=2)
    assert one.send([errand()]).taken
    other.collect()
    with pytest.raises(Away, match="used up"):
        one.collect()
    one.close()
    other.close()


def test_a_code_the_entry_does_not_know_is_told_by_the_check(line: Line) -> None:
    known = {code: meaning for code, meaning in ministry.STATES.items() if code != ministry.INNER}
    connector = reach(line, states=known)
    (told,) = connector.check()
    assert ministry.INNER in told.zh
    connector.close()


def test_what_it_has_no_errand_for_is_refused_and_the_rest_goes(line: Line) -> None:
    connector = reach(line)
    good, bad = errand(), errand("case.progress")
    sent = connector.send([bad, good])
    assert sent.taken == (good.id,)
    assert [(one.id, one.code) for one in sent.refused] == [(bad.id, "UNKNOWN_KIND")]
    with pytest.raises(CannotDo):
        connector.ask("requirements", {})
    connector.close()
