"""The two parts of a package made for people: what is in it and how to check it, and the list a spreadsheet opens."""

from collections.abc import Iterable, Sequence

from yijianshi.kernel.archive import layout
from yijianshi.kernel.archive.model import CHINA, CasePackage
from yijianshi.kernel.archive.retention import destroy_on

_COLUMNS = ("件号", "类别", "题名", "形成时间", "来源", "字节数", "路径")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def readme(package: CasePackage) -> str:
    """Return the plain Chinese explanation of *package*, lines ended by CR LF so that any editor shows them."""
    day = destroy_on(package.retention, package.closed_on)
    until = f"{day.isoformat()} 起可以鉴定是否销毁，到期不等于可以自行销毁" if day else "永久保存，不得销毁"
    lines = (
        f"办件 {_one_line(package.number)} 的归档信息包",
        "",
        f"题名：{_one_line(package.title)}",
        f"办理机构：{_one_line(package.organisation)}",
        f"办理结果：{_one_line(package.outcome)}",
        f"办结日期：{package.closed_on.isoformat()}（北京时间）",
        f"保管期限：{package.retention.value}（{until}）",
        "",
        "一、里面有什么",
        f"{layout.CONTENTS}：文件目录，共 {len(package.papers)} 件，可以用表格软件打开。",
        f"{layout.STEPS}：办理过程，共 {len(package.steps)} 步，写明何时、何人、做了什么、依据什么。",
        "申请、材料、过程、结果：四个文件夹，文件名开头的四位数字是件号，全卷连续。没有文件的文件夹不出现。",
        f"{layout.METADATA_FOLDER}：每一件文件的说明，编号与件号相同。",
        f"{layout.MANIFEST}：清单，写明除它自己以外每个文件的大小和 SM3 摘要（国家标准 GB/T 32905）。",
        "",
        "二、不用本软件怎样核对",
        "1. 用任何解压软件打开这个 ZIP 文件，不需要密码。",
        f"2. 用记事本或者浏览器打开 {layout.MANIFEST}，逐个对照：列出的文件都在，没有多出来的。",
        "3. 在命令行执行：openssl dgst -sm3 文件名（OpenSSL 1.1.1 以上），结果应与清单中该文件的 SM3 相同。",
        f"4. 对 {layout.MANIFEST} 也执行一次，结果应与移交时登记的摘要相同；没有登记过的，清单本身是否被换过无从判断。",
        "5. 件号从 1 开始，中间没有空号。",
        "",
    )
    return "\r\n".join(lines)


def contents(package: CasePackage, paths: Sequence[str]) -> str:
    """Return the list of papers as CSV (RFC 4180); *paths* are those of the papers, in order."""
    rows = (
        (
            str(number),
            paper.role.value,
            paper.title,
            paper.made_at.astimezone(CHINA).isoformat(),
            paper.origin,
            str(len(paper.content)),
            path,
        )
        for number, (paper, path) in enumerate(zip(package.papers, paths, strict=True), 1)
    )
    return "".join(_row(row) for row in (_COLUMNS, *rows))


def _row(cells: Iterable[str]) -> str:
    return ",".join('"' + _cell(cell).replace('"', '""') + '"' for cell in cells) + "\r\n"


def _cell(text: str) -> str:
    # A title that begins like a formula would be run by the spreadsheet that opens the list (CWE-1236).
    shown = _plain(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def _one_line(text: str) -> str:
    return " ".join(_plain(text).split())


def _plain(text: str) -> str:
    """Return *text* without the mark that begins a script, should a program take these two files for a web page."""
    return text.replace("<", "＜")
