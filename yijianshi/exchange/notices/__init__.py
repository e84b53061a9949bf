"""Notices (消息): what people are told, on the site and by text message or e-mail, when and how they wish.

Five words: **Notice** (one thing told to one person), **Delivery** (one text message or e-mail, holding one notice or a day's
digest), **Preference** (by which ways, when not), **Sender** (one kind of gateway), **Digest** (a day's notices in one).
Doors: ``commands.notify`` for the rooms above, ``queries`` and the other commands for the channels, ``tasks`` for the worker.
It knows people, not items or cases: what happened is put into words above.
"""
