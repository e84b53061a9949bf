"""The PostgreSQL that comes with the house: started on demand, shared by every process that needs it, stopped by the last one.

Two file locks carry all of it. ``start.lock`` is held while starting or stopping, so two starts never collide. ``users.lock``
is held shared by everybody who uses the server; whoever can take it alone is the last and stops the server. Locks die with their
process, so a killed process leaves nothing to clean up. A first start that was interrupted leaves only a half-made folder, which
the next one removes.
"""

import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from yijianshi.config import postgres_home
from yijianshi.config.postgres_home import Home

ROLE = "yijianshi"
DATABASE = "yijianshi"
_START_SECONDS = 90  # after a crash the server first replays its log
_CONF = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = 128MB
max_wal_size = 2GB
timezone = 'UTC'
log_timezone = 'UTC'
"""


class PostgresTrouble(Exception):
    """The embedded PostgreSQL could not be started; the message says why and what to do."""


@dataclass
class Handle:
    """One process's use of the server; give it back with release()."""

    home: Home
    users: IO[bytes]

    def release(self) -> None:
        """Give the server back; the last user stops it, leaving a consistent data directory."""
        with _lock(self.home):
            try:
                fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                if _is_alive(self.home):
                    _run("pg_ctl", self.home, "-w", "-m", "fast", "stop")
            self.users.close()


def start(home: Home, settings: Sequence[str] = ()) -> Handle:
    """Start the server if it is not running and return a handle on it.

    *settings* are ``name=value`` (a test server's shortcuts). Raises PostgresTrouble.
    """
    try:
        postgres_home.make_folders(home)
        with _lock(home):
            if not (home.data / "PG_VERSION").exists():
                _create(home)
            if not _is_answering(home):
                _launch(home, settings)
            users = (home.base / "users.lock").open("ab")
            fcntl.flock(users, fcntl.LOCK_SH)
    except PermissionError as error:
        raise PostgresTrouble(_no_permission(error.filename or home.base)) from error
    return Handle(home, users)


@contextmanager
def running(home: Home, settings: Sequence[str] = ()) -> Iterator[Home]:
    """Keep the server running for the length of the block."""
    handle = start(home, settings)
    try:
        yield home
    finally:
        handle.release()


@contextmanager
def running_with_database(home: Home, settings: Sequence[str] = ()) -> Iterator[Home]:
    """Keep the server running for the length of the block, with the house's own database in it."""
    with running(home, settings):
        ensure_database(home)
        yield home


def ensure_database(home: Home, name: str = DATABASE) -> None:
    """Create the database *name* unless it is there."""
    with _connect(home) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def restart(home: Home) -> None:
    """Restart the server as after a power cut, for the fault tests; its users' connections break."""
    with _lock(home):
        _run("pg_ctl", home, "-w", "-m", "immediate", "restart")


def url(home: Home, name: str = DATABASE) -> str:
    """Return the address of the database *name* as a DATABASE_URL."""
    return f"postgresql://{ROLE}@/{name}?host={home.sockets}"


def _create(home: Home) -> None:
    for leftover in home.base.glob("data.new-*"):
        shutil.rmtree(leftover)
    half = home.base / f"data.new-{os.getpid()}"
    options = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    _execute("initdb", ["-D", str(half), "-U", ROLE, "--auth=trust", *options], home)
    with (half / "postgresql.conf").open("a") as conf:
        conf.write(_CONF)
    half.rename(home.data)


def _launch(home: Home, settings: Sequence[str]) -> None:
    if not _is_alive(home):
        options = " ".join([f"-k '{home.sockets}'", *(f"-c {setting}" for setting in settings)])
        _run("pg_ctl", home, "-w", "-t", str(_START_SECONDS), "-l", str(home.log), "-o", options, "start")
    give_up = time.monotonic() + _START_SECONDS
    while not _is_answering(home):
        if time.monotonic() > give_up:
            raise PostgresTrouble(_did_not_start(home))
        time.sleep(0.1)


def _is_alive(home: Home) -> bool:
    return _system("pg_ctl", ["-D", str(home.data), "status"], subprocess.DEVNULL) == 0


def _is_answering(home: Home) -> bool:
    try:
        _connect(home).close()
    except psycopg.OperationalError:
        return False
    return True


def _connect(home: Home) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(host=str(home.sockets), user=ROLE, dbname="postgres", autocommit=True, connect_timeout=5)


def _run(program: str, home: Home, *arguments: str) -> None:
    _execute(program, ["-D", str(home.data), *arguments], home)


def _execute(program: str, arguments: list[str], home: Home) -> None:
    # The server inherits stdout and stderr: a pipe here would never close, so its words go to the log file.
    with home.log.open("ab") as log:
        status = _system(program, arguments, log.fileno())
    if status != 0:
        raise PostgresTrouble(_did_not_start(home))


def _system(program: str, arguments: list[str], out: int) -> int:
    who = postgres_home.account()
    return subprocess.run(  # noqa: S603  our own programs
        [str(postgres_home.programs() / program), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=out,
        cwd="/",
        start_new_session=True,
        user=who.pw_uid if who else None,
        group=who.pw_gid if who else None,
        extra_groups=[] if who else None,
        check=False,
    ).returncode


@contextmanager
def _lock(home: Home) -> Iterator[None]:
    with (home.base / "start.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _did_not_start(home: Home) -> str:
    tail = "\n".join(home.log.read_text(errors="replace").splitlines()[-8:])
    return (
        f"自带的 PostgreSQL 没有启动成功。完整日志：{home.log}\n"
        f"The PostgreSQL that comes with the house did not start. Its whole log: {home.log}\n"
        f"也可以用环境变量 DATABASE_URL 指向您自己的数据库。 You may also point DATABASE_URL at a database of your own.\n{tail}"
    )


def _no_permission(path: str | Path) -> str:
    return (
        f"没有权限写入 {path}。请把它交给当前用户，或用 YIJIANSHI_VAR 指定一个可写的目录。\n"
        f"{path} may not be written to. Give it to the present user, or name a writable folder in YIJIANSHI_VAR."
    )
