"""Which files can be written in authoring, and what stands where."""

import re

from yijianshi.catalogue.logic.loading import FOLDERS
from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.text import Text

# Organisations are imported by the identity room from the content folder; a change on the shelf would have no effect.
IMPORTED = frozenset({"orgs"})
EDITABLE = tuple(folder for folder in FOLDERS if folder not in IMPORTED)
LONGEST_PATH = 160
_PART = r"[a-z0-9][a-z0-9_-]{0,63}"
_SHAPE = re.compile(rf"({'|'.join(EDITABLE)})/(?:{_PART}/){{0,3}}{_PART}\.yaml", re.ASCII)

SORTS: dict[str, Text] = {
    "thing": Text("一件事", "One-thing"),
    "item": Text("事项", "Item"),
    "binding": Text("地区要素", "Regional binding"),
    "material": Text("材料", "Material"),
    "certificate": Text("证照类型", "Certificate type"),
    "commitment": Text("承诺书", "Commitment letter"),
    "dictionary": Text("数据元", "Data elements"),
    "department": Text("部门类别", "Kind of department"),
    "list": Text("重点事项清单", "List of key matters"),
    "notice": Text("通知", "Notice"),
    "register": Text("登记库", "Register"),
    "example": Text("实例", "Worked example"),
    "organisations": Text("部门名录", "Organisations"),
}


class UnusablePath(Invalid):
    """“{path}”不是可以编辑的内容文件。文件要放在这些文件夹里：{folders}；名字只用小写字母、数字、连字符和下划线，以 .yaml 结尾。

    '{path}' is not a content file that can be edited. It must lie in one of {folders}, be named with lower-case letters, digits,
    hyphens and underscores only, and end in .yaml.
    """


def check_path(path: str) -> str:
    """Return *path* if it is a content file that can be written. Raises UnusablePath."""
    if len(path) > LONGEST_PATH or not _SHAPE.fullmatch(path):
        raise UnusablePath(path=path[:LONGEST_PATH], folders=", ".join(EDITABLE))
    return path
