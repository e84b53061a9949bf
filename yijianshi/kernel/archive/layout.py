"""Where everything stands in a package, and what the elements of its manifest are called."""

from yijianshi.kernel.archive import formats, names

FORMAT = "yijianshi-archive"
VERSION = "1"
MANIFEST = "manifest.xml"
README = "README.txt"
CONTENTS = "案卷目录.csv"
STEPS = "办理步骤.xml"
METADATA_FOLDER = "元数据"
MOST_PAPERS = MOST_STEPS = 9_999

ROOT, CASE, FILE = "归档信息包", "案卷", "文件"
NUMBER, TITLE, ORGANISATION, APPLICANT = "办件编号", "题名", "办理机构", "申请人"
ITEM, ITEM_CODE, ITEM_NAME = "事项", "编码", "名称"
OPENED, CLOSED, OUTCOME = "收件时间", "办结时间", "办理结果"
RETENTION, DESTROY_ON, NEVER = "保管期限", "期满日期", "永久保存"
PAPER_COUNT, STEP_COUNT, REQUIRED, EXTRA = "文件数", "步骤数", "必备类别", "补充信息"

PATH, USE, PAPER_NUMBER, DIGEST, SIZE, MEDIA = "路径", "用途", "件号", "SM3", "字节数", "媒体类型"
USE_README, USE_CONTENTS, USE_STEPS, USE_METADATA = "说明", "目录", "步骤", "元数据"
PAPER_ROOT, ROLE, NAME, MADE, ORIGIN = "文件元数据", "类别", "原名", "形成时间", "来源"
STEP_ROOT, STEP, STEP_NUMBER = "办理步骤", "步骤", "序号"
STEP_FIELDS = ("时间", "办理人", "动作", "原状态", "新状态", "理由", "依据", "留痕摘要")


def paper_path(role: str, number: int, name: str) -> str:
    """Return ``材料/0003-身份证.pdf``: numbered across the whole case, so that a gap shows in any file browser."""
    return f"{role}/{number:04d}-{name}"


def metadata_path(number: int) -> str:
    """Return the path of the metadata of paper *number*."""
    return f"{METADATA_FOLDER}/{number:04d}.xml"


def media_type(path: str) -> str:
    """Return the media type that goes with the ending of *path*."""
    return "text/csv" if path == CONTENTS else formats.MEDIA_TYPES.get(names.suffix(path), "")
