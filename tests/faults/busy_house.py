"""The real rooms at work, run as a program with the database in DATABASE_URL, to be killed or cut off from it.

``steps submit|approve ID``  does the act in one child process after another; the k-th kills itself (SIGKILL) at its k-th step.
                             Prints how many died before one survived.
``worker``                   splits applications until SIGTERM, as the house's own worker does.
``counter NUMBER``           founds the town, then submits that many applications through the API, each until it is through;
                             prints the status of every answer.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import django
from django.db import close_old_connections

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from django.test import Client  # noqa: E402

from tests.faults.dying_worker import die_at, fork, has_died, report  # noqa: E402
from tests.town import newborn  # noqa: E402
from tests.town.people import MONDAY, add_staff  # noqa: E402, F401
from yijianshi.applications import commands as applications  # noqa: E402
from yijianshi.applications.models import Application, Material  # noqa: E402
from yijianshi.cases import commands as cases  # noqa: E402
from yijianshi.cases.models import Case  # noqa: E402
from yijianshi.foundation import clock, worker  # noqa: E402
from yijianshi.identity import commands as identity  # noqa: E402
from yijianshi.identity import queries as people  # noqa: E402
from yijianshi.identity.logic.actor import Actor  # noqa: E402
from yijianshi.identity.models import Account  # noqa: E402
from yijianshi.kernel.errors import DomainError  # noqa: E402

PATIENCE_SECONDS = 90
EVERY_SECONDS = 0.1  # between two submissions: twenty last longer than a restart, and none falls between two of them


def actor(username: str) -> Actor:
    """Return somebody of the town by user name."""
    return people.get_actor(Account.objects.get(username=username).id, at=MONDAY)


def copies(draft_id: UUID, number: int) -> list[UUID]:
    """Return that many drafts like this one; its files are shared."""
    materials = list(Material.objects.filter(application_id=draft_id))
    made = []
    for _ in range(number):
        draft = Application.objects.get(id=draft_id)
        draft.id = uuid4()
        draft.save(force_insert=True)
        for one in materials:
            Material.objects.create(application=draft, code=one.code, satisfier=one.satisfier, files=one.files, updated_at=MONDAY)
        made.append(draft.id)
    return made


def submit(draft_id: UUID) -> None:
    """Submit as a browser does that tries again with the same key."""
    one = applications.Submission(application_id=draft_id, idempotency_key=f"key {draft_id}", declaration=True)
    applications.submit([one], by=actor("wangfang"), at=MONDAY)


def approve(case_id: UUID) -> None:
    """Approve as a clerk does who tries again."""
    approval = cases.Approval(case_id=case_id, results=newborn.results_for(Case.objects.get(id=case_id), MONDAY))
    cases.approve([approval], by=actor("hospital-officer"), at=MONDAY)


def steps(what: str, subject: str) -> None:
    """Do one act again and again, killed one step later each time."""
    act, died, step = {"submit": submit, "approve": approve}[what], 0, 1

    def work() -> None:
        die_at(step)
        try:
            act(UUID(subject))
        except DomainError as error:  # it was done before the kill: the second try says so calmly
            report("said", type(error).__name__)

    while has_died(fork(work)):
        died, step = died + 1, step + 1
    report("died", died)


def serve_outbox() -> None:
    """Deliver events until told to stop."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    report("ready")
    worker.deliver_until(stop, f"busy-{os.getpid()}")


def counter(number: str) -> None:
    """Submit through the API, again with the same key whenever the answer is 503."""
    from tests.town.standing import found

    town = found(MONDAY)
    by = town.wang_fang.actor
    drafts = copies(newborn.fill_in(by, MONDAY), int(number))
    token, _ = identity.issue_token(by=by, at=clock.now())
    client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {token}"})
    report("ready")
    for draft_id in drafts:
        _until_through(client, draft_id)
        time.sleep(EVERY_SECONDS)
    report("done")


def _until_through(client: Any, draft_id: UUID) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        close_old_connections()  # as the server does before each request; the test client leaves it out
        answer = client.post(
            f"/api/v1/applications/{draft_id}/submit",
            {"declaration": True},
            content_type="application/json",
            headers={"Idempotency-Key": str(draft_id)},
        )
        kind = answer["Content-Type"].partition(";")[0]
        report("answer", answer.status_code, kind, answer.headers.get("Retry-After", "-"))
        if answer.status_code != 503:
            return
        time.sleep(0.1)


if __name__ == "__main__":
    programs: dict[str, Callable[..., None]] = {"steps": steps, "worker": serve_outbox, "counter": counter}
    programs[sys.argv[1]](*sys.argv[2:])
