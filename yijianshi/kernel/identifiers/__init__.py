"""Numbers people and things carry: citizens, organisations, items, certificates, cases, telephones; and how to show them masked.

Each module has ``check_*`` (the first Problem or None), ``parse_*`` (the parts, or BadIdentifier) and, where we assign the number
ourselves, ``compose_*`` or ``make_*``. A problem says which part looks wrong and how to mend it; it never tells the right check
character, because that would turn any typing error into a valid number of somebody else.
"""
