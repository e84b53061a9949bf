"""Breaking words into lines for drawings, where the browser cannot; a Chinese character is two units wide."""

from functools import lru_cache

_NEVER_FIRST = "、，。）》：；" + ",.):;"  # closing marks never begin a line
_NEVER_LAST = "（《“" + "("  # opening marks never end one


@lru_cache(maxsize=8192)  # the same few names, places and states stand on every page
def wrap(words: str, units: int, lines: int) -> tuple[str, ...]:
    """Break *words* into at most *lines* lines of *units* half widths; the rest becomes ``…``."""
    pieces = _pieces(words)
    out: list[str] = [""]
    for piece in pieces:
        if out[-1] and _units(out[-1] + piece.rstrip()) > units:
            out[-1] = out[-1].rstrip()
            out.append("")
        out[-1] += piece if out[-1] else piece.lstrip()
    out = [line.rstrip() for line in out if line.strip()]
    if len(out) <= lines:
        return tuple(out)
    last = out[lines - 1]
    while last and _units(last) > units - 2:
        last = last[:-1]
    return (*out[: lines - 1], last.rstrip() + "…")


def _units(words: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in words)


def _pieces(words: str) -> list[str]:
    pieces: list[str] = []
    for char in words:
        wide = ord(char) > 0x2E7F
        follows = not wide and not pieces[-1].endswith(" ") and ord(pieces[-1][-1]) <= 0x2E7F if pieces else False
        if follows or (pieces and (char in _NEVER_FIRST or pieces[-1] in _NEVER_LAST)):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces
