"""From text to rule tree: Python's own parser reads the expression, a whitelist translates it, nothing is ever run."""

import ast
import difflib
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NoReturn

from yijianshi.kernel.rules import ir
from yijianshi.kernel.rules.errors import RuleSyntaxError
from yijianshi.kernel.rules.functions import WORDS
from yijianshi.kernel.rules.literals import SPECIAL_FORMS, make_list
from yijianshi.kernel.rules.scan import DEEPEST_NESTING, is_name, scan, too_deep
from yijianshi.kernel.text import Text

_COMPARISONS: Final[Mapping[type[ast.cmpop], str]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
_ARITHMETIC: Final[Mapping[type[ast.operator], str]] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_MEANT: Final[Mapping[str, Text]] = {
    "true": Text("成立请写 True", "Write True"),
    "false": Text("不成立请写 False", "Write False"),
    "null": Text("询问是否已知请写 known(名称)", "To ask whether a fact is known, write known(name)"),
    "none": Text("询问是否已知请写 known(名称)", "To ask whether a fact is known, write known(name)"),
}
_ALLOWED: Final = Text(
    "规则里可以写比较、and、or、not、in、+ - * / 和规定的函数",
    "A rule may use comparisons, and, or, not, in, + - * / and the listed functions",
)


_KEPT_IN_MEMORY = 4096  # rules; trees never change, and the same few thousand are asked for again and again


@lru_cache(maxsize=_KEPT_IN_MEMORY)
def parse(source: str) -> ir.Expr:
    """Return the rule tree of *source* (Python expression syntax, a closed subset; at most 4,000 characters, 50 levels).

    Raises RuleSyntaxError, which says at which character, what is wrong and how to mend it.
    """
    tokens = scan(source)
    if not tokens:
        _refuse(
            1,
            Text("规则是空的", "the rule is empty"),
            Text("请写一个判断；总是成立请写 True", "Write a question; for always, write True"),
        )
    flat = re.sub(r"[\r\n\t]", " ", source)
    lead = len(flat) - len(flat.lstrip())
    try:
        tree = ast.parse(flat.lstrip(), mode="eval").body
    except SyntaxError as error:
        end = lead + len(flat.strip())  # an unfinished rule is reported where it stops
        raise _not_an_expression(lead + error.offset if error.offset else end) from None
    except (RecursionError, MemoryError):
        raise too_deep(1) from None
    return _Reader(flat.lstrip(), lead).read(tree, 1)


def _not_an_expression(column: int) -> RuleSyntaxError:
    return RuleSyntaxError(
        column=column,
        why=Text("写法不完整，或多了、少了符号", "something is missing or one sign too many"),
        mend=Text(
            "请检查括号是否成对、运算符两边是否都有内容", "Check that brackets pair up and that each operator has both its sides"
        ),
    )


def _refuse(column: int, why: Text, mend: Text = _ALLOWED) -> NoReturn:
    raise RuleSyntaxError(column=column, why=why, mend=mend)


class _Reader:
    """Translates one Python syntax tree; keeps the text to quote numbers exactly and to count columns in characters."""

    def __init__(self, text: str, lead: int) -> None:
        self._bytes = text.encode()
        self._lead = lead

    def column(self, node: ast.expr) -> int:
        return self._lead + len(self._bytes[: node.col_offset].decode()) + 1

    def read(self, node: ast.expr, depth: int) -> ir.Expr:
        if depth > DEEPEST_NESTING:
            raise too_deep(self.column(node))
        reader = _READERS.get(type(node))
        if reader is None:
            why = Text("规则里不能用这种写法", "this construct is not part of the rule language")
            _refuse(self.column(node), why)
        return reader(self, node, depth)

    def constant(self, node: ast.Constant, _depth: int) -> ir.Expr:
        column, value = self.column(node), node.value
        match value:
            case bool():
                return ir.Literal(value, ir.Type.BOOL, column)
            case int():
                return ir.Literal(value, ir.Type.INT, column)
            case float():  # read the digits again: a float would already be rounded
                digits = self._bytes[node.col_offset : node.end_col_offset].decode()
                return ir.Literal(Decimal(digits), ir.Type.DECIMAL, column)
            case str():
                return ir.Literal(value, ir.Type.TEXT, column)
            case _:
                why = Text("这里不能写 None 或省略号", "None and ... cannot be used here")
                _refuse(column, why, Text("询问是否已知请写 known(名称)", "To ask whether a fact is known, write known(name)"))

    def name(self, node: ast.expr, _depth: int) -> ir.Name:
        parts, inner = [], node
        while isinstance(inner, ast.Attribute):
            parts.append(inner.attr)
            inner = inner.value
        column = self.column(node)
        if not isinstance(inner, ast.Name):
            why = Text("点号只能用在名称里", "a dot can only be part of a name")
            _refuse(column, why, Text("名称写成 child.birth_date 这样", "Write names like child.birth_date"))
        path = ".".join([inner.id, *reversed(parts)])
        if path in _MEANT:
            why = Text(f"“{path}”在规则里不是固定值", f"“{path}” is no constant of the rule language")
            _refuse(column, why, _MEANT[path])
        if not is_name(path):
            why = Text(f"“{path}”不是字典名称的写法", f"“{path}” is not written like a dictionary name")
            _refuse(
                column,
                why,
                Text("只用小写字母开头的词，用点连接", "Use lower-case words joined by dots"),
            )
        if path in WORDS:
            why = Text(f"函数 {path} 后面少了括号", f"the function {path} lacks its brackets")
            _refuse(column, why, Text(f"请写 {path}(…)", f"Write {path}(…)"))
        return ir.Name(path, column)

    def compare(self, node: ast.Compare, depth: int) -> ir.Expr:
        sides = [self.read(item, depth + 1) for item in (node.left, *node.comparators)]
        links: list[ir.Expr] = []
        for op, left, right in zip(node.ops, sides[:-1], sides[1:], strict=True):
            sign = _COMPARISONS.get(type(op))
            if sign is None:
                why = Text("不能用 is", "“is” cannot be used")
                _refuse(left.column, why, Text("请写 == 或 !=", "Write == or !="))
            links.append(ir.Compare(sign, left, right, left.column))
        return links[0] if len(links) == 1 else ir.And(tuple(links), self.column(node))

    def boolean(self, node: ast.BoolOp, depth: int) -> ir.Expr:
        kind: type[ir.And] | type[ir.Or] = ir.And if isinstance(node.op, ast.And) else ir.Or
        operands: list[ir.Expr] = []
        for item in node.values:
            operand = self.read(item, depth + 1)
            operands.extend(operand.operands if isinstance(operand, kind) else (operand,))
        return kind(tuple(operands), self.column(node))

    def unary(self, node: ast.UnaryOp, depth: int) -> ir.Expr:
        operand, column = self.read(node.operand, depth + 1), self.column(node)
        if isinstance(node.op, ast.Not):
            return ir.Not(operand, column)
        if not isinstance(node.op, ast.USub):
            _refuse(column, Text("多了一个正号", "there is a plus sign too many"), Text("请去掉", "Leave it out"))
        if isinstance(operand, ir.Literal) and operand.type in (ir.Type.INT, ir.Type.DECIMAL):
            return negative(operand, column)
        return ir.Negate(operand, column)

    def binary(self, node: ast.BinOp, depth: int) -> ir.Expr:
        sign = _ARITHMETIC.get(type(node.op))
        if sign is None:
            why = Text("只有 + - * / 四种运算", "there are only the four operations + - * /")
            _refuse(self.column(node), why, Text("没有乘方、取余和整除", "No powers, remainders or floor division"))
        return ir.Arithmetic(sign, self.read(node.left, depth + 1), self.read(node.right, depth + 1), self.column(node))

    def list_literal(self, node: ast.List | ast.Tuple, depth: int) -> ir.Expr:
        return make_list([self.read(item, depth + 1) for item in node.elts], self.column(node))

    def call(self, node: ast.Call, depth: int) -> ir.Expr:
        column = self.column(node)
        word = node.func.id if isinstance(node.func, ast.Name) else ""
        if word not in WORDS:
            near = difflib.get_close_matches(word, sorted(WORDS), 1)
            mend = Text(f"是不是想写 {near[0]}", f"Did you mean {near[0]}") if near else None
            listed = ", ".join(sorted(WORDS))
            _refuse(
                column,
                Text(f"没有函数“{word or '…'}”", f"there is no function “{word or '…'}”"),
                mend or Text(f"可用的函数：{listed}", f"The functions are {listed}"),
            )
        if node.keywords or any(isinstance(item, ast.Starred) for item in node.args):
            why = Text("括号里只能依次写参数", "arguments are written one after the other")
            _refuse(column, why, Text("不能写 a=… 或 *", "Without a=… and without *"))
        arguments = tuple(self.read(item, depth + 1) for item in node.args)
        special = SPECIAL_FORMS.get(word)
        return special(arguments, column) if special else ir.Call(word, arguments, column)


def negative(literal: ir.Literal, column: int = 0) -> ir.Literal:
    """Return the number literal with its sign changed, exactly."""
    value = literal.value
    return ir.Literal(value.copy_negate() if isinstance(value, Decimal) else -value, literal.type, column)  # type: ignore[operator]


_READERS: Final[Mapping[type[ast.expr], Callable[[_Reader, Any, int], ir.Expr]]] = {
    ast.Constant: _Reader.constant,
    ast.Name: _Reader.name,
    ast.Attribute: _Reader.name,
    ast.Compare: _Reader.compare,
    ast.BoolOp: _Reader.boolean,
    ast.UnaryOp: _Reader.unary,
    ast.BinOp: _Reader.binary,
    ast.List: _Reader.list_literal,
    ast.Tuple: _Reader.list_literal,
    ast.Call: _Reader.call,
}
