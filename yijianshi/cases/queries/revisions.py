"""Whether the cases of an application have moved, for rooms above that tell others; ids alone, so no actor is asked."""

from uuid import UUID

from yijianshi.foundation import batch

_STANDING = """
SELECT md5(coalesce(string_agg(concat_ws(':', item_code, state, updated_at, promised_on, act_by), '|' ORDER BY position), ''))
FROM cases_case WHERE application_id = %s
"""


def revision_of(application_id: UUID) -> str:
    """Return a word that changes with every step of any case of the application, and only then."""
    ((found,),) = batch.select(_STANDING, [application_id])
    return str(found)
