"""The desk is told what stands for a paper, in an officer's words."""

import pytest

from yijianshi.cases.logic.evidence import in_place_of_paper
from yijianshi.catalogue.logic.schema import SatisfierKind
from yijianshi.kernel.text import Text

MARRIAGE = Text("结婚证", "Marriage certificate")


@pytest.mark.parametrize("kind", [kind for kind in SatisfierKind if kind is not SatisfierKind.UPLOAD])
def test_every_way_without_paper_is_said_to_the_officer_not_to_the_citizen(kind: SatisfierKind) -> None:
    words = in_place_of_paper(kind, MARRIAGE)
    assert words is not None
    assert not {"您", "不用交"} & {words.zh[at : at + size] for size in (1, 3) for at in range(len(words.zh))}
    assert "your" not in words.en.lower()
    assert kind == "DEFERRED" or ("结婚证" in words.zh and "Marriage certificate" in words.en)


def test_an_upload_needs_no_words() -> None:
    assert in_place_of_paper(SatisfierKind.UPLOAD, MARRIAGE) is None
