"""Web server, worker, neighbours and database killed at random moments under load: afterwards everything has happened once.

Half a minute as part of the tests; ``FAULT_SECONDS=300`` makes it the five minutes of the figure in benchmarks/RESULTS.md.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from tests.settings import EXCHANGE_KEY
from yijianshi.config import ports, postgres
from yijianshi.config.postgres_home import Home

SECONDS = float(os.environ.get("FAULT_SECONDS", "25"))
pytestmark = [pytest.mark.faults, pytest.mark.timeout(int(SECONDS) * 3 + 400)]
ROOT = Path(__file__).resolve().parents[2]
APPLICATIONS = max(12, int(SECONDS / 2))
# In the end the hospital approves; the police do not know the town's household and ask for corrections, once.
SYSTEMS = {"hospital": "birth-certificate-first-issue", "police": "household-registration-birth"}
APPROVED, ASKED = SYSTEMS.values()
_OPEN = "SELECT count(*) FROM cases_case WHERE item_code = ANY(%s) AND state NOT IN ('COMPLETED', 'CORRECTION_REQUESTED')"


@dataclass
class Programs:
    """The programs of a run, started, killed and started again."""

    url: str
    folder: Path
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def surroundings(self) -> dict[str, str]:
        own = {"DATABASE_URL": self.url, "YIJIANSHI_MODE": "test", "YIJIANSHI_VAR": str(self.folder / "var")}
        return {**os.environ, **own, "PYTHONPATH": str(ROOT)}

    def start(self, name: str, *words: str) -> None:
        command = [sys.executable, "-m", *words]
        with (self.folder / f"{name}.log").open("ab") as log:
            streams = {"stdout": log, "stderr": log}
            self.running[name] = subprocess.Popen(command, env=self.surroundings, cwd=ROOT, start_new_session=True, **streams)

    def kill(self, name: str) -> None:
        program = self.running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait(20)

    def end(self) -> None:
        for name in list(self.running):
            self.kill(name)


@pytest.fixture
def server() -> Iterator[tuple[Home, str]]:
    """A durable server on its own folder: this is about what survives."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    home = Home(folder)
    handle = postgres.start(home)
    try:
        postgres.ensure_database(home)
        yield home, postgres.url(home)
    finally:
        handle.release()
        shutil.rmtree(folder)


@pytest.fixture
def programs(server: tuple[Home, str], tmp_path: Path) -> Iterator[Programs]:
    with closing(_Ending(Programs(server[1], tmp_path))) as found:
        yield found.programs


@dataclass
class _Ending:
    programs: Programs

    def close(self) -> None:
        self.programs.end()


def test_whatever_is_killed_everything_happens_once(server: tuple[Home, str], programs: Programs) -> None:
    web, first = ports.choose("127.0.0.1", 18_900, must_be=False)[0], ports.choose("127.0.0.1", 19_300, must_be=False)[0]
    starts: dict[str, Callable[[], None]] = {
        "web": lambda: programs.start("web", "yijianshi", "serve", "--port", str(web)),
        "worker": lambda: programs.start("worker", "yijianshi", "worker"),
        "neighbours": lambda: programs.start("neighbours", *_neighbours(programs.folder, web, first)),
    }
    _run(programs, "manage.py", "migrate", "-v0")
    starts["neighbours"]()
    entered = programs.folder / "neighbours" / "neighbours.yaml"
    _until(entered.exists, 30, "the neighbours did not start")
    counter = _counter(programs)
    _run(programs, "-m", "yijianshi", "neighbours", "apply", str(entered))
    starts["web"]()
    starts["worker"]()
    try:
        killed = _kill_often(server[0], programs, starts, random.Random(20_261))
        told = counter.communicate(timeout=SECONDS + 240)[0]
    finally:
        counter.kill()
        counter.communicate()
    assert told.rstrip().endswith("done")
    with psycopg.connect(programs.url, autocommit=True) as admin:
        items = list(SYSTEMS.values())
        _until(lambda: _one(admin, _OPEN, [items]) == 0, 240, "cases are still open")
        _until(lambda: _one(admin, "SELECT count(*) FROM foundation_outbox") == 0, 120, "events wait")
        _until(lambda: _one(admin, "SELECT count(*) FROM exchange_outgoing WHERE delivered_at IS NULL") == 0, 120, "undelivered")
        _check(admin, items)
    _run(programs, "-m", "yijianshi", "neighbours", "reconcile")
    assert min(killed.values()) >= 1


