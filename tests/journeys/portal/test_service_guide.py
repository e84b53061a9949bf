"""The public service guide: for everybody, of things and items, by region, complete by the law."""

import re

import pytest
from django.test import Client

from tests.town.people import Town

FOOD = "/guides/food-business-licence/"
# 河南省优化营商环境条例 art. 28: what a guide must say
SECTIONS = [
    "谁来办",
    "什么条件可以办",
    "要交什么材料",
    "怎样办，按什么标准审",
    "多久办好，收不收费，跑几次",
    "找谁问，向谁投诉",
    "依据什么办",
]


def text_of(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize(
    "path", [FOOD, "/guides/item:food-business-licence/", "/guides/newborn/", "/guides/restaurant/?region=410105"]
)
def test_a_guide_says_what_the_law_wants_said(town: Town, path: str) -> None:
    text = text_of(path)
    assert [section for section in SECTIONS if section not in text] == []
    assert "第二十八条" in text


def test_a_region_shows_its_own_words_and_others_do_not(town: Town) -> None:
    here, elsewhere, nowhere = (
        text_of(FOOD + "?region=410105"),
        text_of(FOOD + "?region=411302"),
        text_of(FOOD + "?region=999999"),
    )
    assert "B12、B13 窗口" in here
    assert "承诺" in here
    assert re.search(r"最长 3 个工作日", here)
    assert "B12" not in elsewhere
    assert re.search(r"最长 7 个工作日", elsewhere)
    assert "请在页面上方选择区县" in nowhere


def test_what_may_be_spared_promised_or_follow_is_marked(town: Town) -> None:
    text = text_of(FOOD)
    assert "容缺受理：可以先办，后补" in text
    assert "从业人员健康证明 可免交 可后补" in text
    assert "告知承诺：签一份承诺，代替证明" in text_of("/guides/newborn/")


def test_a_single_item_lists_all_elements_of_the_standard(town: Town) -> None:
    text = text_of(FOOD)
    assert "6 事项类型 行政许可" in text
    assert "国家标准的全部事项要素" not in text_of("/guides/newborn/")


def test_the_catalogue_leads_to_the_guide_and_an_unknown_one_is_told(town: Town) -> None:
    assert 'href="/guides/newborn/"' in Client().get("/things/newborn/").content.decode()
    assert 'href="/guides/item:food-business-licence/"' in Client().get("/items/food-business-licence/").content.decode()
    assert Client().get("/guides/no-such-thing/").status_code == 404


def test_a_public_notice_is_never_counted_as_working_days_alone(town: Town) -> None:
    assert "公告期另算" in text_of("/guides/deregistration/")
    assert "公告期另算" not in text_of("/guides/newborn/")
    assert re.search(r"企业注销登记(?:(?!最多).)*最多 \d+ 个事项 *最多 \d+ 个工作日 *公告期另算", text_of("/"))


def test_a_paper_of_an_item_not_everybody_needs_is_not_always_wanted(town: Town) -> None:
    text = text_of("/guides/restaurant/")
    assert "什么情况 办“" in text
    assert "”时要" in text
