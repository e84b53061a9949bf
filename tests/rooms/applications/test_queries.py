"""How often a draft asks the database: a page may ask twelve times at most."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.applications import queries

MOST = 10  # leaves two for the session and the actor


def test_working_out_a_draft_stays_within_its_queries(town: Town) -> None:
    by = town.wang_fang.actor
    draft_id = newborn.fill_in(by, MONDAY)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries.get_draft(draft_id, by=by, at=MONDAY)
    assert len(asked) <= MOST, [query["sql"][:90] for query in asked.captured_queries]
