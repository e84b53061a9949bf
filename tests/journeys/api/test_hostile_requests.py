"""Whatever a program sends, the API answers with what its document says, and never with a server error."""

import gc
import os
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, settings
from pytest_django import DjangoDbBlocker

from tests.town import newborn
from tests.town.people import MONDAY, Town
from tests.town.standing import committed_town
from yijianshi.foundation import clock
from yijianshi.identity import commands as identity

EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "6"))  # for each operation and each kind of person
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
schema.config.phases.coverage.enabled = os.environ.get("HOSTILE_COVERAGE") == "1"  # every boundary of every field: minutes


# Temporary files of uploads that break off half-way are closed by the collector, later than the request.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


class World:
    """Who sends, and ids that exist, so that requests reach further than the door."""

    def __init__(self, town: Town) -> None:
        self.draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
        people = {"citizen": town.wang_fang.actor, "staff": town.staff["hospital"].actor}
        self.tokens = {kind: identity.issue_token(by=by, at=MONDAY)[0] for kind, by in people.items()}
        self.submitted_id = self._submitted(town)
        self.case_id = newborn.case_of(self.submitted_id, "birth-certificate-first-issue").id

    def _submitted(self, town: Town) -> UUID:
        newborn.submit(self.draft_id, town.wang_fang.actor, MONDAY)
        newborn.deliver_events()
        done, self.draft_id = self.draft_id, newborn.fill_in(town.wang_fang.actor, MONDAY)
        return done

    def known(self, path: str) -> dict[str, Any]:
        """Return ids that exist for the parameters of *path*."""
        draft = any(path.endswith(end) for end in ("/draft", "/submit")) or "/materials/" in path or "/letters/" in path
        return {
            "application_id": str(self.draft_id if draft else self.submitted_id),
            "case_id": str(self.case_id),
            "code": "marriage-certificate" if "/materials/" in path else "newborn",
            "action": "approve",
        }


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The run's database, open for the whole module and committed to (the plugin looks for this name to make the database)."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def world(db: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """A town with a draft and a submitted application; emptied at the end."""
    stands = clock.now
    clock.now = lambda: MONDAY
    with committed_town(django_db_blocker) as town:
        yield World(town)
    clock.now = stands
    gc.collect()  # the half-read uploads end here, not in somebody else's test


@pytest.mark.parametrize("kind", ["citizen", "staff"])
@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_ends_in_a_server_error(case: "schemathesis.Case[Any]", kind: str, world: World) -> None:
    known = world.known(case.path)
    for name in case.path_parameters or {}:
        if name in known and case.meta is not None and len(str(case.path_parameters[name])) % 2:
            case.path_parameters[name] = known[name]
    response = case.call(headers={"Authorization": f"Bearer {world.tokens[kind]}"})
    assert response.status_code < 500, (case.method, case.formatted_path, response.text[:500])
    if response.status_code >= 400 and response.status_code != 405:
        assert response.headers["content-type"][0].startswith("application/problem+json"), response.text[:300]
