"""Writing Markdown tables."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table; bars and line breaks in cells are made harmless, an empty cell shows a dash."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(_cell(one) for one in line)} |\n" for line in lines)


def code(words: object) -> str:
    """Return *words* as code, nothing for nothing."""
    return f"`{words}`" if str(words) else ""


def first_line(text: str | None) -> str:
    """Return the first paragraph of a docstring as one line."""
    return " ".join((text or "").strip().split("\n\n")[0].split())


def _cell(words: object) -> str:
    return " ".join(str(words).split()).replace("|", "\\|") or "—"
