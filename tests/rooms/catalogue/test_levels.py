"""Province to city: what differs becomes one proposal, proven by signature and digest; nothing of the city's own is touched."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gmssl_pyx
import pytest

from tests.rooms.catalogue.test_shelf import LIN, OLD, PATH, bring_in, on_shelf, proposed
from tests.unit.catalogue.stall import FILES
from yijianshi.catalogue import commands, levels
from yijianshi.catalogue.commands import ContentHasErrors
from yijianshi.catalogue.models import Proposal
from yijianshi.exchange import keys
from yijianshi.exchange.connectors.port import Away
from yijianshi.identity.logic.actor import SYSTEM
from yijianshi.kernel.errors import Forbidden

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
BETTER = FILES[PATH].replace(OLD, "promise: {working_days: 2")
PUBLIC, PRIVATE = gmssl_pyx.sm2_key_generate()
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(content: Path) -> None:
    commands.publish(content, by=SYSTEM, at=AT)


def card(role: str = "GIVE", public: str = "") -> Any:
    return SimpleNamespace(code="henan", entry=SimpleNamespace(content=role, public_key=public or keys.own().public.hex()))


class Province:
    """A connector to a province that answers from this very shelf, with *changed* texts; *spoil* tampers with the answer."""

    def __init__(self, changed: Mapping[str, str], spoil: Callable[[dict[str, Any]], None] = lambda answer: None) -> None:
        self.changed, self.spoil, self.asked = changed, spoil, 0

    def ask(self, question: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Answer as the province would."""
        assert question == "content"
        self.asked += 1
        own = levels.shelf_texts
        levels.shelf_texts = lambda: {**own(), **self.changed}  # type: ignore[assignment]
        try:
            answer = levels.give_template(card(), asked, AT)
        finally:
            levels.shelf_texts = own
        self.spoil(answer)
        return answer


def pulled(changed: Mapping[str, str]) -> commands.Pulled:
    theirs = levels.fetch_template(card("TAKE"), Province(changed))  # type: ignore[arg-type]
    return commands.propose_pulled("河南省", theirs, by=SYSTEM, at=AT)


def test_what_differs_becomes_a_proposal_that_two_people_approve() -> None:
    done = pulled({PATH: BETTER})
    assert done.files == (PATH,)
    assert on_shelf() == FILES[PATH]
    assert done.proposal_id is not None
    bring_in(done.proposal_id)
    assert on_shelf() == BETTER
    assert pulled({PATH: BETTER}).proposal_id is None


def test_pulling_again_gives_the_same_proposal_and_newer_news_replace_it() -> None:
    first, again = pulled({PATH: BETTER}), pulled({PATH: BETTER})
    assert first.proposal_id == again.proposal_id
    newer = pulled({PATH: BETTER.replace("working_days: 2", "working_days: 3")})
    assert newer.proposal_id != first.proposal_id
    assert Proposal.objects.get(id=first.proposal_id).state == "WITHDRAWN"


def test_what_the_place_says_for_itself_is_neither_given_nor_taken() -> None:
    answer = levels.give_template(card(), {"paths": ["orgs/orgs.yaml", PATH, "nothing.yaml"]}, AT)
    assert set(answer["texts"]) == {PATH}
    assert not [path for path in answer["shas"] if path.startswith(("orgs/", "bindings/")) or "/examples/" in path]
    assert commands.propose_pulled("x", {"orgs/orgs.yaml": "kind: x"}, by=SYSTEM, at=AT).files == ()


def test_files_only_this_place_has_are_named_and_left(content: Path) -> None:
    done = commands.propose_pulled("河南省", {PATH: FILES[PATH]}, by=SYSTEM, at=AT)
    assert done.proposal_id is None
    assert "things/stall/thing.yaml" in done.only_here
    assert on_shelf("things/stall/thing.yaml") == FILES["things/stall/thing.yaml"]


def test_news_that_would_break_this_place_are_refused_in_the_checks_words() -> None:
    with pytest.raises(ContentHasErrors) as refused:
        pulled({PATH: FILES[PATH].replace(OLD, "promise: {working_days: 4000")})
    assert PATH in refused.value.text.zh
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda answer: answer["texts"].update({PATH: "something else"}),
        lambda answer: answer["shas"].update({PATH: "0" * 64}),
        lambda answer: answer.update(signature=""),
        lambda answer: answer.update(shas=[]),
        lambda answer: answer["texts"].clear(),
    ],
)
def test_what_is_not_theirs_or_not_whole_changes_nothing(spoil: Callable[[dict[str, Any]], None]) -> None:
    with pytest.raises(Away):
        levels.fetch_template(card("TAKE"), Province({PATH: BETTER}, spoil))  # type: ignore[arg-type]
    with pytest.raises(Away):
        levels.fetch_template(card("TAKE", PUBLIC.hex()), Province({PATH: BETTER}))  # type: ignore[arg-type]


def test_a_long_template_comes_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levels, "PART_CHARACTERS", 10)
    changed = {path: f"{text}\n# news\n" for path, text in FILES.items() if path.startswith("items/")}
    province = Province(changed)
    found = levels.fetch_template(card("TAKE"), province)  # type: ignore[arg-type]
    assert {path: found[path] for path in changed} == changed
    assert province.asked == 1 + len(changed)


def test_only_named_levels_get_it_and_only_the_house_takes_it() -> None:
    for role in ("", "TAKE"):
        with pytest.raises(Forbidden):
            levels.give_template(card(role), {}, AT)
    with pytest.raises(Forbidden):
        commands.propose_pulled("x", {}, by=LIN, at=AT)
    assert proposed((OLD, "promise: {working_days: 3"))
