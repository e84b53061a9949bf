"""The benchmark's town, made through the product's own commands: content, organisations, officers, people and their drafts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from benchmarks.handoff import newborn
from yijianshi.applications.models import Application
from yijianshi.applications.queries.stored_facts import pack
from yijianshi.catalogue import commands as catalogue
from yijianshi.catalogue import queries as things
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.values import decode_answer
from yijianshi.foundation.ids import new_id
from yijianshi.identity import commands as identity
from yijianshi.identity import queries as people
from yijianshi.identity.commands import NewAccount, NewPerson, NewStaff
from yijianshi.identity.logic.actor import SYSTEM, Actor, ActorKind, Role
from yijianshi.kernel.identifiers.id_number import make_id_number
from yijianshi.kernel.identifiers.masks import mask_name

CONTENT = Path(__file__).with_name("content")
THING = "bench-newborn"
REGION = "410105"
_ROLES = frozenset({Role.CLERK, Role.OFFICER})
_PASSWORD = "five-calm-lakes"  # of invented officers in a database that is dropped after the run
_FIRST_BIRTHDAY = date(1980, 1, 1)


@dataclass
class Town:
    """Everything a round needs; `officers` by item, each at the organisation that decides it."""

    version_id: UUID
    thing: CompiledThing
    officers: dict[str, Actor]
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count())

    def people(self, count: int, at: datetime) -> list[Actor]:
        """Register new people and return them signed in; nobody applies twice, so that no wallet grows from round to round."""
        new = [NewPerson("王芳", _id_number(next(self._numbers)), REGION, "13800000000", "文化路 1 号院") for _ in range(count)]
        ids = identity.register_people(new, by=SYSTEM, at=at)
        citizen = frozenset({Role.CITIZEN})
        return [
            Actor(ActorKind.PERSON, account_id=new_id(), person_id=one, region=REGION, roles=citizen, name="王芳") for one in ids
        ]

    def drafts(self, by: Actor, serials: Sequence[int], at: datetime) -> list[UUID]:
        """Lay down one filled draft per serial; drafting is not part of the job, so this takes the short way to the table."""
        rows = [self._draft(by, serial, at) for serial in serials]
        Application.objects.bulk_create(rows)
        return [row.id for row in rows]

    def _draft(self, by: Actor, serial: int, at: datetime) -> Application:
        typed = {name: decode_answer(self.thing, name, _raw(value)) for name, value in _facts(serial).items()}
        return Application(
            thing_code=THING,
            version_id=self.version_id,
            region=REGION,
            applicant_kind="PERSON",
            applicant_id=by.person_id,
            applicant_label=mask_name(by.name),
            person_id=by.person_id,
            facts=pack(self.thing, typed),
            created_at=at,
            updated_at=at,
            expires_on=at.date() + timedelta(days=30),
        )


def found(at: datetime) -> Town:
    """Publish the benchmark's content, import its organisations, hire one officer for each item."""
    organisations = yaml.safe_load((CONTENT / "orgs" / "bench.yaml").read_text(encoding="utf-8"))["organisations"]
    catalogue.publish(CONTENT, by=SYSTEM, at=at)
    identity.import_organisations(organisations, by=SYSTEM, at=at)
    version_id, thing = things.get_current(THING, at.date())
    officers = {item: _officer(thing, item, at) for item in newborn.ITEMS}
    return Town(version_id, thing, officers)


def code_of(item: str) -> str:
    """The content's code of one of the six items: words joined by hyphens."""
    return item.replace("_", "-")


def results(item: str, serial: int) -> dict[str, Any]:
    """The peers' two result facts, under the names of the dictionary."""
    return {name.replace(f"{item}_", f"{item}."): value for name, value in newborn.result(item, serial).items()}


def _facts(serial: int) -> dict[str, Any]:
    """The form of `newborn.facts` with ID numbers whose check digits hold; the mother's own facts come from her sign-in."""
    facts = newborn.facts(serial) | {"father.id_number": make_id_number(REGION, date(1988, 5, 12), 1)}
    supplied = ("mother.name", "mother.id_number", "mother.phone", "mother.region", "mother.address")
    return {name: value for name, value in facts.items() if name not in supplied}


def _raw(value: Any) -> str:
    """As a form sends it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _id_number(number: int) -> str:
    day, order = divmod(number, 900)
    return make_id_number(REGION, _FIRST_BIRTHDAY + timedelta(days=day), order + 1)


def _officer(thing: CompiledThing, item: str, at: datetime) -> Actor:
    organisation = people.competent_organisation(thing.item(code_of(item)).department.kind, REGION)
    username = f"bench-{code_of(item)}"
    account = identity.register_staff(
        NewStaff(username, organisation.code, _ROLES, NewAccount(username, _PASSWORD)), by=SYSTEM, at=at
    )
    return people.get_actor(account, at=at)


def now() -> datetime:
    """The moment of an act."""
    return datetime.now(UTC)
