"""The desk: most urgent first, page after page, and a colour found wherever it is."""

from uuid import UUID

from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.cases import queries
from yijianshi.cases.models import Case
from yijianshi.foundation.ids import new_id


def copies(case: Case, number: int) -> None:
    """Put *number* more cases like this one on the desk."""
    made = []
    for serial in range(number):
        twin = Case.objects.get(id=case.id)
        twin.id, twin.application_id, twin.number = new_id(), new_id(), f"{case.number}-{serial}"
        made.append(twin)
    Case.objects.bulk_create(made)


def desk_of(town: Town) -> tuple[UUID, Case]:
    application_id = newborn.apply(town, MONDAY)
    return application_id, newborn.case_of(application_id, "birth-certificate-first-issue")


def test_pages_follow_each_other_without_gap_or_repetition(town: Town) -> None:
    _, case = desk_of(town)
    copies(case, 60)
    officer = newborn.officer_of(town, case)
    first = queries.list_worklist(by=officer, at=MONDAY)
    second = queries.list_worklist(by=officer, at=MONDAY, cursor=first.next_cursor)
    assert (len(first.rows), len(second.rows), second.next_cursor) == (50, 11, None)
    assert len({row.id for row in (*first.rows, *second.rows)}) == 61


def test_a_colour_is_found_beyond_the_first_page(town: Town) -> None:
    _, case = desk_of(town)
    copies(case, 60)
    Case.objects.filter(id=case.id).update(act_by=None)  # no day yet: grey, and last of all
    officer = newborn.officer_of(town, case)
    grey = queries.list_worklist(by=officer, at=MONDAY, filters=queries.WorklistFilters(lamp="GREY"))
    assert [row.id for row in grey.rows] == [case.id]
    assert grey.next_cursor is None
