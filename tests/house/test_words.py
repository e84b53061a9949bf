"""What people read exists in Chinese and in English, with the same blanks to fill."""

import ast
import re

from tests.house import chinese, sources, words

_TAG = re.compile(r"{[%#].*?[%#]}|{{.*?}}")
_OWN_LANGUAGE = re.compile(r'<(\w+)[^>]*\blang="zh-CN"[^>]*>[^<]*</\1>')  # the name of a language in that language
_HAN = re.compile(f"[{chinese.HAN}]")
_LATIN = re.compile("[A-Za-z]")


def unsaid(line: str) -> bool:
    """Say whether a template line holds Chinese words that the language switch cannot reach."""
    return bool(_HAN.search(_OWN_LANGUAGE.sub("", _TAG.sub("", line))))


def test_unsaid_words_are_found() -> None:
    assert unsaid("<h1>我的办件</h1>")
    assert not unsaid('<h1>{% say "我的办件" "My applications" %}</h1>')
    assert not unsaid('<span lang="zh-CN">中文</span>')


def test_templates_speak_through_say() -> None:
    broken = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name in sources.templates()
        if name.endswith((".html", ".svg"))
        for number, line in sources.lines(name)
        if unsaid(line)
    ]
    assert not broken, sources.told(broken, 'Write {% say "中文" "English" %}; otherwise a reader of English meets Chinese.')


def test_every_say_has_both_languages_and_the_same_blanks() -> None:
    found = [
        (f"{name}:{number}", one)
        for name in sources.templates()
        for number, line in sources.lines(name)
        for one in words.said(line)
    ]
    broken = [
        f"{place}: {one.zh!r} / {one.en!r}"
        for place, one in found
        if not one.zh.strip()
        or not one.en.strip()
        or words.placeholders(one.zh) != words.placeholders(one.en)
        or not words.placeholders(one.zh) <= one.given
    ]
    assert found
    assert not broken, sources.told(
        broken, 'Both texts, the same {blanks}, and a value for each: {% say "还有 {n} 项" "{n} left" n=count %}.'
    )


def test_errors_speak_both_languages_with_the_same_blanks() -> None:
    broken = [
        f"{name}:{line}: {zh!r} / {en!r}"
        for name in sources.code()
        for line, zh, en in words.error_texts(sources.tree(name))
        if not speaks(zh, _HAN) or not speaks(en, _LATIN) or words.placeholders(zh) != words.placeholders(en)
    ]
    assert not broken, sources.told(
        broken,
        "The docstring of an error is what people read: a Chinese paragraph, an empty line, an English one, the same {blanks}.\n"
        "Say what is wrong, why, and what to do next.",
    )


def test_texts_in_code_have_the_same_blanks() -> None:
    found = [(f"{name}:{line}", zh, en) for name in sources.code() for line, zh, en in words.literal_texts(sources.tree(name))]
    broken = [f"{place}: {zh!r} / {en!r}" for place, zh, en in found if not _agree(zh, en)]
    assert found
    assert not broken, sources.told(broken, "One of the two languages would lose what the blank stands for, or show the braces.")


def test_missing_paragraphs_are_found() -> None:
    tree = ast.parse(
        'class Late(Conflict):\n    """晚了 {days} 天。"""\nclass Later(Late):\n    """更晚。\n\n    Later still.\n    """\n'
    )
    assert list(words.error_texts(tree)) == [(1, "晚了 {days} 天。", ""), (3, "更晚。", "Later still.")]


def speaks(text: str, letters: re.Pattern[str]) -> bool:
    """Say whether a paragraph is written in these letters; one that is nothing but a blank speaks with what fills it."""
    return bool(letters.search(text)) or bool(re.fullmatch(r"{\w+}", text))


def _agree(zh: str, en: str) -> bool:
    """Say whether neither language merely drops a blank; "and 3 others" may count differently from 等 5 项."""
    try:
        ours, theirs = words.placeholders(zh), words.placeholders(en)
    except ValueError:  # braces that are no blanks
        return True
    return not (ours < theirs or theirs < ours)
