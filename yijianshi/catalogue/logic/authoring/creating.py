"""A new content file: where it goes, and the text it begins with, alone or after the example of another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yijianshi.catalogue.logic.authoring.editing import put, read
from yijianshi.catalogue.logic.authoring.places import check_path
from yijianshi.catalogue.logic.authoring.rendering import in_block
from yijianshi.kernel.errors import Invalid

FOLDER_OF: Mapping[str, str] = {
    "item": "items",
    "material": "materials",
    "certificate": "certificates",
    "dictionary": "dictionary",
    "thing": "things",
    "example": "things",
    "list": "lists",
}


class CodeNeeded(Invalid):
    """请写一个代码，例如“sign-filing”：2 到 60 个小写字母、数字和连字符，以字母开头。

    Please give a code such as 'sign-filing': 2 to 60 lower-case letters, digits and hyphens, beginning with a letter.
    """


class NameNeeded(Invalid):
    """请写中文和英文的名称，各不超过 {most} 个字。

    Please give a name in Chinese and in English, of at most {most} characters each.
    """


class KindNeeded(Invalid):
    """请选一种内容，或者选一个照着写的。

    Please choose a kind of content, or something to write it after.
    """


class ThingNeeded(Invalid):
    """实例属于一件事。请选是哪一件。

    A worked example belongs to a one-thing. Please choose which.
    """


LONGEST_NAME = 120
_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be new: its kind, code and names; *thing* for an example; *like* is the path it is written after, or nothing."""

    kind: str
    code: str
    name_zh: str
    name_en: str
    thing: str = ""
    like: str = ""


def path_for(wanted: Wanted) -> str:
    """Return where the new file goes. Raises CodeNeeded, KindNeeded, ThingNeeded."""
    if wanted.kind not in FOLDER_OF:
        raise KindNeeded(field="like")
    if not _is_code(wanted.code):
        raise CodeNeeded(field="code")
    folder = FOLDER_OF[wanted.kind]
    if wanted.kind == "thing":
        return check_path(f"{folder}/{wanted.code}/thing.yaml")
    if wanted.kind == "example":
        if not _is_code(wanted.thing):
            raise ThingNeeded(field="thing")
        return check_path(f"{folder}/{wanted.thing}/examples/{wanted.code}.yaml")
    beside = wanted.like.rpartition("/")[0] if wanted.like else folder
    return check_path(f"{beside}/{wanted.code}.yaml")


def text_for(wanted: Wanted, like: str | None) -> str:
    """Return the text to begin with: a copy of *like* under the new code and name, or what every such file begins with.

    Raises NameNeeded, TextBroken for one that cannot be read.
    """
    name = {"zh": wanted.name_zh.strip(), "en": wanted.name_en.strip()}
    if not all(0 < len(word) <= LONGEST_NAME and word.isprintable() for word in name.values()):
        raise NameNeeded(most=LONGEST_NAME, field="name_zh")
    said = _said(wanted, name)
    if like is None:
        return in_block({"kind": wanted.kind} | said, 0) + "\n"
    read(like)
    for key, value in said.items():
        for steps, word in [((key, own), inner) for own, inner in value.items()] if key == "entity" else [((key,), value)]:
            like = put(like, steps, word)
    return like


def _is_code(word: str) -> bool:
    return 2 <= len(word) <= 60 and _CODE.fullmatch(word) is not None


def _said(wanted: Wanted, name: dict[str, str]) -> dict[str, Any]:
    if wanted.kind == "dictionary":
        return {"entity": {"code": wanted.code.replace("-", "_"), "label": name}}
    if wanted.kind == "example":
        return {"name": name, "thing": wanted.thing}
    return {"code": wanted.code, "name": name}
