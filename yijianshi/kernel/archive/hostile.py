"""Why a zip is not opened: each way to harm the reader, or to hide something from it, has its own name."""

from typing import ClassVar

from yijianshi.kernel.archive.problems import ArchiveProblem, Question


class HostileZip(ArchiveProblem):
    """归档包没有打开：它的结构可能造成危害。请向移交单位重新索取。

    The package was not opened, since its structure may do harm. Please ask those who handed it over for another copy.
    """


class NotAZip(HostileZip):
    """这不是一个归档包（ZIP 文件）。请确认没有选错文件。

    This is not an archive package (a ZIP file). Please check that the right file was chosen.
    """

    question: ClassVar[Question] = Question.USABLE


class ZipTruncated(HostileZip):
    """归档包不完整：{at} 字节之后的内容缺失。可能传输中断，请重新索取。

    The package is cut short: what belongs behind byte {at} is missing. The transfer may have broken off; please fetch it again.
    """

    question: ClassVar[Question] = Question.COMPLETE


class ZipTooLarge(HostileZip):
    """归档包超过了一个 ZIP 文件能装的大小（4 GB 或者 65,535 个文件），或者跨了多个分卷。请分开归档。

    The package is larger than one plain ZIP can hold (4 GB or 65,535 files) or spread over several disks. Please split it.
    """


class TooManyFiles(HostileZip):
    """归档包里有 {count} 个文件，超过上限 {most} 个，没有打开。

    The package holds {count} files, more than the {most} allowed, and was not opened.
    """


class ZipBomb(HostileZip):
    """“{file}”展开后过大（{size} 字节，上限 {most} 字节），可能是压缩炸弹，没有展开。

    “{file}” would unfold to {size} bytes where {most} are allowed. It may be a decompression bomb and was not unfolded.
    """


class SizeLies(HostileZip):
    """“{file}”的实际大小与目录所写的不同，没有采用。

    The true size of “{file}” differs from what the directory says; it was not used.
    """


class EntriesOverlap(HostileZip):
    """“{file}”与别的文件占用同样的字节，可能是压缩炸弹。

    “{file}” shares its bytes with another file, as decompression bombs do.
    """


class PathEscapes(HostileZip):
    """“{file}”的路径会写到归档包以外的地方，没有打开。

    The path of “{file}” leads out of the package; it was not opened.
    """


class EntryNameUnsafe(HostileZip):
    """文件名“{file}”含有看不见、会改变显示顺序或者系统不接受的字符。

    The file name “{file}” holds characters that are invisible, change the reading order, or are refused by systems.
    """


class EntryNameUnreadable(HostileZip):
    """第 {number} 个文件的名称不是 UTF-8 编码，不知道它叫什么。

    The name of file {number} is not UTF-8, so nobody can say what it is called.
    """


class DuplicateNames(HostileZip):
    """“{file}”出现不止一次（不分大小写），不知道以哪一个为准。

    “{file}” occurs more than once (ignoring case); nobody can say which one counts.
    """


class SymlinkInside(HostileZip):
    """“{file}”不是文件，而是指向别处的链接或者特殊文件。

    “{file}” is no file but a link to elsewhere, or a special file.
    """


class EntryEncrypted(HostileZip):
    """“{file}”加了密。归档的文件不得加密，否则以后无人能打开。

    “{file}” is encrypted. Files in an archive must not be, or nobody can open them later.
    """


class MethodUnknown(HostileZip):
    """“{file}”用了少见的压缩方法（{method}），以后可能无法打开。

    “{file}” is packed by an uncommon method ({method}) that may not be readable later.
    """


class EntryContradicts(HostileZip):
    """“{file}”在目录中和在正文前的说明不一致，不同软件会看到不同的内容。

    What the directory says of “{file}” differs from what stands before its content; programs would show different things.
    """


class HiddenBytes(HostileZip):
    """归档包里有不属于任何文件的内容（{place}），可能藏了东西。

    The package holds bytes that belong to no file ({place}); something may be hidden there.
    """
