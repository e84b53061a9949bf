"""`python -m benchmarks.exchange.working`: the house's worker with its courier, which also knows the flood's kind of message."""

from __future__ import annotations

import django

django.setup()  # before anything of the product is imported; DJANGO_SETTINGS_MODULE comes from the caller

from benchmarks.exchange import flooding  # noqa: E402, F401  registers the kind
from yijianshi.exchange import courier  # noqa: E402
from yijianshi.foundation import worker  # noqa: E402

if __name__ == "__main__":
    worker.run_worker(beside={"courier": courier.run_courier})
