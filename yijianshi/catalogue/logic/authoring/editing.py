"""Edits of single values in a content file: everything that is not edited stays as it is, character by character.

Guarantee: the edited text reads back as exactly the edited value, or the edit is refused. Comments, order, quotes and line breaks
outside the part that changes are untouched; only where that cannot be done is the enclosing part written anew.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from yijianshi.catalogue.logic.authoring.positions import Part, Step, Steps, parts_of
from yijianshi.catalogue.logic.authoring.rendering import after_key, in_block, in_line
from yijianshi.catalogue.logic.yaml_lines import YamlProblem, parse_yaml
from yijianshi.kernel.errors import Invalid


class NoSuchPlace(Invalid):
    """文件里没有“{place}”这个位置，可能刚被别人改过。请刷新后再改。

    There is no place '{place}' in the file; somebody may have just changed it. Please reload, then edit.
    """


class TextBroken(Invalid):
    """文件第 {line} 行的写法有误，暂时不能按表单修改。请先在原文里改好：{why}

    Line {line} of the file cannot be read, so it cannot be edited by form. Please mend the text first: {why}
    """


def steps_of(place: str) -> Steps:
    """Return the steps of a place written as a JSON Pointer (RFC 6901), ``/needs/0/fact``; whole numbers count in lists."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in place.split("/")[1:]]
    return tuple(int(part) if part.isascii() and part.isdigit() else part for part in parts)


