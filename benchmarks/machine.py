"""What a reader must know of the machine to judge a ratio; nothing that identifies it."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any


def describe(**more: Any) -> dict[str, Any]:
    """Processors, memory and load; `more` adds what the benchmark knows, such as the database's durability settings."""
    return {
        "processors": os.cpu_count(),
        "memory_gib": _memory_gib(),
        "load_at_start": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "system": platform.system(),
        **more,
    }


def _memory_gib() -> float:
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemTotal:"):
            return round(int(line.split()[1]) / 1024**2, 1)
    return 0.0
