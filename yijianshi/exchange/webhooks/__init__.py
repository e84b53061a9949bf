"""Webhooks: programs of people and enterprises hear at once what happened to the matters those may see.

Doors: ``notify`` of the notices writes what is to be told (``commands.record``), the worker sends it (``entrance.sending``),
``api`` is for the programs. Nothing personal travels: what happened, to which application, and where to ask.
"""
