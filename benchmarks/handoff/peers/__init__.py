"""The peers of the hand-off; they run in benchmarks/.venv and import nothing of the product."""
