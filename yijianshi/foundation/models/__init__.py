"""The tables of the foundation."""
