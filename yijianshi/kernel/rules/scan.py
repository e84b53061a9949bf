"""First look at a rule's text: only known words and signs pass, so that mistakes get a clear answer before parsing."""

import keyword
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from yijianshi.kernel.rules.errors import RuleSyntaxError
from yijianshi.kernel.text import Text

LONGEST_SOURCE = 4_000
DEEPEST_NESTING = 50
LONGEST_NUMBER = 60

_TOKEN: Final = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<string>"(?:[^"\\\r\n]|\\(?:[\\"'nrt]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}))*"
               |'(?:[^'\\\r\n]|\\(?:[\\"'nrt]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}))*')
    |(?P<number>[0-9]+(?:\.[0-9]+)?)
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<sign>==|!=|<=|>=|[<>+\-*/(),.\[\]])""",
    re.VERBOSE,
)
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_MENDS: Final[dict[str, Text]] = {
    "=": Text("判断是否相等请写两个等号 ==", "To ask whether two things are equal, write =="),
    "&": Text("“并且”请写 and", "Write and"),
    "|": Text("“或者”请写 or", "Write or"),
    "!": Text("“不是”请写 not，“不等于”请写 !=", "Write not, or != for unequal"),
    "#": Text("规则里不能写注释，请写到事项的说明字段", "Put remarks into the item's note, a rule has no comments"),
    '"': Text(
        '引号要成对，中间不能换行，反斜杠只用于 \\\\ \\" \\n 等',
        'Quotes come in pairs on one line, with \\ only in \\\\, \\" or \\n',
    ),
    "'": Text("引号要成对，并且写在同一行", "Quotes come in pairs, on one line"),
    ":": Text("规则是一个判断，不能赋值，也不能写 lambda 或字典", "A rule is one question: no assignment, lambda or dictionary"),
    "{": Text('列表请写方括号，如 ["a", "b"]', 'Write a list in square brackets, such as ["a", "b"]'),
    "%": Text("百分之五请写 0.05", "For five per cent write 0.05"),
    "^": Text("规则里没有乘方", "There are no powers in rules"),
    "@": Text("只用 + - * / 和比较、and、or、not", "Use only + - * /, comparisons, and, or, not"),
}
_FULL_WIDTH: Final = "（），。、“”‘’＝＜＞！＋－＊／：；［］【】《》　"
_HALF_WIDTH: Final = Text("请改用英文（半角）符号", "Use the half-width sign instead")
_PLAIN: Final = Text(
    "只能写字典里的名称（小写字母、数字、下划线、点）、数字、引号里的文字和运算符",
    "Use dictionary names (lower-case letters, digits, underscores, dots), numbers, quoted texts and operators",
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign and where it stands (columns count from 1)."""

    kind: str
    text: str
    column: int


def scan(source: str) -> list[Token]:
    """Return the words and signs of *source* without the spaces; raises RuleSyntaxError at the first foreign one."""
    if len(source) > LONGEST_SOURCE:
        raise RuleSyntaxError(
            column=LONGEST_SOURCE,
            why=Text(f"规则超过 {LONGEST_SOURCE} 个字符", f"the rule is longer than {LONGEST_SOURCE} characters"),
            mend=Text("请拆成几条规则", "Split it into several rules"),
        )
    tokens: list[Token] = []
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            raise _foreign(source[position], position + 1)
        if match.lastgroup != "space":
            tokens.append(Token(str(match.lastgroup), match.group(), position + 1))
        position = match.end()
    _check_neighbours(tokens)
    _check_reserved(tokens)
    _check_nesting(tokens)
    return tokens


def _foreign(sign: str, column: int) -> RuleSyntaxError:
    mend = _HALF_WIDTH if sign in _FULL_WIDTH else _MENDS.get(sign, _PLAIN)
    return RuleSyntaxError(column=column, why=Text(f"这里不能用“{sign}”", f"“{sign}” cannot be used here"), mend=mend)


def _check_neighbours(tokens: list[Token]) -> None:
    for token in tokens:
        if token.kind == "number" and len(token.text) > LONGEST_NUMBER:
            why = Text(f"数字超过 {LONGEST_NUMBER} 位", f"a number has more than {LONGEST_NUMBER} digits")
            raise RuleSyntaxError(column=token.column, why=why, mend=Text("请检查是否多写了", "Check for a slip of the keyboard"))
    for left, right in pairwise(tokens):
        if left.kind == right.kind == "string":
            why = Text("两段文字之间少了符号", "something is missing between two texts")
            raise RuleSyntaxError(column=right.column, why=why, mend=Text("列表里请加逗号", "In a list, put a comma"))
        touching = left.column + len(left.text) == right.column
        if touching and "sign" not in (left.kind, right.kind):
            why = Text(f"“{left.text}{right.text}”连在一起", f"“{left.text}{right.text}” is run together")
            mend = Text(
                "请用空格隔开；文字不要加 f、r、b 前缀；数字不要用下划线、字母或指数",
                "Put a space between; texts take no prefix f, r or b; numbers no letters, underscores or exponents",
            )
            raise RuleSyntaxError(column=right.column, why=why, mend=mend)


def is_name(path: str) -> bool:
    """Say whether *path* can stand in a rule as a dictionary name: lower-case words joined by dots, none reserved by Python."""
    return bool(_NAME.fullmatch(path)) and not any(keyword.iskeyword(word) for word in path.split("."))


def _check_reserved(tokens: list[Token]) -> None:
    for left, right in pairwise(tokens):
        word = right if left.text == "." else left if right.text == "." else None
        if word is not None and keyword.iskeyword(word.text) and word.text not in ("True", "False", "None"):
            why = Text(f"“{word.text}”是保留词，不能用在名称里", f"“{word.text}” is a reserved word and cannot be part of a name")
            raise RuleSyntaxError(
                column=word.column, why=why, mend=Text("请在字典里换一个名称", "Give the entry another name in the dictionary")
            )


def _check_nesting(tokens: list[Token]) -> None:
    depth = run = 0
    for token in tokens:
        depth += (token.text in "([") - (token.text in ")]")
        run = run + 1 if token.text in ("not", "-", "+") else 0
        if depth > DEEPEST_NESTING or run > DEEPEST_NESTING:
            raise too_deep(token.column)


def too_deep(column: int) -> RuleSyntaxError:
    """Return the error for a rule nested more deeply than anybody can read."""
    return RuleSyntaxError(
        column=column,
        why=Text(f"括号或运算套了超过 {DEEPEST_NESTING} 层", f"it is nested more than {DEEPEST_NESTING} levels deep"),
        mend=Text("请拆成几条规则", "Split it into several rules"),
    )
