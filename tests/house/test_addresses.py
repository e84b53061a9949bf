"""The project can be built anywhere: no address of a package host, no path of somebody's machine, no secret."""

import re

import pytest

from tests.house import sources

_HOSTS = ("pypi", "pythonhosted", "npmjs")  # without their endings: this file keeps its own rule
WRONG = (
    (re.compile(r"--(extra-)?index-url|--find-links|--trusted-host"), "an option naming a package index"),
    (re.compile(rf"({'|'.join(_HOSTS)})\.(org|com)|goproxy", re.I), "the address of a package host"),
    (re.compile(r"(?<![\w.])/(work|root|Users)/\w|(?<![\w.])/home/(?!\$|<)\w"), "a path of one machine"),
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"), "a private key"),
)
THIS = "tests/house/test_addresses.py"  # has to name what it looks for


def wrong(line: str) -> list[str]:
    """Return what a line gives away."""
    return [what for rule, what in WRONG if rule.search(line)]


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.org/simple",
        "https://files." + "pythonhosted" + ".org/x",
        "cd /" + "work/yijianshi",
        "/home/li/notes",
    ],
)
def test_such_lines_are_found(line: str) -> None:
    assert wrong(line)


@pytest.mark.parametrize("line", ["http://127.0.0.1:8000", "cd /srv/yijianshi", "homework/root", "/home/<user>/var"])
def test_other_lines_pass(line: str) -> None:
    assert not wrong(line)


def test_no_file_names_a_host_or_a_machine() -> None:
    broken = [
        f"{name}:{number}: {what}"
        for name in sources.files()
        if name != THIS and sources.is_text(name)
        for number, line in sources.lines(name)
        for what in wrong(line)
    ]
    assert not broken, sources.told(
        broken, "Take it out: where packages come from is the machine's own configuration, paths are relative."
    )


def test_lock_files_are_hashed_and_hold_no_address() -> None:
    locks = [name for name in sources.files() if re.search(r"requirements[^/]*/[\w-]+\.txt$|requirements\.txt$", name)]
    broken = [
        f"{name}:{number}" for name in locks for number, line in sources.lines(name) if re.search(r"https?://|@ file:", line)
    ]
    broken += [f"{name}: no hashes" for name in locks if "--hash=sha256:" not in sources.read(name)]
    assert locks
    assert not broken, sources.told(
        broken, "Compile with --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host."
    )
