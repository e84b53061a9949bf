"""Templates obey the content policy: nothing inline that it would have to allow."""

import re

import pytest

from tests.house import sources

INLINE = (
    (re.compile(r"""\sstyle\s*=""", re.I), "an inline style"),
    (re.compile(r"""<style\b""", re.I), "a style element"),
    (re.compile(r"""\son[a-z]+\s*=\s*["']""", re.I), "an inline handler"),
    (re.compile(r"""<script\b(?![^>]*\bsrc=)""", re.I), "inline script"),
    (re.compile(r"""(?:href|src|action)\s*=\s*["']\s*(?:javascript|data):""", re.I), "a javascript: or data: address"),
    (re.compile(r"""(?:href|src)\s*=\s*["'](?:https?:)?//""", re.I), "an outside address"),
    (re.compile(r"""\|\s*safe\b|{%\s*autoescape\s+off""", re.I), "unescaped output"),
)


def inline(text: str) -> list[tuple[int, str]]:
    """Return (line, what) of everything the content policy refuses."""
    return sorted((text.count("\n", 0, found.start()) + 1, what) for rule, what in INLINE for found in rule.finditer(text))


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color:red">',
        '<a onclick="go()">',
        "<script>go()</script>",
        '<a href="javascript:go()">',
        "{{ name|safe }}",
        '<img src="//x.cn/a.png">',
    ],
)
def test_inline_code_is_found(text: str) -> None:
    assert inline(text)


@pytest.mark.parametrize("text", ['<script type="module" src="{% static "a.js" %}"></script>', '<a href="#one" data-on="yes">'])
def test_outside_code_passes(text: str) -> None:
    assert not inline(text)


def test_templates_hold_nothing_inline() -> None:
    broken = [f"{name}:{line}: {what}" for name in sources.templates() for line, what in inline(sources.read(name))]
    assert sources.templates()
    assert not broken, sources.told(
        broken,
        "The content policy (foundation/middleware.py) blocks it. Put styles into static/*.css, behaviour into static/js/*.js.",
    )
