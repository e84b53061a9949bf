"""Errors a person reads: a DomainError subclass's docstring is its message, Chinese line first, English line second."""

import re
from typing import Any, ClassVar

from yijianshi.kernel.text import Text

_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class DomainError(Exception):
    """办理没有完成：{why}。

    This was not done: {why}.
    """

    # Docstring = the Chinese paragraph, a blank line, the English paragraph; {placeholders} are the keyword arguments.
    # Say what is wrong, why it matters, how to mend it. Never blame, never a bare code.

    status: ClassVar[int] = 409  # the HTTP status foundation.problems answers with
    field: str | None = None  # dictionary name of the form field at fault, where there is one

    def __init__(self, *, field: str | None = None, **params: Any) -> None:
        self.params = params
        self.field = field
        super().__init__(self.text.en)

    @property
    def code(self) -> str:
        """Return the stable machine name, ``CaseNotFound`` → ``case-not-found``."""
        return _BOUNDARY.sub("-", type(self).__name__).lower()

    @property
    def text(self) -> Text:
        """Return the message in both languages with the parameters filled in."""
        paragraphs = [" ".join(part.split()) for part in (type(self).__doc__ or "").split("\n\n")]
        chinese, english = [part for part in paragraphs if part][:2]
        return Text(chinese, english).format(**self.params)


class Invalid(DomainError):
    """填写的内容需要修改：{why}。

    Something filled in needs to be changed: {why}.
    """

    status = 422


class NotFound(DomainError):
    """没有找到{what}。可能已经删除，或者不属于您。

    {what} was not found. It may have been removed, or it may not be yours.
    """

    status = 404


class Forbidden(DomainError):
    """您目前不能这样做：{why}。

    You cannot do this at present: {why}.
    """

    status = 403


class Conflict(DomainError):
    """情况刚刚有了变化：{why}。请刷新后再试。

    Things have just changed: {why}. Please reload and try again.
    """

    status = 409


class TooMany(DomainError):
    """尝试次数过多，请在 {seconds} 秒后再试。

    Too many attempts. Please try again in {seconds} seconds.
    """

    status = 429
