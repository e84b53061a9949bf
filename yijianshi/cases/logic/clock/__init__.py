"""The clock of a case: a ledger of dated entries, replayed day by day so that every due date can be explained.

entries.py what the ledger holds · ledger.py what the entries mean in law · replay.py the explained days and the state ·
due.py the due dates alone, fast · lamps.py green, yellow, red, black · validation.py what may be entered next.
The guarantees are told in docs/algorithms/clock.md.
"""
