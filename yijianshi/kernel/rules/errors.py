"""What an author reads when a rule cannot be understood."""

from yijianshi.kernel.errors import Invalid
from yijianshi.kernel.text import Text


class RuleSyntaxError(Invalid):
    """规则的第 {column} 个字符处看不懂：{why}。{mend}。

    The rule cannot be understood at character {column}: {why}. {mend}.
    """

    def __init__(self, *, column: int, why: Text, mend: Text) -> None:
        self.column = column
        super().__init__(column=column, why=why, mend=mend)
