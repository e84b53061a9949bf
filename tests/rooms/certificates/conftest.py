"""The town, and certificates in its people's hands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.town.people import JINSHUI, MONDAY, Town, Townsperson, found_town
from yijianshi.certificates import commands
from yijianshi.certificates.logic.face import Face, FaceField
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.identity.queries.organisations import forget_organisations
from yijianshi.kernel.text import Text

MARRIAGE = Face(
    code="marriage-certificate",
    catalogue_code="11410000YJ0000007A002",
    name=Text("结婚证", "Marriage certificate"),
    statement=Text("准予登记，发给此证。", "The marriage is registered."),
    layout="booklet",
    fields=(
        FaceField("marriage.holder_name", Text("持证人", "Holder")),
        FaceField("marriage.spouse_name", Text("配偶", "Spouse")),
        FaceField("marriage.registered_on", Text("登记日期", "Registered on"), "DATE"),
    ),
)

IssueTo = Callable[..., UUID]


@pytest.fixture
def town(db: None) -> Town:
    """Return the town, with a directory of organisations that belongs to this test alone."""
    forget_organisations()
    return found_town()


def marriage_of(town: Town, holder: Townsperson, spouse: str, **changes: Any) -> commands.Issue:
    """Return a marriage certificate to issue."""
    wanted = commands.Issue(
        type_code="marriage-certificate",
        issuer_organisation_id=town.organisations["government-service"],
        holder_kind="PERSON",
        holder_person_id=holder.person_id,
        holder_name=holder.actor.name,
        holder_id_number="410105199505122264",
        number="J410105-2023-000101",
        fields={
            "marriage.holder_name": holder.actor.name,
            "marriage.spouse_name": spouse,
            "marriage.registered_on": "2023-05-20",
        },
        valid_from=date(2023, 5, 20),
        region=JINSHUI,
        face=MARRIAGE,
    )
    return replace(wanted, **changes)


@pytest.fixture
def issue_to(town: Town) -> IssueTo:
    """Return a function that issues a marriage certificate to somebody."""

    def issue(holder: Townsperson, spouse: str = "某某", **changes: Any) -> UUID:
        return commands.issue([marriage_of(town, holder, spouse, **changes)], by=SYSTEM, at=MONDAY)[0]

    return issue
