"""The glossary page: one English word for each Chinese term, and where the code says it."""

import importlib
from typing import Any

import yaml

from yijianshi.config import places
from yijianshi.config.reference.markdown import code, table

SOURCE = places.ROOT / "docs" / "glossary.yaml"
_HEAD = """# 词汇 Glossary

一个中文术语只用一个英文词；代码、接口、界面都用它。词表在 `docs/glossary.yaml`，最后一列由生成程序到代码里核对过。

One English word for each Chinese term, in code, API and pages. The table is `docs/glossary.yaml`; the last column has been looked
up in the code.

"""


class TermGone(Exception):
    """The glossary names something that the code no longer has; change docs/glossary.yaml together with the code."""


def page() -> str:
    """Return the page, one table for each subject."""
    parts = []
    for subject in yaml.safe_load(SOURCE.read_text(encoding="utf-8"))["subjects"]:
        rows = [
            (term["zh"], term["en"], term["means"], ", ".join(_found(one) for one in term["code"])) for term in subject["terms"]
        ]
        title = f"## {subject['name']['zh']} {subject['name']['en']}\n\n"
        parts.append(title + table(("中文", "English", "意思 Meaning", "代码 In the code"), rows))
    return _HEAD + "\n".join(parts)


def _found(where: str) -> str:
    """Return the place as code; raises TermGone when it is not there. Written ``room.module:Name.attribute``."""
    module, _, path = where.partition(":")
    found: Any
    try:
        found = importlib.import_module(f"yijianshi.{module}")
        for name in path.split(".") if path else ():
            found = getattr(found, name)
    except (ImportError, AttributeError) as error:
        raise TermGone(f"docs/glossary.yaml: {where} is not in the code") from error
    return code(f"{module.replace('.', '/')}{'.' + path if path else ''}")
