"""Child processes are watched and never left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from yijianshi.config import children


def python(name: str, program: str, log: Path | None = None) -> children.Child:
    process = subprocess.Popen([sys.executable, "-c", program], stdout=log.open("ab") if log else None, stderr=subprocess.STDOUT)
    return children.Child(name, process, log)


def test_they_are_asked_to_stop_and_have_stopped() -> None:
    ours = [python("a", "import time; time.sleep(60)"), python("b", "import time; time.sleep(60)")]
    with pytest.raises(SystemExit), children.stopping(ours):
        raise SystemExit(0)
    assert [child.process.returncode for child in ours] == [-signal.SIGTERM] * 2


def test_one_that_dies_is_told_with_the_end_of_its_log(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    log.touch()
    with log.open("ab") as out:
        process = subprocess.Popen([sys.executable, "-c", "print('no such table'); raise SystemExit(3)"], stdout=out)
    child = children.Child("web", process, log)
    with children.stopping([child]), pytest.raises(children.ChildDied, match=r"(?s)web .*3.*web\.log.*no such table"):
        children.watch([child])


def test_a_killed_parent_leaves_no_child_behind() -> None:
    program = (
        "import subprocess, sys, time; from yijianshi.config import children;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], preexec_fn=children._die_with_parent);"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    give_up = time.monotonic() + 10
    while Path(f"/proc/{child}").exists() and "State:\tZ" not in Path(f"/proc/{child}/status").read_text():
        assert time.monotonic() < give_up
        time.sleep(0.05)
    assert os.getpid() != child
