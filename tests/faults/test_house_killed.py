"""Killed at any moment, the house loses no application and makes no case, decision or certificate twice."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.faults.busy_house import copies
from tests.town import newborn
from tests.town.people import MONDAY, Town
from tests.town.standing import committed_town
from yijianshi.applications.models import Application
from yijianshi.cases.models import Case, Decision
from yijianshi.certificates import queries as certificates
from yijianshi.config import postgres
from yijianshi.config.postgres_home import Home
from yijianshi.foundation import history, outbox
from yijianshi.kernel.errors import DomainError

pytestmark = pytest.mark.faults
ROOT = Path(__file__).resolve().parents[2]
BIRTH = "birth-certificate-first-issue"
APPLICATIONS = 12


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The run's database, open for the whole module and committed to (the plugin looks for this name to make the database)."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def town(db: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """The town as every process sees it."""
    with committed_town(django_db_blocker) as found:
        yield found


def start(home: Home, *words: str) -> "subprocess.Popen[str]":
    """Start the house's own program on this test's database."""
    url = postgres.url(home, str(connection.settings_dict["NAME"]))
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.faults.busy_house", *words]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def run(home: Home, *words: str) -> list[str]:
    program = start(home, *words)
    out, _ = program.communicate(timeout=110)
    assert program.returncode == 0, out
    return out.split("\n")


def check_whole(application_id: UUID, cases: int = 10) -> None:
    """Exactly its cases, each split once; one decision and certificate for each approved case and none for others."""
    found = list(Case.objects.filter(application_id=application_id))
    assert len(found) == len({case.item_code for case in found}) == cases
    lines = [line.entry for line in history.list_for_application(application_id)]
    assert sum(entry.action == "submit" for entry in lines) == 1
    assert sum(entry.action == "split" for entry in lines) == cases
    issued = certificates.ids_by_case([case.id for case in found])
    for case in found:
        approved = case.state in {"COMPLETED", "DECIDED"}
        assert Decision.objects.filter(case_id=case.id).count() == approved
        assert len(issued.get(case.id, ())) == approved
        assert sum(entry.action == "approve" for entry in lines if entry.subject_id == case.id) == approved


def test_a_submission_killed_between_any_two_steps_is_done_once(town: Town, postgres_server: Home) -> None:
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    told = run(postgres_server, "steps", "submit", str(draft_id))
    died = next(int(line.split()[1]) for line in told if line.startswith("died"))
    assert died >= 10
    assert Application.objects.get(id=draft_id).number
    newborn.deliver_events()
    check_whole(draft_id)


def test_an_approval_killed_between_any_two_steps_is_done_once(town: Town, postgres_server: Home) -> None:
    application_id = newborn.apply(town, MONDAY)
    case = newborn.case_of(application_id, BIRTH)
    told = run(postgres_server, "steps", "approve", str(case.id))
    assert "said NotThisWay" in told  # killed after the commit: the next try finds it done
    newborn.deliver_events()
    case.refresh_from_db()
    assert case.state == "COMPLETED"
    check_whole(application_id)


def test_workers_killed_at_random_while_people_submit_and_decide(town: Town, postgres_server: Home) -> None:
    drafts = copies(newborn.fill_in(town.wang_fang.actor, MONDAY), APPLICATIONS)
    chance, done = random.Random(20260302), threading.Event()
    killed: list[int] = []
    killer = threading.Thread(target=_kill_workers, args=(postgres_server, chance, done, killed))
    killer.start()
    try:
        for draft_id in drafts:
            newborn.submit(draft_id, town.wang_fang.actor, MONDAY)
            _decide_something(town)
    finally:
        done.set()
        killer.join(60)
    newborn.deliver_events()
    while _decide_something(town):
        pass
    newborn.deliver_events()  # the notices of the last decisions
    assert len(killed) >= 2
    assert outbox.measure() == outbox.Backlog(0, 0, 0.0)
    assert history.verify() is None
    for draft_id in drafts:
        check_whole(draft_id)
        assert newborn.case_of(draft_id, BIRTH).state == "COMPLETED"


def _decide_something(town: Town) -> int:
    ready = list(Case.objects.filter(state="RECEIVED", item_code=BIRTH).values_list("application_id", flat=True)[:3])
    for application_id in ready:
        with suppress(DomainError):
            newborn.approve(town, application_id, BIRTH, MONDAY)
    return len(ready)


def _kill_workers(home: Home, chance: random.Random, done: threading.Event, killed: list[int]) -> None:
    """Start one worker after another and kill each a random moment after it began."""
    give_up = time.monotonic() + 60
    while len(killed) < 2 or not done.is_set():
        worker = start(home, "worker")
        assert worker.stdout is not None
        worker.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.6))
        worker.send_signal(signal.SIGKILL)
        worker.wait(20)
        worker.stdout.close()
        killed.append(worker.pid)
        if time.monotonic() > give_up:
            return
