"""One file for each outside system: its tables, its names and codes, what it checks, what it answers."""
