"""The embedded server: interrupted first starts, two starts at once, last one out stops it."""

import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.conftest import FAST
from yijianshi.config import postgres, postgres_home
from yijianshi.config.postgres_home import Home


@contextmanager
def own_home() -> Iterator[Home]:
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield Home(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    """Return a server that has been started once."""
    with own_home() as home:
        postgres.start(home, FAST).release()
        yield home


@pytest.fixture
def new_home() -> Iterator[Home]:
    """Return where no server has ever been."""
    with own_home() as home:
        yield home


def is_up(home: Home) -> bool:
    try:
        psycopg.connect(postgres.url(home, "postgres")).close()
    except psycopg.OperationalError:
        return False
    return True


def test_life_of_a_server(new_home: Home) -> None:
    """One story, since a first start takes seconds: interrupted start, concurrent starts, data kept, last one out."""
    home = new_home
    home.base.mkdir(parents=True)
    leftover = home.base / "data.new-1"
    leftover.mkdir()
    (leftover / "PG_VERSION").write_text("half")

    handles: list[postgres.Handle] = []
    threads = [threading.Thread(target=lambda: handles.append(postgres.start(home, FAST))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(100)
    assert len(handles) == 3
    assert not leftover.exists()
    postgres.ensure_database(home)
    postgres.ensure_database(home)
    with psycopg.connect(postgres.url(home), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        assert connection.execute("SELECT count(*) FROM pg_stat_activity WHERE usename <> %s", [postgres.ROLE]).fetchone() == (0,)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)

    handles.pop().release()
    handles.pop().release()
    assert is_up(home)  # somebody still uses it
    handles.pop().release()
    assert not is_up(home)
    assert not (home.data / "postmaster.pid").exists()

    with postgres.running_with_database(home, FAST), psycopg.connect(postgres.url(home)) as connection:
        assert connection.execute("SELECT * FROM kept").fetchall() == []


def test_a_killed_user_does_not_keep_the_server_up(home: Home) -> None:
    program = (
        "import os; from pathlib import Path; from yijianshi.config import postgres, postgres_home;"
        f"postgres.start(postgres_home.Home(Path({str(home.var)!r}))); os.kill(os.getpid(), 9)"
    )
    handle = postgres.start(home, FAST)
    subprocess.run([sys.executable, "-c", program], check=False)
    handle.release()
    assert not is_up(home)


def test_fsync_stays_on_unless_a_test_asks_otherwise(home: Home) -> None:
    with postgres.running(home), psycopg.connect(postgres.url(home, "postgres")) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            assert connection.execute(f"SHOW {name}").fetchone() == ("on",)


def test_trouble_is_told_with_the_log_and_a_way_out(home: Home) -> None:
    conf = home.data / "postgresql.conf"
    good = conf.read_text()
    conf.write_text(good + "\nnonsense = 1\n")
    try:
        with pytest.raises(postgres.PostgresTrouble, match=r"(?s)server\.log.*DATABASE_URL.*nonsense"):
            postgres.start(home)
    finally:
        conf.write_text(good)


def test_only_its_owner_may_reach_the_socket(home: Home) -> None:
    with postgres.running(home, FAST):
        assert home.sockets.stat().st_mode & 0o777 == 0o700


def test_a_long_path_gets_a_short_socket_folder() -> None:
    deep = Home(Path("/tmp") / ("x" * 120))
    assert len(str(deep.sockets)) < 60


def test_below_a_closed_home_root_uses_the_system_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    assert not postgres_home.is_open_to_all(closed)
    monkeypatch.setattr(postgres_home.os, "geteuid", lambda: 0)
    assert Home(closed).base.parent == postgres_home.SYSTEM_STATE
    monkeypatch.setattr(postgres_home.os, "geteuid", lambda: 1000)
    assert Home(closed).base == closed / "postgres"
