"""Why something cannot be put into an archive package."""

from yijianshi.kernel.errors import Invalid


class NotArchivable(Invalid):
    """这些内容不能归档。

    This cannot be archived.
    """


class PaperNameUnsafe(NotArchivable):
    """文件名“{file}”不能用于归档：不能含路径、特殊符号或者看不见的字符，也不能过长。请改名。

    The file name “{file}” cannot be archived: no path, no special or invisible characters, not too long. Please rename it.
    """


class PaperEmpty(NotArchivable):
    """“{file}”是空文件，不能归档。

    “{file}” is empty and cannot be archived.
    """


class PaperTooLarge(NotArchivable):
    """“{file}”有 {size} 字节，超过上限 {most} 字节。

    “{file}” has {size} bytes, more than the {most} allowed.
    """


class PackageTooLarge(NotArchivable):
    """归档包共 {size} 字节、{count} 个文件，超过上限（{most} 字节、{most_files} 个文件）。请分卷归档。

    The package has {size} bytes in {count} files, more than the {most} bytes or {most_files} files allowed. Please split it.
    """


class TooManyPapers(NotArchivable):
    """一个案卷最多 9,999 件文件，这里有 {count} 件。请分卷归档。

    One case holds at most 9,999 papers; there are {count}. Please split it.
    """


class TooManySteps(NotArchivable):
    """一个案卷最多记 9,999 个办理步骤，这里有 {count} 个。请分卷归档。

    One case holds at most 9,999 steps; there are {count}. Please split it.
    """


class ValueMissing(NotArchivable):
    """归档信息缺少“{what}”。

    The archive's description lacks “{what}”.
    """


class TextNotWritable(NotArchivable):
    """“{what}”里有不能写入 XML 的字符 {letter}。

    “{what}” holds the character {letter}, which XML cannot hold.
    """


class TimeWithoutZone(NotArchivable):
    """时间“{what}”没有时区，不能确定是哪一天。

    The time “{what}” has no zone, so its day is not certain.
    """


class ClosedBeforeOpened(NotArchivable):
    """办件 {number} 的办结时间早于收件时间。请核对。

    Application {number} was closed before it was opened. Please check.
    """


class LeafMalformed(NotArchivable):
    """留痕摘要“{leaf}”应为 64 位小写十六进制数字。

    The log digest “{leaf}” should be 64 small hexadecimal digits.
    """


class RequiredRoleMissing(NotArchivable):
    """案卷缺少“{role}”类文件，不能归档。

    The case has no paper of the kind “{role}” and cannot be archived.
    """


class ExtraTwice(NotArchivable):
    """补充信息“{name}”写了不止一次。

    The additional entry “{name}” is given more than once.
    """
