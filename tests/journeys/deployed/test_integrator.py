"""The examples of docs/examples, run as an integrator would: a key, a webhook, one application, and the receiver hears."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.deployed.cities import ROOT, free_port, until
from tests.journeys.deployed.conftest import TwoCities
from tests.journeys.deployed.people import fill_in
from yijianshi.config.demo.client import ApiRefused, Client

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]
EXAMPLES = ROOT / "docs" / "examples"


@contextmanager
def receiving(port: int, secret: str, folder: Path) -> Iterator[Path]:
    """Run the receiver of the examples and yield the file it prints to."""
    out = folder / "events.jsonl"
    with out.open("wb") as file:
        program = subprocess.Popen([sys.executable, str(EXAMPLES / "receiver.py"), str(port), secret], stdout=file)
    try:
        yield out
    finally:
        program.kill()
        program.wait(10)


def heard(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_the_examples_work_as_they_are_printed(cities: TwoCities, tmp_path: Path) -> None:
    city = cities.zhengzhou
    person = Client.enter(city.address, "zhaojianguo")
    made = person.post("/keys", {"name": "example", "days": 1})
    assert made["key"].startswith("yjs_test_")
    port = free_port(18_700)
    webhook = person.post("/webhooks", {"address": f"http://127.0.0.1:{port}/", "kinds": ["applications.submitted"]})
    known = {"pension.insured_as": "FLEXIBLE", "pension.file_review": False, "pension.has_fund": False,
             "pension.is_only_child_parent": False}  # fmt: skip
    draft = person.post("/applications", {"thing": "retirement", "answers": known})
    ready = fill_in(person, "retirement", known, "410105")
    assert ready["id"] == draft["id"]  # the example goes on with it, as a program that was stopped would
    with receiving(port, webhook["secret"], tmp_path) as out:
        command = [sys.executable, str(EXAMPLES / "client.py"), city.address, made["key"], "retirement", json.dumps(known), "{}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        said = json.loads(done.stdout)
        until(lambda: heard(out), "the receiver heard nothing", 60)
        (event,) = heard(out)
        assert (event["kind"], event["application"]) == ("applications.submitted", said["application"])
        assert person.post(f"/webhooks/{webhook['id']}/replay", {"since": "2026-01-01T00:00:00Z"})["events"] == 1
        (logged,) = person.get(f"/webhooks/{webhook['id']}/events")
        until(lambda: person.get(f"/webhooks/{webhook['id']}/events")[0]["attempts"] == 1, "it was not sent again", 60)
        assert logged["id"] == event["id"]
    person.call("DELETE", f"/keys/{made['id']}")
    with pytest.raises(ApiRefused):
        Client(city.address, {"Authorization": f"Bearer {made['key']}"}).get("/me")
