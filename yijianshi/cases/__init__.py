"""Cases (办件): what each department has to do for one application, in the order the results require.

Five words: *case* (one item at one department), *move* (one action of the state table), *clock* (what counts towards the limit),
*correction* (the one-time notice of what is missing), *decision* (approval or refusal with remedies).
Doors: ``commands`` and ``queries`` for the channels, ``api`` for staff, ``handlers`` for submitted applications,
``tasks`` for the clock.
"""
