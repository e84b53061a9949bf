"""Finding narrow punctuation inside Chinese sentences."""

import ast
import re
from collections.abc import Iterator

import yaml

from tests.house import sources, words

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_WRITTEN_AS_CODE = re.compile(r"\w+://\S+|\b[a-z][a-z_]*\([^()]*\)|“\w+: \w+”")  # addresses; days_between(早,晚); “键: 值”
_QUOTED_CODE = re.compile(r"`[^`]*`|\]\([^)]*\)")
_CLOSED = f"[{HAN}》”’）」]"
_MARKS = (
    re.compile(rf"(?<={_CLOSED})[,;:?!](?!\s+[A-Za-z])"),  # after a Chinese word, unless English goes on
    re.compile(rf"(?<=[\w{HAN}》”’）」%}}])[,;:?!](?=[{HAN}《“])"),  # straight before one
    re.compile(rf"(?<={_CLOSED})\.(?=\s|$)(?!\s+[A-Za-z])"),
)
_BRACKETS = (
    re.compile(rf"(?<={_CLOSED})\([^()]*\)"),
    re.compile(rf"\((?=[{HAN}《“])[^()]*\)(?=[{HAN}，。；：])"),
)
_BETWEEN_BLANKS = re.compile(r"(?<=})[,;:?!](?={)")  # "{name}:{answer}", once it is known that the text is Chinese
_CHINESE_BRACKETS = re.compile(rf"\([^()]*[{HAN}][^()]*\)|\"(?=[{HAN}])[^\"]*\"")  # only in a sentence that is Chinese as a whole


def marks(text: str) -> list[int]:
    """Return the positions of the narrow marks that stand where Chinese ones belong."""
    bare = _WRITTEN_AS_CODE.sub(lambda found: " " * len(found.group()), text)
    places = {found.start() for rule in _MARKS for found in rule.finditer(bare)}
    for rule in (*_BRACKETS, _CHINESE_BRACKETS) if _is_chinese(bare) else _BRACKETS:
        places |= {place for found in rule.finditer(bare) for place in (found.start(), found.end() - 1)}
    return sorted(places)


def half_width(text: str, *, known_chinese: bool = False) -> list[str]:
    """Return each narrow mark with its surroundings."""
    blanks = {found.start() for found in _BETWEEN_BLANKS.finditer(text)} if known_chinese else set()
    return [text[max(0, place - 8) : place + 9].replace("\n", " ") for place in sorted({*marks(text), *blanks})]


def in_template(name: str) -> list[str]:
    """Return the places in the Chinese words of a template."""
    return [
        f"{name}:{number}: …{part}…"
        for number, line in sources.lines(name)
        for said in words.said(line)
        for part in half_width(said.zh, known_chinese=True)
    ]


def in_content(name: str) -> list[str]:
    """Return the places in the values of a content file; under ``en`` Chinese names follow English rules."""
    root = yaml.compose(sources.read(name), Loader=yaml.SafeLoader)
    return (
        [f"{name}:{node.start_mark.line + 1}: …{part}…" for node in _values(root) for part in half_width(node.value)]
        if root
        else []
    )


def in_paper(name: str) -> list[str]:
    """Return the places in a page of the documents, without its code and the targets of its links."""
    found, is_code = [], False
    for number, line in sources.lines(name):
        is_code ^= line.lstrip().startswith("```")
        bare = _QUOTED_CODE.sub(lambda part: " " * len(part.group()), line)
        found += [] if is_code else [f"{name}:{number}: …{part}…" for part in half_width(bare)]
    return found


def in_code(name: str) -> list[str]:
    """Return the places in a module's Chinese literals: messages, labels, and the docstrings of errors people read."""
    tree = sources.tree(name)
    paired = [(line, part) for line, zh, _ in words.literal_texts(tree) for part in half_width(zh, known_chinese=True)]
    others = [(line, part) for line, text in _literals(tree) for part in half_width(text)]
    return [f"{name}:{line}: …{part}…" for line, part in sorted({*paired, *others})]


def _is_chinese(text: str) -> bool:
    words = re.sub(r"{[^{}]*}", "", text)  # what fills a blank does not tell the language
    return len(re.findall(f"[{HAN}]", words)) >= len(re.findall("[A-Za-z]", words))


def _values(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _values(one)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value not in {"en", "when", "rule", "pattern"}:
                yield from _values(value)


def _literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    skipped = _docstrings(tree) | _patterns(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(part) for part in node.values}
            yield node.lineno, "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value
    yield from ((line, zh) for line, zh, _ in words.error_texts(tree))


def _docstrings(tree: ast.Module) -> set[int]:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = [node.body[0] for node in ast.walk(tree) if isinstance(node, kinds) and node.body]
    return {id(one.value) for one in first if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)}


def _patterns(tree: ast.Module) -> set[int]:
    """Return the literals inside regular expressions, whose marks are syntax."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    compiled = [call for call in calls if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)]
    return {id(part) for call in compiled if call.func.value.id == "re" for part in ast.walk(call)}  # type: ignore[attr-defined]
