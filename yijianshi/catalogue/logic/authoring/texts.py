"""What a text must be like before it is kept: small, printable, with line ends as everywhere."""

import re

from yijianshi.kernel.errors import Invalid

MOST_BYTES = 256 * 1024
MOST_LINES = 5_000
MOST_FILES = 60
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class TextTooLong(Invalid):
    """“{path}”太长：最多 {kib} KiB、{lines} 行。请把内容分成几个文件。

    '{path}' is too long: at most {kib} KiB and {lines} lines. Please split the content into several files.
    """


class TextUnprintable(Invalid):
    """“{path}”第 {line} 行里有看不见的控制字符，可能是粘贴时带进来的。请删掉后再保存。

    Line {line} of '{path}' holds an invisible control character, perhaps from pasting. Please remove it and save again.
    """


def clean(path: str, text: str) -> str:
    """Return the text with plain line ends and one at its end. Raises TextTooLong, TextUnprintable."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if len(plain) > MOST_BYTES or plain.count("\n") > MOST_LINES or len(plain.encode(errors="replace")) > MOST_BYTES:
        raise TextTooLong(path=path, kib=MOST_BYTES // 1024, lines=MOST_LINES)
    found = _UNPRINTABLE.search(plain)
    if found:
        raise TextUnprintable(path=path, line=plain.count("\n", 0, found.start()) + 1)
    return plain if plain.endswith("\n") else plain + "\n"
