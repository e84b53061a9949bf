"""The events page: what rooms tell each other, what it carries, who listens."""

from yijianshi.config.reference.markdown import code, first_line, table

_HEAD = """# 事件 Events

一个房间办完一件事，就写下一个事件；同一事务里，每个听众在发件箱（outbox）里得到一行，提交后由 worker 送达。没有听众就不写。

A room says what has happened; in the same transaction each listener gets a row in the outbox, which a worker delivers after the
commit. Nobody listening means nothing written.

"""


def page() -> str:
    """Return the page."""
    from yijianshi.foundation import events

    rows = [
        (code(name), first_line(cls.__doc__), ", ".join(code(field) for field in cls.__annotations__), _listeners(handlers))
        for name, cls, handlers in events.list_events()
        if cls.__module__.startswith("yijianshi.")
    ]
    return _HEAD + table(("事件 Event", "发生了什么 What happened", "字段 Fields", "听众 Listeners"), rows)


def _listeners(handlers: list[str]) -> str:
    return ", ".join(code(handler) for handler in handlers if not handler.startswith("tests."))
