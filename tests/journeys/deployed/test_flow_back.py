"""What is done in Zhengzhou stands at the national platform's simulator: a real server with a storage of its own."""

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from neighbours.departments.national import STATES
from tests.journeys.deployed.cities import ROOT, City, free_port, outstanding, until
from tests.journeys.deployed.conftest import TwoCities
from tests.journeys.deployed.people import RETIREMENT, fill_in, submit, work_everything
from yijianshi.config.demo.client import Client

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]

NOTICED_SECONDS = 6  # a running house looks at its list of neighbours every five


def started(city: City, folder: Path) -> "subprocess.Popen[bytes]":
    """Start the national platform beside a city."""
    key = city.run("neighbours", "key").strip()
    words = ["neighbours", "national", "--folder", str(folder), "--house", city.address, "--house-key", key]
    port = ["--port-base", str(free_port(18_900)), "--file", str(folder / "national.yaml")]
    return subprocess.Popen([sys.executable, "-m", *words, *port], cwd=ROOT, env=city.surroundings, stdout=subprocess.DEVNULL)


def reported(folder: Path) -> dict[str, str]:
    """Return case → state, as the national platform keeps it."""
    (file,) = folder.rglob("national*.sqlite3")
    with closing(sqlite3.connect(file)) as db:
        return dict(db.execute("SELECT BJBH, BJZT FROM BJ_JBXX").fetchall())


def test_every_case_stands_at_the_national_platform_in_the_end(cities: TwoCities, tmp_path: Path) -> None:
    city, file = cities.zhengzhou, tmp_path / "national.yaml"
    national = started(city, tmp_path)
    try:
        until(file.exists, "the national platform did not start")
        entered = json.loads((city.folder / "neighbours.yaml").read_text(encoding="utf-8"))["neighbours"]
        both = [*entered, *json.loads(file.read_text(encoding="utf-8"))["neighbours"]]
        (tmp_path / "both.yaml").write_text(json.dumps({"neighbours": both}), encoding="utf-8")
        city.run("neighbours", "apply", str(tmp_path / "both.yaml"))
        time.sleep(NOTICED_SECONDS)
        person = Client.enter(city.address, "liqiang")
        number = submit(person, fill_in(person, "retirement", RETIREMENT, "410105"))

        def over() -> bool:
            work_everything(city, ("social-security", "medical-insurance"))
            mine = {case: state for case, state in reported(tmp_path).items() if case.startswith(number)}
            return len(mine) == 2 and set(mine.values()) == {STATES["COMPLETED"]}

        until(over, f"the national platform does not know how it ended: {number}")
        until(lambda: not outstanding(city), lambda: f"under way: {outstanding(city)}")  # nothing is left for who is gone
        assert '"works"' in city.run("neighbours", "share", "--json")
    finally:
        national.terminate()
        national.wait(20)
        city.run("neighbours", "apply", str(city.folder / "neighbours.yaml"))
