"""What the command line says: short lines, Chinese and English, the reader's own language first."""

import os

from rich.console import Console

console = Console(highlight=False, soft_wrap=True)


def prefers_chinese() -> bool:
    """Return whether the terminal's language is Chinese (LC_ALL, LC_MESSAGES, LANG in this order)."""
    chosen = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return chosen.lower().startswith("zh")


def both(zh: str, en: str) -> str:
    """Return one line with both languages, the second one dimmed."""
    first, second = (zh, en) if prefers_chinese() else (en, zh)
    return f"{first}  [dim]{second}[/]"


def say(zh: str, en: str) -> None:
    """Print one line of progress."""
    console.print(f"[green]·[/] {both(zh, en)}")


def warn(zh: str, en: str) -> None:
    """Print something the reader should look at."""
    console.print(f"[yellow]![/] {both(zh, en)}")
