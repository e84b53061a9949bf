"""`python -m benchmarks.handoff.ours --together N --applications N`: the product itself as a process that answers rounds.

The address of its database comes in DATABASE_URL. Everything is on: permissions, history with leaves, outbox, certificates,
clock.
One application takes eight commits, one more than the peers: submit, split (the worker's delivery of the event), six approvals,
each of which accepts, decides, records the results, issues the certificate and releases what waited.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator, Sequence
from uuid import UUID, uuid4

import django

django.setup()  # before anything of the product is imported; DJANGO_SETTINGS_MODULE comes from the caller

from django.db import connection  # noqa: E402

from benchmarks import worker  # noqa: E402
from benchmarks.handoff import finished, newborn, town  # noqa: E402
from yijianshi.applications import commands as applications  # noqa: E402
from yijianshi.cases import commands as cases  # noqa: E402
from yijianshi.foundation import outbox  # noqa: E402
from yijianshi.identity.logic.actor import Actor  # noqa: E402

_CASES = "SELECT item_code, application_id, id FROM cases_case WHERE application_id = ANY(%s::uuid[])"
_PROOF = """
WITH mine AS (SELECT * FROM cases_case WHERE application_id = ANY(%(ids)s)),
     lines AS (SELECT * FROM foundation_history WHERE application_id = ANY(%(ids)s)),
     decided AS (SELECT mine.application_id, item_code, waits_for, lines.id AS line FROM mine
                 JOIN lines ON lines.subject_id = mine.id AND lines.action = 'approve')
SELECT (SELECT count(*) FROM (SELECT FROM mine GROUP BY application_id HAVING bool_and(state = 'COMPLETED')) AS done),
       (SELECT count(*) FROM cases_decision WHERE outcome = 'APPROVED' AND case_id IN (SELECT id FROM mine)),
       (SELECT count(*) FROM lines WHERE action IN ('submit', 'approve')),
       (SELECT count(*) FROM decided AS later, unnest(later.waits_for) AS waited WHERE NOT EXISTS (SELECT FROM decided AS earlier
        WHERE earlier.application_id = later.application_id AND earlier.item_code = waited AND earlier.line < later.line)),
       (SELECT count(*) FROM lines),
       (SELECT count(*) FROM certificates_certificate WHERE application_id = ANY(%(ids)s) AND state = 'VALID'),
       (SELECT count(*) FROM foundation_outbox)
"""
PROOF_NAMES = ("finished", "decided", "history", "before_upstream", "all_history", "certificates", "outbox")


class Ours:
    """Plays whole applications from submit to the last decision, `together` of them per call of each command."""

    def __init__(self, together: int, number: int) -> None:
        self._town = town.found(town.now())
        self._together = together
        self._number = number
        self._serial = itertools.count(1)
        self.done: list[UUID] = []
        self._prepared: list[tuple[Actor, list[UUID], list[int]]] = []

    def prepare(self) -> None:
        """Outside the timed part: new people with filled drafts, and fresh statistics."""
        groups = list(self._groups())
        at = town.now()
        applicants = self._town.people(len(groups), at)
        self._prepared = [(by, self._town.drafts(by, group, at), group) for by, group in zip(applicants, groups, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def work(self) -> int:
        self.done = []
        for by, drafts, serials in self._prepared:
            self._submit(by, drafts)
            desk = _desk(drafts)
            for item in newborn.ITEMS:
                self._approve(item, [desk[town.code_of(item), draft] for draft in drafts], serials)
            self.done += drafts
        return len(self.done)

    def proof(self) -> dict[str, int]:
        """Counted outside the timed part, once the notices have followed; then the next round is prepared, untimed as well."""
        outbox.deliver_pending()
        with connection.cursor() as cursor:
            cursor.execute(_PROOF, {"ids": self.done})
            counted = dict(zip(PROOF_NAMES, cursor.fetchone(), strict=True))
        self.prepare()
        return counted

    def _groups(self) -> Iterator[list[int]]:
        for start in range(0, self._number, self._together):
            yield list(itertools.islice(self._serial, min(self._together, self._number - start)))

    def _submit(self, by: Actor, drafts: Sequence[UUID]) -> None:
        handed_in = [
            applications.Submission(application_id=draft, idempotency_key=str(uuid4()), declaration=True, revision=1)
            for draft in drafts
        ]
        applications.submit(handed_in, by=by, at=town.now())
        outbox.deliver_pending()  # the split, and the receipt told to the applicant

    def _approve(self, item: str, case_ids: Sequence[UUID], serials: Sequence[int]) -> None:
        approvals = [
            cases.Approval(case_id=case_id, results=town.results(item, serial))
            for case_id, serial in zip(case_ids, serials, strict=True)
        ]
        cases.approve(approvals, by=self._town.officers[item], at=town.now())


def _desk(application_ids: Sequence[UUID]) -> dict[tuple[str, UUID], UUID]:
    """What the officers read off their worklists: (item, application) → case. Timed, though the peers need no such thing."""
    with connection.cursor() as cursor:
        cursor.execute(_CASES, [list(application_ids)])
        return {(item, application_id): case_id for item, application_id, case_id in cursor.fetchall()}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.handoff.ours")
    parser.add_argument("--together", type=int, default=1)
    parser.add_argument("--applications", type=int, default=64)
    parser.add_argument("--finished", type=int, default=0)
    given = parser.parse_args()
    ours = Ours(given.together, given.applications)
    ours.prepare()
    if given.finished:
        ours.work()
        finished.fill(ours.done[0], given.finished)
        ours.prepare()
    worker.serve(ours.work, ours.proof)


if __name__ == "__main__":
    main()
