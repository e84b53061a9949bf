"""How this reader wants the pages: language, large print, light or dark; kept in cookies, not in an account."""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from yijianshi.kernel.text import LANGUAGES

LANGUAGE_COOKIE = "language"
ELDER_COOKIE = "elder"
THEME_COOKIE = "theme"
THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class Display:
    """Choices of one reader; ``today`` decides whether a date needs its year."""

    language: str
    elder: bool
    theme: str
    today: date | None = None

    @property
    def html_language(self) -> str:
        """Return the value of the page's ``lang`` attribute."""
        return "en" if self.language == "en" else "zh-CN"


DEFAULT = Display(language="zh", elder=False, theme="auto")
# Filters cannot see the template context; the context processor sets this at the start of every page.
_current: ContextVar[Display] = ContextVar("display", default=DEFAULT)


def display_of(request: HttpRequest, today: date | None = None) -> Display:
    """Return the reader's choices; anything unknown falls back to Chinese, ordinary print, automatic light."""
    language = getattr(request, "language", None) or request.COOKIES.get(LANGUAGE_COOKIE, "zh")
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return Display(
        language=language if language in LANGUAGES else "zh",
        elder=request.COOKIES.get(ELDER_COOKIE) == "1",
        theme=theme if theme in THEMES else "auto",
        today=today,
    )


def current() -> Display:
    """Return the choices of the page being written."""
    return _current.get()


def use(display: Display) -> None:
    """Write the rest of this page as *display* asks."""
    _current.set(display)
