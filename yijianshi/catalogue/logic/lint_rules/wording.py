"""C60x: no catch-all materials or conditions (河南省优化营商环境条例 art. 28), since nobody could know what to bring."""

import re
from collections.abc import Iterator

from yijianshi.catalogue.logic.findings import Finding, Where
from yijianshi.catalogue.logic.library import Library
from yijianshi.kernel.text import Text

_CATCH_ALL = re.compile(
    r"其他(?:有关|相关|所需|必要)?(?:材料|资料|文件|证明|条件|手续)|(?:有关|相关)(?:的)?(?:材料|资料|文件|证明|手续)|等(?:材料|资料|文件|证明|$)|其它材料"
)
_OPEN_ENDED = re.compile(r"(?:其他|其它|有关|相关)(?:的)?(?:条件|情形|情况|要求|规定|事项|手续)")  # in a condition, art. 28
_CATCH_ALL_EN = re.compile(
    r"\b(?:other|any other|related|relevant) (?:\w+ )?(?:materials?|documents?|proofs?|papers?|evidence)\b|\betc\.?(?:\W|$)", re.I
)
_SAY = Text(
    "“{name}”是兜底说法（{part}），市民不知道该交什么。请写出具体是哪一份材料，不同情况分别写。",
    "'{name}' is a catch-all ({part}); nobody can know what to hand in. Name the exact document, one entry per situation.",
)

_VAGUE = Text(
    "受理条件“{condition}”里有“{part}”，市民不知道自己符不符合。请写出具体是什么条件，一条写一个。",
    "The condition '{condition}' says '{part}', so nobody can tell whether they meet it. Name each condition, one per line.",
)


def check(library: Library) -> Iterator[Finding]:
    """Yield a finding for every material or condition whose name could mean anything."""
    for where, name in _names(library):
        found = _CATCH_ALL.search(name.zh) or _CATCH_ALL_EN.search(name.en)
        if found:
            yield Finding("C601", where, _SAY.format(name=name, part=found.group().strip()))
    for where, condition in _conditions(library):
        vague = _OPEN_ENDED.search(condition.zh) or _CATCH_ALL.search(condition.zh) or _CATCH_ALL_EN.search(condition.en)
        if vague:
            yield Finding("C603", where, _VAGUE.format(condition=condition, part=vague.group().strip()))


def _names(library: Library) -> Iterator[tuple[Where, Text]]:
    for material in library.materials.values():
        yield material.where("name"), material.model.name
    for thing in library.things.values():
        for position, condition in enumerate(thing.model.conditions):
            yield thing.where("conditions", position, "message"), condition.message
    for commitment in library.commitments.values():
        for position, told in enumerate(commitment.model.told):
            yield commitment.where("told", position, "requirement"), told.requirement


def _conditions(library: Library) -> Iterator[tuple[Where, Text]]:
    for item in library.items.values():
        for group in ("conditions", "review"):
            for position, condition in enumerate(getattr(item.model.standard.admission, group)):
                yield item.where("standard", "admission", group, position), condition
