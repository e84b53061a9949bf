"""`python -m benchmarks.pages.visit --finished N`: set the stage in the database of DATABASE_URL.

Prints what to visit as one line of JSON. The town of the tests moves in; 王芳 has one draft and one application under way. An
earlier one of hers is carried through and copied N times, each copy for an applicant of its own at the same desks. Queries are
counted page by page: every statement psycopg sends, whoever asks for it.
"""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from typing import Any

import django

django.setup()  # before anything of the product is imported

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.handoff import finished  # noqa: E402
from tests.town import newborn, people  # noqa: E402
from yijianshi.applications import commands as applications  # noqa: E402
from yijianshi.cases import commands as cases  # noqa: E402
from yijianshi.cases.models import Case  # noqa: E402
from yijianshi.config.demo import answers  # noqa: E402
from yijianshi.foundation import clock, outbox  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages.visit")
    parser.add_argument("--finished", type=int, default=0)
    wanted = parser.parse_args().finished
    settings.ALLOWED_HOSTS = ["*"]
    at = clock.now()
    town = people.found_town(at)
    newborn.publish(at)
    if wanted:
        _finish(town, wanted, at)
    by = town.wang_fang.actor
    submitted = newborn.fill_in(by, at)
    newborn.submit(submitted, by, at)
    outbox.deliver_pending()
    asked = {**answers.GUIDE, "child.birth_date": clock.today(at).isoformat()}
    draft = applications.start(thing_code="newborn", answers=asked, declined=(), by=by, at=at)
    citizen, officer = _signed_in("wangfang"), _signed_in("police-officer")
    pages = {
        "bare": ("/bare/", citizen),
        "guide": ("/things/newborn/guide/", citizen),
        "form": (f"/applications/{draft}/form/child/", citizen),
        "worklist": ("/workbench/", officer),
        "tracking": (f"/applications/{submitted}/", citizen),
    }
    shown = {name: {"path": path, "cookie": _cookie(by_), "queries": _queries(path, by_)} for name, (path, by_) in pages.items()}
    print(json.dumps(shown))


def _finish(town: people.Town, wanted: int, at: datetime) -> None:
    """Carry one application through all its cases, and copy it."""
    by = town.wang_fang.actor
    application_id = newborn.fill_in(by, at)
    newborn.submit(application_id, by, at)
    outbox.deliver_pending()
    open_cases = Case.objects.filter(application_id=application_id, is_open=True)
    while ready := list(open_cases.filter(state="RECEIVED").values_list("item_code", flat=True)):
        newborn.approve(town, application_id, ready[0], at)
    for case in open_cases.filter(state="DECIDED"):
        cases.deliver([case.id], by=newborn.officer_of(town, case), at=at)
    if open_cases.exists():
        raise RuntimeError(f"Not everything could be decided: {list(open_cases.values_list('item_code', 'state'))}")
    finished.fill(application_id, wanted)


def _signed_in(username: str) -> Client:
    client = Client()
    answer = client.post("/login/", {"username": username, "password": people.PASSWORD})
    if answer.status_code != 302:
        raise RuntimeError(f"{username} could not sign in: {answer.status_code}")
    return client


def _cookie(client: Client) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def _queries(path: str, client: Client) -> int:
    """Visit twice, so that caches are as warm as in service, and count the statements of the second visit."""
    counted = 0
    original = psycopg.Cursor.execute

    def execute(self: Any, *arguments: Any, **named: Any) -> Any:
        nonlocal counted
        counted += 1
        return original(self, *arguments, **named)

    client.get(path)
    psycopg.Cursor.execute = execute  # type: ignore[method-assign]
    try:
        answer = client.get(path)
    finally:
        psycopg.Cursor.execute = original  # type: ignore[method-assign]
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return counted


if __name__ == "__main__":
    main()
