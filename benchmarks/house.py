"""Running the product itself inside a benchmark: its surroundings, and a database brought up to date."""

from __future__ import annotations

import os
import subprocess
import sys

from benchmarks.frame import PeerCouldNotRun
from benchmarks.peers import ROOT


def surroundings(url: str) -> dict[str, str]:
    """The environment variables of a product process that works on the database at this address."""
    return {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "yijianshi.config.settings", "YIJIANSHI_MODE": "demo"}


def migrate(url: str) -> None:
    """Make the product's tables in an empty database. Raises PeerCouldNotRun."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    if subprocess.run(command, cwd=ROOT, env={**os.environ, **surroundings(url)}, check=False).returncode != 0:
        raise PeerCouldNotRun("The product's tables could not be made; see the messages above.")
