"""Text in two languages: placeholders, counts with their noun."""

import pytest

from yijianshi.kernel.text import Text

DAYS = Text("{n} 个工作日", "{n:working day|working days}")


@pytest.mark.parametrize(
    ("n", "english"), [(0, "0 working days"), (1, "1 working day"), (2, "2 working days"), (11, "11 working days")]
)
def test_a_count_takes_the_noun_that_goes_with_it(n: int, english: str) -> None:
    assert DAYS.format(n=n) == Text(f"{n} 个工作日", english)


def test_other_values_are_filled_in_as_they_are() -> None:
    both = Text("{name}：{n:03d}，{yes}", "{name}: {n:03d}, {yes}")
    assert both.format(name=Text("妈妈", "Mother"), n=7, yes=True) == Text("妈妈：007，True", "Mother: 007, True")


@pytest.mark.parametrize(("zh", "en"), [("", "x"), ("好", " ")])
def test_neither_language_may_be_empty(zh: str, en: str) -> None:
    with pytest.raises(ValueError, match="both languages"):
        Text(zh, en)
