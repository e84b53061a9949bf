"""Chinese sentences are set with Chinese punctuation."""

import pytest

from tests.house import chinese, sources


@pytest.mark.parametrize(
    "text",
    [
        "请先登录,再继续。",
        "说明:先填",
        "要不要?",
        "好!",
        "受理(先收件)",
        "(自愿)撤回",
        "办结;送达",
        "提交申请.",
        "姓名,ID",
        "《条例》,第二条",
        "第 {n} 项,共",
        "{fact}(现在是 {value})",
    ],
)
def test_half_width_marks_are_found(text: str) -> None:
    assert chinese.half_width(text)


@pytest.mark.parametrize(
    "text",
    [
        "请先登录，再继续。",
        "今天 09:12 受理",
        "共 1,243 项",
        "See 行政许可法 art. 42, and then",
        "a, b, c",
        "受理（先收件，后补材料）",
        "家庭户 (family household)",
        "https://example.org/事项?页=1",
        "版本 1.2",
        "请写 days_between(早,晚)。",
        "1.2.156.3005.2.证照类型.颁发机构",
        "{name}: {value}",
    ],
)
def test_right_marks_pass(text: str) -> None:
    assert not chinese.half_width(text)


def test_pages_are_set_with_chinese_punctuation() -> None:
    _refuse([place for name in sources.templates() for place in chinese.in_template(name)])


def test_content_is_set_with_chinese_punctuation() -> None:
    _refuse([place for name in sources.under("content", ".yaml") for place in chinese.in_content(name)])


def test_code_speaks_with_chinese_punctuation() -> None:
    _refuse([place for name in sources.code() for place in chinese.in_code(name)])


def test_papers_are_set_with_chinese_punctuation() -> None:
    _refuse([place for name in sources.files() if name.endswith(".md") for place in chinese.in_paper(name)])


def _refuse(broken: list[str]) -> None:
    assert not broken, sources.told(
        broken,
        "Between Chinese words stand ，。：；？！（）“”, not their narrow cousins; otherwise the line looks broken.\n"
        "Times (09:12), numbers (1,243), codes and English keep theirs (decision 0003).",
    )
