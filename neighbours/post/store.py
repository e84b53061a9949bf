"""What was taken: each message once by its id, with how often it came."""

import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

_TABLE = """
CREATE TABLE IF NOT EXISTS message (kind TEXT NOT NULL, id TEXT NOT NULL, addressee TEXT NOT NULL, subject TEXT NOT NULL,
    text TEXT NOT NULL, at REAL NOT NULL, came INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (kind, id));
"""
KINDS = {
    "normal": ("正常", "normal"),
    "slow": ("很慢：每次都等几秒", "slow: waits some seconds each time"),
    "down": ("停机：一律说忙", "down: busy to everything"),
    "garbage": ("回答读不懂", "unreadable answers"),
    "refuse": ("一律拒收", "refuses everything"),
    "forgetful": ("收下了，却说没收", "takes it and says it did not"),
}


class Store:
    """One file for both; one writer at a time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._db = sqlite3.connect(folder / "post.sqlite3", check_same_thread=False, isolation_level=None, timeout=30)
        self._db.row_factory = sqlite3.Row
        self._db.executescript(_TABLE)
        self.behaviour, self.seconds = "normal", 3.0

    def take(self, kind: str, message: dict[str, str]) -> bool:
        """Keep a message and return whether it is new; one that was here before is only counted."""
        row = (kind, message["id"], message["to"], message.get("subject", ""), message["text"], time.time())
        with self._lock:
            new = self._db.execute("INSERT OR IGNORE INTO message VALUES (?, ?, ?, ?, ?, ?, 1)", row).rowcount == 1
            if not new:
                self._db.execute("UPDATE message SET came = came + 1 WHERE kind = ? AND id = ?", (kind, message["id"]))
            return new

    def all(self) -> list[dict[str, Any]]:
        """Return everything taken, newest first."""
        with self._lock:
            return [dict(row) for row in self._db.execute("SELECT * FROM message ORDER BY at DESC, id LIMIT 500")]

    def behave(self, kind: str, seconds: float = 3.0) -> None:
        """Behave so from now on; raises ValueError for what nobody knows."""
        if kind not in KINDS or not 0 <= seconds <= 60:
            raise ValueError(f"{kind!r} {seconds}: {', '.join(KINDS)}; 0–60")
        self.behaviour, self.seconds = kind, seconds

    def wait(self) -> None:
        """Take the time a slow server takes."""
        if self.behaviour == "slow":
            time.sleep(self.seconds)

    def close(self) -> None:
        """Close the file."""
        self._db.close()
