"""Doors of this room besides ``api``."""
