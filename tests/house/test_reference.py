"""The generated reference is what the code says now."""

from pathlib import Path

from tests.house import sources
from yijianshi.cases.logic.states import ACTIONS, State
from yijianshi.config import reference

FOLDER = "docs/reference"


def test_the_reference_is_up_to_date() -> None:
    broken = [f"{FOLDER}/{name}" for name in reference.write(check_only=True)]
    assert not broken, sources.told(broken, "Run `make reference` and commit what it writes.")


def test_checking_writes_nothing(tmp_path: Path) -> None:
    assert sorted(reference.write(check_only=True, folder=tmp_path)) == sorted(reference.PAGES)
    assert not list(tmp_path.iterdir())
    reference.write(folder=tmp_path)
    assert reference.write(folder=tmp_path) == []


def test_every_state_and_action_is_explained() -> None:
    page = sources.read(f"{FOLDER}/states.md")
    broken = [str(one) for one in (*State, *ACTIONS) if f"`{one}`" not in page]
    assert not broken, sources.told(
        broken, "Give the state a text in cases/logic/states.py, the action its row, then run `make reference`."
    )
