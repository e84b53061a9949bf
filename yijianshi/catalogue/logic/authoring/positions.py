"""Where each part of a YAML text stands, by the number of its first and last character."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

from yijianshi.catalogue.logic.yaml_lines import READER, parse_yaml

Step = str | int
Steps = tuple[Step, ...]


@dataclass(slots=True)
class Part:
    """One value: ``text[start:end]``, without the blank lines and comments after it; ``column`` is where it begins.

    ``key`` is where its key stands, for the values of a mapping.
    """

    kind: Literal["scalar", "mapping", "sequence"]
    in_line: bool
    start: int
    end: int
    column: int
    key: tuple[int, int] | None = None
    children: dict[Step, "Part"] = field(default_factory=dict)

    def walk(self, steps: Steps) -> Iterator[tuple["Part", Step]]:
        """Yield each part on the way with the step that leads on, as far as there are parts."""
        part = self
        for step in steps:
            yield part, step
            if step not in part.children:
                return
            part = part.children[step]

    def find(self, steps: Steps) -> "Part | None":
        """Return the part at the end of these steps, or None."""
        part = self
        for step in steps:
            if step not in part.children:
                return None
            part = part.children[step]
        return part


def parts_of(text: str) -> Part | None:
    """Return the parts of a text, None for an empty one. Raises YamlProblem for what the house cannot read."""
    parse_yaml(text)  # refuses what is too deep for the tree builder
    node = yaml.compose(text, Loader=READER)
    return None if node is None else _part(node, text)


def _part(node: Any, text: str) -> Part:
    start, end, column = node.start_mark.index, node.end_mark.index, node.start_mark.column
    if isinstance(node, yaml.ScalarNode):
        return Part("scalar", True, start, start + len(text[start:end].rstrip()), column)
    if isinstance(node, yaml.MappingNode):
        made = Part("mapping", bool(node.flow_style), start, end, column)
        for key, value in node.value:
            child = _part(value, text)
            child.key = (key.start_mark.index, key.end_mark.index)
            made.children[key.value] = child
    else:
        made = Part("sequence", bool(node.flow_style), start, end, column)
        made.children = {position: _part(child, text) for position, child in enumerate(node.value)}
    if not made.in_line:  # the library lets a block end where the next token begins
        made.end = max(child.end for child in made.children.values())
    return made
