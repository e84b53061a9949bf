"""The only way out of the house: neighbour systems, what is sent to them and what comes back, registers read, notices sent.

Five words: **Neighbour** (another organisation's system), **Connector** (how to talk to one kind of system), **Message** (one
thing told, in the order of its thread), **Thread** (all messages about one matter), **Courier** (who carries them).
Doors: ``commands``, ``queries``, ``events``, ``applying`` (where rooms above say what an incoming message means to them).
It knows organisations and people, not items or cases.
"""
