"""Pure words for every room: rules, working days, graphs, identifiers, bilingual text, errors.

No Django, no database, no network, no clock: values in, values out; ``today`` and ``now`` are arguments.
"""
