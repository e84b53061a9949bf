"""States and results flow back to other levels: each once, in order, and nothing that was not declared."""

from datetime import timedelta
from typing import Any

import pytest

from tests.rooms.exchange import acts
from tests.town import newborn
from tests.town.people import MONDAY, Town
from yijianshi.cases import commands as cases
from yijianshi.cases.commands import reporting
from yijianshi.cases.models import Case
from yijianshi.exchange import commands
from yijianshi.exchange.connectors.port import ThreadState
from yijianshi.exchange.models import Outgoing
from yijianshi.foundation import history
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.identifiers.masks import mask_id_number

BIRTH = "birth-certificate-first-issue"


def told_to(code: str, **reports: Any) -> dict[str, Any]:
    """Return the entry of a system of another level."""
    return {
        "code": code,
        "name": {"zh": "上级平台", "en": "Platform above"},
        "connector": "http_push",
        "options": {"address": "http://127.0.0.1:9"},
        "public_key": acts.PUBLIC.hex(),
        "reports": {"level": "up", **reports},
    }


def enter(*entries: dict[str, Any]) -> None:
    commands.apply_neighbours({"neighbours": list(entries)}, by=SYSTEM, at=MONDAY)


def number_of(town: Town) -> str:
    assert town.wang_fang.actor.person_id
    return identity.get_person(town.wang_fang.actor.person_id, SYSTEM).id_number


def submitted(town: Town) -> Case:
    draft_id = newborn.fill_in(town.wang_fang.actor, MONDAY)
    newborn.submit(draft_id, town.wang_fang.actor, MONDAY)
    newborn.deliver_events()
    return Case.objects.get(application_id=draft_id, item_code=BIRTH)


def said(code: str, case: Case, kind: str = "states") -> list[dict[str, Any]]:
    rows = Outgoing.objects.filter(neighbour=code, about=f"{case.number}:{kind}").order_by("sequence")
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
    return [acts.body_of(row)["report"] for row in rows]


def decide(town: Town, case: Case) -> None:
    newborn.approve(town, case.application_id, BIRTH, MONDAY)
    newborn.deliver_events()


def test_every_change_of_state_is_told_once_and_in_order(town: Town) -> None:
    enter(told_to("national"))
    case = submitted(town)
    decide(town, case)
    lines = [line.entry for line in history.list_for("case", case.id)]
    changes = [(one.from_state, one.to_state) for one in lines if one.from_state != one.to_state]
    assert [(one.get("from_state", ""), one["state"]) for one in said("national", case)] == changes
    assert len(changes) >= 3
    for _time in range(3):
        assert reporting.report([case.id], at=MONDAY) == 0
    assert len(said("national", case)) == len(changes)


def test_every_case_of_the_application_is_told(town: Town) -> None:
    enter(told_to("national"))
    case = submitted(town)
    numbers = set(Case.objects.filter(application_id=case.application_id).values_list("number", flat=True))
    threads = Outgoing.objects.filter(neighbour="national", kind="report.state").values_list("about", flat=True)
    assert {about.removesuffix(":states") for about in threads} == numbers


def test_a_result_names_its_certificate_and_no_person(town: Town) -> None:
    enter(told_to("national", kinds=["results"]))
    case = submitted(town)
    decide(town, case)
    (result,) = said("national", case, "results")
    assert result["outcome"] == "APPROVED"
    assert [one["type"] for one in result["certificates"]] == ["birth-certificate"]
    assert len(result["applicant_number"]) == 64
    assert number_of(town) not in str(result)
    assert not {name for name in result if "." in name}  # no fact that was not declared
    assert not said("national", case)


def test_each_neighbour_gets_another_digest_and_only_what_it_declared(town: Town) -> None:
    masked = told_to("city", level="down", regions=["4101"], number="masked", state_fields=["case", "applicant_number", "state"])
    enter(told_to("national"), told_to("province"), masked)
    case = submitted(town)
    numbers = [said(code, case)[0]["applicant_number"] for code in ("national", "province", "city")]
    assert len(set(numbers)) == 3
    assert numbers[2] == mask_id_number(number_of(town))
    assert set(said("city", case)[0]) == {"case", "applicant_number", "state"}


def test_a_fact_goes_along_only_when_named_and_under_their_name(town: Town) -> None:
    fact = "birth_certificate.number"
    enter(
        told_to(
            "national",
            kinds=["results"],
            facts=[fact],
            names={fact: "CSZMBH", "outcome": "JG"},
            codes={"outcome": {"APPROVED": "1"}},
        )
    )
    case = submitted(town)
    decide(town, case)
    (result,) = said("national", case, "results")
    assert result["CSZMBH"]
    assert result["JG"] == "1"


def test_downwards_only_its_own_region_is_told(town: Town) -> None:
    enter(told_to("here", level="down", regions=["4101"]), told_to("elsewhere", level="down", regions=["4403"]))
    case = submitted(town)
    assert case.region.startswith("4101")
    assert said("here", case)
    assert not Outgoing.objects.filter(neighbour="elsewhere").exists()


def test_who_comes_later_is_told_from_the_start_and_once(town: Town) -> None:
    enter()
    case = submitted(town)
    decide(town, case)
    assert not Outgoing.objects.exists()
    enter(told_to("national"))
    first = reporting.catch_up("national", at=MONDAY, since=timedelta(days=60))
    assert first == Outgoing.objects.filter(neighbour="national").count() > 10
    assert reporting.catch_up("national", at=MONDAY, since=timedelta(days=60)) == 0
    assert said("national", case)[-1]["state"] in {"DECIDED", "COMPLETED"}


def test_a_wish_added_later_begins_its_own_thread(town: Town) -> None:
    enter(told_to("national", kinds=["states"]))
    case = submitted(town)
    decide(town, case)
    before = len(said("national", case))
    enter(told_to("national"))
    reporting.report([case.id], at=MONDAY)
    assert len(said("national", case)) == before
    assert len(said("national", case, "results")) == 1


def test_nobody_listening_writes_nothing(town: Town) -> None:
    enter(told_to("national", regions=["44"]))
    case = submitted(town)
    cases.accept([case.id], by=newborn.officer_of(town, case), at=MONDAY)
    newborn.deliver_events()
    assert not Outgoing.objects.exists()


def test_reconciliation_sends_reports_again_that_the_other_side_lost(town: Town) -> None:
    enter(told_to("national"))
    case = submitted(town)
    Outgoing.objects.update(delivered_at=MONDAY)

    class Forgetful:
        """Has had every thread up to nothing."""

        def threads(self, abouts: Any) -> list[ThreadState]:
            return [ThreadState(about, 0, 0) for about in abouts]

    found = commands.reconcile("national", Forgetful(), at=MONDAY + timedelta(hours=1))  # type: ignore[arg-type]
    assert found.sent_again == Outgoing.objects.filter(neighbour="national").count() > 0
    assert said("national", case)


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "down"},
        {"level": "sideways"},
        {"regions": ["41a"]},
        {"kinds": []},
        {"state_fields": ["phone"]},
        {"number": "whole", "state_fields": ["case"], "result_fields": ["case"]},
        {"more": True},
    ],
)
def test_a_wish_that_makes_no_sense_is_refused_whole(town: Town, wrong: dict[str, Any]) -> None:
    with pytest.raises(commands.NeighbourFileWrong):
        enter(told_to("national", **wrong))
