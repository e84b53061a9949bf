"""The peer's side of the pipe: answers each asked round with its seconds per unit of work and the proof of what was done."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Mapping


def serve(work: Callable[[], int], proof: Callable[[], Mapping[str, int]], prepare: Callable[[], object] = lambda: None) -> None:
    """Loop until the input closes. `work` returns how many units it did; `prepare` before and `proof` after it are untimed."""
    for _ in sys.stdin:
        prepare()
        seconds = timed(work)
        sys.stdout.write(json.dumps({"seconds": seconds, "proof": dict(proof())}) + "\n")
        sys.stdout.flush()


def timed(work: Callable[[], int]) -> float:
    """Seconds per unit of work; garbage of earlier rounds is collected before, not during, the timed part."""
    gc.collect()
    started = time.perf_counter()
    units = work()
    return (time.perf_counter() - started) / units
