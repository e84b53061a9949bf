"""How events leave the house: one careful request each, from a thread of the worker."""
