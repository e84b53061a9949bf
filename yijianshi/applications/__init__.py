"""Applications (申请): one guided form for one thing, from the first answer to the single submission.

Five words: *draft* (what is still being filled in), *fact* (one answer or result), *material* (one document and how it is met),
*letter* (a commitment the applicant gave), *submission* (the one atomic, idempotent act that starts the cases).
Doors: ``commands`` and ``queries`` for the rooms above, ``api`` for the public. Nothing here knows departments' cases.
"""