def place_of(steps: Steps) -> str:
    """Return the steps as a JSON Pointer."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def read(text: str) -> Any:
    """Return the values of a text. Raises TextBroken."""
    try:
        return parse_yaml(text).value
    except YamlProblem as problem:
        raise TextBroken(line=problem.line, why=problem.text) from None


def put(text: str, steps: Steps, value: Any) -> str:
    """Return the text with this value at this place; a key or list entry that is not there yet is added at the end.

    Raises NoSuchPlace where the way there ends in a value that holds no others, TextBroken.
    """
    _refuse_backwards(steps)
    old = read(text)
    steps, value = _first_missing(old, steps, value)
    wanted = deepcopy(old)
    if not steps:
        return _whole(value)
    holder = _held(wanted, steps[:-1])
    if isinstance(holder, list) and steps[-1] == len(holder):
        holder.append(value)
    elif isinstance(holder, list) and not isinstance(steps[-1], int):
        raise NoSuchPlace(place=place_of(steps))
    else:
        try:
            holder[steps[-1]] = value
        except (IndexError, TypeError):
            raise NoSuchPlace(place=place_of(steps)) from None
    return _first_true(text, steps, wanted, lambda root: _spliced(text, root, steps, value))


def insert(text: str, steps: Steps, value: Any) -> str:
    """Return the text with a new entry of a list before the one that is at this place. Raises NoSuchPlace, TextBroken."""
    wanted = deepcopy(read(text))
    holder = _held(wanted, steps[:-1])
    if not isinstance(holder, list) or not isinstance(steps[-1], int) or not 0 <= steps[-1] <= len(holder):
        raise NoSuchPlace(place=place_of(steps))
    if steps[-1] == len(holder):
        return put(text, steps, value)
    holder.insert(steps[-1], value)
    return _first_true(text, steps, wanted, lambda root: _inserted(text, root, steps, value))


def remove(text: str, steps: Steps) -> str:
    """Return the text without this key or list entry. Raises NoSuchPlace, TextBroken."""
    _refuse_backwards(steps)
    wanted = deepcopy(read(text))
    holder: Any = _held(wanted, steps[:-1]) if steps else None
    try:
        del holder[steps[-1]]
    except (LookupError, TypeError):
        raise NoSuchPlace(place=place_of(steps)) from None
    if not holder:
        return put(text, steps[:-1], holder) if len(steps) > 1 else _whole(holder)
    return _first_true(text, steps, wanted, lambda root: _removed(text, root, steps))


def swap(text: str, steps: Steps) -> str:
    """Return the text with this entry of a list and the next one changed round. Raises NoSuchPlace, TextBroken."""
    wanted = deepcopy(read(text))
    holder = _held(wanted, steps[:-1]) if steps else None
    at = steps[-1] if steps else -1
    if not isinstance(holder, list) or not isinstance(at, int) or not 0 <= at < len(holder) - 1:
        raise NoSuchPlace(place=place_of(steps))
    holder[at], holder[at + 1] = holder[at + 1], holder[at]
    return _first_true(text, steps, wanted, lambda root: _swapped(text, root, steps, at))


def edit(text: str, values: Mapping[Steps, Any], removals: Sequence[Steps] = (), swaps: Sequence[Steps] = ()) -> str:
    """Return the text with all these values put, in order, entries swapped, then places removed, the last of a list first."""
    for steps, value in values.items():
        text = put(text, steps, value)
    for steps in swaps:
        text = swap(text, steps)
    for steps in sorted(removals, key=lambda one: [(isinstance(step, int), step) for step in one], reverse=True):
        text = remove(text, steps)
    return text


def _refuse_backwards(steps: Steps) -> None:
    if any(isinstance(step, int) and step < 0 for step in steps):
        raise NoSuchPlace(place=place_of(steps))


def _first_missing(holder: Any, steps: Steps, value: Any) -> tuple[Steps, Any]:
    """Return the place to put at, and the value: where whole levels are missing, they are put together with it."""
    for depth, step in enumerate(steps):
        if holder is None:
            return steps[:depth], _nested(steps[depth:], value)
        if not isinstance(holder, dict | list):
            raise NoSuchPlace(place=place_of(steps))
        if not _has(holder, step):
            return steps[: depth + 1], _nested(steps[depth + 1 :], value)
        holder = holder[step]  # type: ignore[index]  # a list has only whole numbers, see above
    return steps, value


def _has(holder: Any, step: Step) -> bool:
    return step in holder if isinstance(holder, dict) else isinstance(step, int) and step < len(holder)


def _nested(steps: Steps, value: Any) -> Any:
    for step in reversed(steps):
        if isinstance(step, int) and step != 0:
            raise NoSuchPlace(place=place_of(steps))
        value = [value] if isinstance(step, int) else {step: value}
    return value


def _held(value: Any, steps: Steps) -> Any:
    for step in steps:
        try:
            value = value[step]
        except (LookupError, TypeError):
            raise NoSuchPlace(place=place_of(steps)) from None
    return value


def _whole(value: Any) -> str:
    return in_block(value, 0) + "\n"


def _first_true(text: str, steps: Steps, wanted: Any, splice: Callable[[Part], str | None]) -> str:
    """Return the smallest edit that reads back as wanted: the splice, else the parts around it written anew, from the inside."""
    root = parts_of(text)
    if root is None:
        return _whole(wanted)
    tries: Iterator[Callable[[], str | None]] = iter(
        [
            lambda: splice(root),
            *(
                (lambda near: lambda: _spliced(text, root, near, _held(wanted, near)))(steps[:depth])
                for depth in range(len(steps) - 1, 0, -1)
            ),
        ]
    )
    for attempt in tries:
        found = attempt()
        if found is not None and _reads_as(found, wanted):
            return found
    return _whole(wanted)


def _reads_as(text: str, wanted: Any) -> bool:
    try:
        return bool(parse_yaml(text).value == wanted)
    except YamlProblem:
        return False


def _spliced(text: str, root: Part, steps: Steps, value: Any) -> str | None:
    """Put a value over a part, or add it to the mapping or list it belongs to."""
    part, holder = root.find(steps), root.find(steps[:-1])
    if holder is None:
        return None
    if part is None:
        return _added(text, holder, steps[-1], value)
    if holder.in_line or (part.in_line and part.kind != "scalar") or not isinstance(value, dict | list):
        return text[: part.start] + _gap(text, part) + in_line(value) + text[part.end :]
    if part.key is not None:
        colon = text.index(":", part.key[1])
        return text[: colon + 1] + after_key(value, _column(text, part.key[0])) + text[part.end :]
    return text[: part.start] + in_block(value, part.column) + text[part.end :]


def _gap(text: str, part: Part) -> str:
    return " " if part.start == part.end and text[part.start - 1 : part.start] in (":", "-") else ""


def _added(text: str, holder: Part, step: Step, value: Any) -> str | None:
    if holder.in_line:
        word = in_line(value) if isinstance(step, int) else in_line({step: value})[1:-1]
        return f"{text[: holder.end - 1].rstrip()}{', ' if holder.children else ''}{word}{text[holder.end - 1 :]}"
    end = text.find("\n", holder.end)
    end = len(text) if end < 0 else end
    indent = holder.column
    line = (
        f"- {in_block(value, indent + 2)}" if isinstance(step, int) else in_line({step: 0})[1:-4] + ":" + after_key(value, indent)
    )
    return f"{text[:end]}\n{' ' * indent}{line}{text[end:] or chr(10)}"


def _inserted(text: str, root: Part, steps: Steps, value: Any) -> str | None:
    holder, part = root.find(steps[:-1]), root.find(steps)
    if holder is None or part is None:
        return None
    if holder.in_line:
        return f"{text[: part.start]}{in_line(value)}, {text[part.start :]}"
    dash = text.rindex("-", 0, part.start)
    return f"{text[:dash]}- {in_block(value, holder.column + 2)}\n{' ' * holder.column}{text[dash:]}"


def _removed(text: str, root: Part, steps: Steps) -> str | None:
    holder, part = root.find(steps[:-1]), root.find(steps)
    if holder is None or part is None:
        return None
    start = part.key[0] if part.key else part.start
    if holder.in_line:
        comma = text.find(",", part.end)
        if 0 <= comma < holder.end and not text[part.end : comma].strip():
            return text[:start] + text[comma + 1 :].lstrip(" ")
        before = text.rindex(",", 0, start)
        return text[:before] + text[part.end :]
    if part.key is None:
        start = text.rindex("-", 0, start)
    line_end = text.find("\n", part.end)
    after = "" if line_end < 0 else text[line_end + 1 :]
    line_start = text.rfind("\n", 0, start) + 1
    if not text[line_start:start].strip():
        return text[:line_start] + after
    return text[:start] + after.lstrip(" ")  # the first key of a record in a list, beside its dash


def _swapped(text: str, root: Part, steps: Steps, at: int) -> str | None:
    """Change round two neighbours, each with the comment above it and the one on its last line."""
    holder, first, second = root.find(steps[:-1]), root.find(steps), root.find((*steps[:-1], at + 1))
    if holder is None or first is None or second is None:
        return None
    if holder.in_line:
        front, back = text[first.start : first.end], text[second.start : second.end]
        return text[: first.start] + back + text[first.end : second.start] + front + text[second.end :]
    begin = text.rfind("\n", 0, text.rindex("-", 0, first.start))
    while begin > 0 and text[text.rfind("\n", 0, begin) + 1 : begin].lstrip().startswith("#"):
        begin = text.rfind("\n", 0, begin)
    middle, end = _line_end(text, first.end), _line_end(text, second.end)
    return None if begin < 0 else text[:begin] + text[middle:end] + text[begin:middle] + text[end:]


def _line_end(text: str, index: int) -> int:
    found = text.find("\n", index)
    return len(text) if found < 0 else found


def _column(text: str, index: int) -> int:
    return index - (text.rfind("\n", 0, index) + 1)
