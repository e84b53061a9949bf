"""People, enterprises, organisations and staff: who somebody is, whom they may act for, and which door they may enter.

Five words: **Person** and **Enterprise** (who is served), **Organisation** and **Staff** (who serves), **Mandate** (who may act
for whom, for what, until when), **Account** (how somebody logs in), **Actor** (the frozen answer to "who is asking?").
Doors: ``queries``, ``commands``, ``entrance`` (who may enter a route), ``logic.actor``.
"""
