"""The API page: every operation, who may call it, what goes in and what comes out."""

from collections.abc import Iterator, Mapping
from typing import Any

from yijianshi.config.reference.markdown import code, first_line, table

_HEAD = """# 接口 API

全部在 `/api/v1/` 下；机器可读的说明在 `/api/v1/openapi.json`。错误一律是 `application/problem+json`（RFC 9457），中英文都有。
登录后带 `Authorization: Bearer <token>`；代别人办时再带 `Acting-For: <mandate id>`。

Everything is under `/api/v1/`; `/api/v1/openapi.json` describes it to programs. Errors are `application/problem+json` (RFC 9457)
in both languages. After log-in send `Authorization: Bearer <token>`, and `Acting-For: <mandate id>` when acting for somebody.

门 Door：`PUBLIC` 任何人 anybody · `CITIZEN` 登录的办事人 a person logged in · `STAFF` 工作人员 staff ·
`DEMO` 任何人，只在演示模式存在 anybody, in demo mode only.

"""
_METHODS = ("get", "post", "put", "patch", "delete")


def page() -> str:
    """Return the page, one table for each room."""
    from yijianshi.config.urls import api

    doors, rooms = _doors(api), dict[str, list[tuple[str, ...]]]()
    for path, operations in api.get_openapi_schema()["paths"].items():
        for method in _METHODS:
            if method in operations:
                one = operations[method]
                row = (code(f"{method.upper()} {path}"), doors[one["operationId"]], _summary(one), _body(one), _answer(one))
                rooms.setdefault(one["tags"][0], []).append(row)
    head = ("操作 Operation", "门 Door", "做什么 What it does", "请求 Body", "回答 Answer")
    return _HEAD + "\n".join(f"## {room}\n\n{table(head, rows)}" for room, rows in rooms.items())


def _summary(operation: Mapping[str, Any]) -> str:
    return first_line(operation.get("description") or operation.get("summary"))


def _doors(api: Any) -> dict[str, str]:
    return {api.get_openapi_operation_id(operation): _door(router, operation) for router, operation in _operations(api)}


def _operations(api: Any) -> Iterator[tuple[Any, Any]]:
    for _, router in api._routers:
        for view in router.path_operations.values():
            yield from ((router, operation) for operation in view.operations)


def _door(router: Any, operation: Any) -> str:
    """Return who may call: a key kept by a door names its kind and roles."""
    from yijianshi.identity.logic.entry import Entry

    auth = list(operation.auth_callbacks) or [router.auth]
    entries: list[Entry] = [one for door in auth for one in getattr(door, "entries", (getattr(door, "entry", None),)) if one]
    return " / ".join(" ".join((str(one.kind), *sorted(one.roles))) for one in entries)


def _body(operation: Mapping[str, Any]) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    return ", ".join(
        f"{_kind(one.get('schema', {}))} ({kind})" if "json" not in kind else _kind(one["schema"])
        for kind, one in content.items()
    )


def _answer(operation: Mapping[str, Any]) -> str:
    good = {int(status): one for status, one in operation["responses"].items() if int(status) < 300}
    shapes: list[tuple[int, Any]] = [
        (status, next(iter(one.get("content", {}).values()), {})) for status, one in sorted(good.items())
    ]
    return ", ".join(f"{status} {_kind(one.get('schema', {}))}".strip() for status, one in shapes)


def _kind(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return code(schema["$ref"].rpartition("/")[2])
    if schema.get("type") == "array":
        return f"{_kind(schema.get('items', {}))} []"
    return code(schema.get("title") or schema.get("type") or "")