def _neighbours(folder: Path, web: int, first: int) -> list[str]:
    house, key = f"http://127.0.0.1:{web}", EXCHANGE_KEY.partition(":")[2]
    words = ["neighbours", *SYSTEMS, "--folder", str(folder / "neighbours"), "--house", house, "--house-key", key]
    return [*words, "--port-base", str(first), "--pace", "0.1"]


def _counter(programs: Programs) -> "subprocess.Popen[str]":
    """Start the program that founds the town and submits; returns once the town stands."""
    command = [sys.executable, "-m", "tests.faults.busy_house", "counter", str(APPLICATIONS)]
    counter = subprocess.Popen(
        command, env=programs.surroundings, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert counter.stdout is not None
    assert counter.stdout.readline() == "ready\n"
    return counter


def _kill_often(home: Home, programs: Programs, starts: dict[str, Callable[[], None]], chance: random.Random) -> dict[str, int]:
    """Kill something every second or two until the time is over; each kind at least once. Return how often each was."""
    killed = dict.fromkeys([*starts, "database"], 0)
    until = time.monotonic() + SECONDS
    while time.monotonic() < until or 0 in killed.values():
        time.sleep(chance.uniform(0.5, 2.0))
        missing = [kind for kind, often in killed.items() if not often]
        name = chance.choice(missing if missing and time.monotonic() > until else list(killed))
        if name == "database":
            postgres.restart(home)
        else:
            programs.kill(name)
            starts[name]()
        killed[name] += 1
    return killed


def _check(admin: "psycopg.Connection[tuple[object, ...]]", items: list[str]) -> None:
    cases = _one(admin, "SELECT count(*) FROM cases_case WHERE item_code = ANY(%s)", [items])
    assert cases == APPLICATIONS * len(items)
    once = (
        "SELECT h.action, count(*) FROM foundation_history h JOIN cases_case c ON c.id = h.subject_id WHERE c.item_code = ANY(%s)"
    )
    # The town's days lie back, so silence may have accepted before the hospital did.
    for item, actions in ((APPROVED, ("accept", "deem_accepted")), (APPROVED, ("approve",)), (ASKED, ("request_correction",))):
        counted = admin.execute(f"{once} GROUP BY h.action", [[item]]).fetchall()
        took: dict[str, int] = dict(counted)  # type: ignore[arg-type]
        assert sum(took.get(action, 0) for action in actions) == APPLICATIONS, (item, took)
    for table in ("decision", "correction"):
        kept = f"SELECT count(*) FROM cases_{table} d JOIN cases_case c ON c.id = d.case_id WHERE c.item_code = ANY(%s)"
        assert _one(admin, kept, [items]) == APPLICATIONS
    handed_over = "SELECT count(*), count(DISTINCT about) FROM exchange_outgoing WHERE kind = 'case.handed_over'"
    assert admin.execute(handed_over).fetchone() == (cases, cases)
    stopped = "SELECT count(*) FROM exchange_received WHERE applied_at IS NULL OR error <> ''"
    assert _one(admin, stopped) == 0


def _run(programs: Programs, *words: str) -> None:
    command = [sys.executable, *words]
    done = subprocess.run(command, env=programs.surroundings, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _one(admin: "psycopg.Connection[tuple[object, ...]]", sql: str, params: list[object] | None = None) -> object:
    row = admin.execute(sql, params).fetchone()  # type: ignore[call-overload]
    return row[0] if row else None


def _until(holds: Callable[[], bool], seconds: float, else_: str) -> None:
    give_up = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up, else_
        time.sleep(0.2)
