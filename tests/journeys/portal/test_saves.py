"""这件事帮您省了什么: figures with their sums, for one's own answers as soon as there are any."""

from django.test import Client

from tests.journeys.portal.test_guide import answer_all
from tests.journeys.portal.test_matters import text_of
from tests.town.people import Town


def test_the_examples_show_their_sums(town: Town) -> None:
    text = text_of("/things/newborn/saves/")
    assert "妈妈申请，全部一起办，不用交材料" in text
    assert "分开办：1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 = 10；一起办：0" in text
    assert "答完几个问题" in text
    assert "按您的回答" not in text
    assert 'href="/things/newborn/saves/"' in Client().get("/things/newborn/").content.decode()


def test_figures_of_other_places_stand_apart_with_their_source(town: Town) -> None:
    text = text_of("/things/restaurant/saves/")
    assert "上海公开的办事指南" in text
    assert "这些是别处的数字，不进我们的算式。" in text


def test_own_answers_come_first(town: Town) -> None:
    browser = Client()
    answer_all(browser)
    assert "按您的回答" in text_of("/things/newborn/saves/", browser)


def test_a_sober_matter_does_not_speak_of_saving(town: Town) -> None:
    text = text_of("/things/after-death/saves/")
    assert "分开办和一起办，差在哪里" in text
    assert "帮您省" not in text


def test_what_is_not_published_is_a_calm_404(town: Town) -> None:
    assert Client().get("/things/no-such-thing/saves/").status_code == 404
