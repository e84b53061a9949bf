"""Show who can be tried out in the demonstration."""

from rich.table import Table

from yijianshi.config import words
from yijianshi.identity import queries as identity


def show(address: str) -> None:
    """Print the address and the demonstration's accounts."""
    chinese = words.prefers_chinese()
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("账号 account", "姓名 name", "身份 who"):
        table.add_column(heading)
    for account in identity.list_staff_accounts_demo():
        where = account.organisation.get("zh" if chinese else "en") if account.organisation else words.both("申请人", "applicant")
        table.add_row(account.username, account.name, where)
    words.console.print()
    words.console.print(
        words.both(f"[bold]{address}[/]  登录页可以直接选择演示账号。", f"{address}/login/ offers these accounts.")
    )
    words.console.print(table)
    words.console.print(words.both("按 Ctrl-C 停止，数据会保留。", "Ctrl-C stops it; the data is kept."))
