"""Every field of every content file has a name in everyday words, and a form that changes nothing changes nothing."""

from pydantic import BaseModel

from yijianshi.catalogue.logic.schema import KINDS
from yijianshi.channels.authoring.forms.building import page_of
from yijianshi.channels.authoring.forms.kinds import fields_of, kind_at
from yijianshi.channels.authoring.forms.own_words import OWN
from yijianshi.channels.authoring.forms.wording import WORDS
from yijianshi.channels.authoring.presenting.comparing import compare


def models() -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = []
    waiting: list[type[BaseModel]] = list(KINDS.values())
    while waiting:
        model = waiting.pop()
        if model in found:
            continue
        found.append(model)
        for one in fields_of(model):
            kind = one.kind.entry or one.kind
            waiting += [kind.model] if kind.model else []
    return found


def test_every_field_has_words() -> None:
    nameless = [
        f"{model.__name__}.{one.key}"
        for model in models()
        for one in fields_of(model)
        if one.key not in WORDS and f"{model.__name__}.{one.key}" not in OWN
    ]
    assert not nameless


def test_no_words_for_fields_that_are_not_there() -> None:
    keys = {one.key for model in models() for one in fields_of(model)}
    every = {f"{model.__name__}.{one.key}" for model in models() for one in fields_of(model)}
    assert set(WORDS) <= keys
    assert set(OWN) <= every


def test_places_lead_to_their_page() -> None:
    item = KINDS["item"]
    assert page_of(item, ("limits", "promise", "working_days")) == ("limits",)
    assert page_of(item, ("needs", 0, "fact")) == ("needs", 0)
    assert page_of(item, ("needs",)) == ("needs",)
    assert page_of(item, ("name", "zh")) == ()
    assert kind_at(item, ("nowhere",)) is None


def test_long_stretches_without_change_are_counted() -> None:
    before = "\n".join(str(number) for number in range(30))
    rows = compare(before, before.replace("15", "fifteen"))
    assert [row.skipped for row in rows if row.tone == "gap"] == [12, 11]
    assert [(row.before, row.after) for row in rows if row.tone == "changed"] == [("15", "fifteen")]
    assert [row.tone for row in compare(None, "a\n")] == ["added"]
    assert [row.tone for row in compare("a\n", None)] == ["removed"]
