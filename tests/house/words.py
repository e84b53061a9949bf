"""Finding the bilingual texts of templates and code."""

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

_LITERAL = r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'"
_SAY = re.compile(rf"{{%\s*say\s+(?:{_LITERAL})(?:\s+(?:{_LITERAL}))?([^%]*)%}}")


@dataclass(frozen=True)
class Said:
    """One ``{% say %}`` tag: its two texts and the names of the values it is given."""

    zh: str
    en: str
    given: frozenset[str]


def said(line: str) -> Iterator[Said]:
    """Yield the ``{% say %}`` tags of a template line."""
    for found in _SAY.finditer(line):
        zh, en = found[1] or found[2] or "", found[3] or found[4] or ""
        yield Said(zh, en, frozenset(re.findall(r"(\w+)=", found[5])))


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces; raises ValueError for braces that do not match."""
    return frozenset(field.split(".")[0].split("[")[0] for _, field, _, _ in string.Formatter().parse(text) if field is not None)


def error_texts(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Yield (line, Chinese, English) of the docstring of every class that is an error people read."""
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    read_by_people = {"DomainError", "Invalid", "NotFound", "Forbidden", "Conflict", "TooMany"}
    grown = True
    while grown:  # subclasses of this module's own errors count as well
        more = {one.name for one in classes if read_by_people & {_last_name(base) for base in one.bases}}
        grown, read_by_people = not more <= read_by_people, read_by_people | more
    for one in classes:
        if read_by_people & {_last_name(base) for base in one.bases} or one.name == "DomainError":
            paragraphs = [" ".join(part.split()) for part in (ast.get_docstring(one) or "").split("\n\n") if part.strip()]
            chinese, english = (*paragraphs, "", "")[:2]
            yield one.lineno, chinese, english


def literal_texts(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Yield (line, Chinese, English) of every ``Text("…", "…")`` written out in code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _last_name(node.func) == "Text" and len(node.args) == 2:
            parts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if len(parts) == 2:
                yield node.lineno, parts[0], parts[1]


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
