"""The words of problems that are not a room's own: one title and one explanation for each status."""

from collections.abc import Mapping
from typing import Any

from yijianshi.kernel.text import Text

TITLES: Mapping[int, tuple[Text, Text]] = {
    400: (
        Text("没有看懂这个请求", "We could not read this request"),
        Text("请求的格式不对。请返回上一页再试一次。", "The request is not in a form we can read. Please go back and try again."),
    ),
    401: (
        Text("需要先登录", "Please log in first"),
        Text("登录后才能继续。您填写的内容不会丢失。", "You can go on after logging in. What you have filled in is kept."),
    ),
    403: (
        Text("这一步目前不能做", "This cannot be done at present"),
        Text("您的账户没有这项权限。需要帮助请打 12345。", "Your account may not do this. For help please call 12345."),
    ),
    404: (
        Text("没有找到这个页面", "Page not found"),
        Text(
            "地址可能有误，或者内容已经移走。请从首页重新进入。",
            "The address may be wrong, or the page has moved. Please start from the home page.",
        ),
    ),
    405: (
        Text("这个地址不支持这种操作", "This address does not take this kind of request"),
        Text("请回到上一页，使用页面上的按钮。", "Please go back and use the buttons on the page."),
    ),
    409: (
        Text("情况刚刚有了变化", "Things have just changed"),
        Text("请刷新后再试。", "Please reload and try again."),
    ),
    411: (
        Text("没有说明内容的大小", "The size of the content is missing"),
        Text(
            "上传时必须说明大小（Content-Length）。请换一个浏览器或程序再试。",
            "An upload must state its size (Content-Length). Please use another browser or program.",
        ),
    ),
    413: (
        Text("内容太大了", "This is too large"),
        Text(
            "文件超过了上限，没有接收。请压缩或拆分后再上传。",
            "The file is over the limit and was not received. Please compress or split it, then upload again.",
        ),
    ),
    422: (
        Text("填写的内容需要修改", "Something filled in needs to be changed"),
        Text("请按下面的提示修改后再提交。", "Please change what is marked below, then submit again."),
    ),
    429: (
        Text("请稍等一会儿", "Please wait a little"),
        Text("操作太频繁了。请稍后再试。", "That was too often in a short time. Please try again later."),
    ),
    500: (
        Text("系统出了问题", "Something went wrong on our side"),
        Text(
            "这不是您的问题。已经记录下来，请稍后再试。", "This is not your fault. It has been recorded; please try again later."
        ),
    ),
    503: (
        Text("系统正在恢复", "The service is recovering"),
        Text(
            "暂时连不上数据库，您已提交的内容都在。请过几秒再试。",
            "The database cannot be reached just now; what you submitted is safe. Please try again in a few seconds.",
        ),
    ),
}

STALE_FORM = (
    Text("这个页面放得太久了", "This page has been open for too long"),
    Text("为了安全，请刷新页面后再提交一次。", "To keep you safe, please reload the page and submit once more."),
)

CODES: Mapping[int, str] = {
    400: "bad-request",
    401: "login-required",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    409: "conflict",
    411: "length-required",
    413: "too-large",
    422: "invalid",
    429: "too-many",
    500: "internal",
    503: "unavailable",
}

_OF_PYDANTIC: Mapping[str, Text] = {
    "missing": Text("这一项没有填写。", "This is missing."),
    "extra_forbidden": Text("没有这一项。", "There is no such field."),
    "string_too_long": Text("内容太长了。", "This is too long."),
    "string_too_short": Text("内容太短了。", "This is too short."),
    "uuid_parsing": Text("编号的格式不对。", "This is not a valid identifier."),
    "json_invalid": Text("内容不是有效的 JSON。", "This is not valid JSON."),
}
_ELSE = Text("内容的格式不对。", "This is not in the expected form.")


def for_pydantic(error: Mapping[str, Any]) -> Text:
    """Return words for one finding of pydantic; its own message is never shown, since it may repeat what was entered."""
    return _OF_PYDANTIC.get(str(error.get("type")), _ELSE)
