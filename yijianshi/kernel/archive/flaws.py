"""What is wrong with one file of a package, or with the list of them."""

from typing import ClassVar

from yijianshi.kernel.archive.problems import ArchiveProblem, Question


class _Untrue(ArchiveProblem):
    """“{file}”不可信。

    “{file}” cannot be trusted.
    """

    question: ClassVar[Question] = Question.TRUE


class _Incomplete(ArchiveProblem):
    """“{file}”不完整。

    “{file}” is not complete.
    """

    question: ClassVar[Question] = Question.COMPLETE


class _Unusable(ArchiveProblem):
    """“{file}”不能使用。

    “{file}” cannot be used.
    """

    question: ClassVar[Question] = Question.USABLE


class BytesDamaged(_Untrue):
    """“{file}”的内容与 ZIP 校验和不符，已经损坏。

    The content of “{file}” does not fit its ZIP checksum; it is damaged.
    """


class DigestDiffers(_Untrue):
    """“{file}”归档后被改动过：清单写的 SM3 是 {listed}，现在算出的是 {found}。

    “{file}” was changed after archiving: the list says SM3 {listed}, the content gives {found}.
    """


class SizeDiffers(_Untrue):
    """“{file}”的大小与清单不同：清单写 {listed} 字节，实际 {found} 字节。

    The size of “{file}” differs from the list: {listed} bytes listed, {found} bytes found.
    """


class ManifestReplaced(_Untrue):
    """“{file}”不是移交时的那一份：当时登记的 SM3 是 {listed}，现在是 {found}。

    “{file}” is not the one handed over: SM3 {listed} was recorded then, {found} is found now.
    """


class ManifestBroken(_Untrue):
    """“{file}”读不懂：{why}。无法核对其他文件。

    “{file}” cannot be understood: {why}. The other files cannot be compared with it.
    """


class MetadataDiffers(_Untrue):
    """“{file}”与清单不一致：{what}。

    “{file}” does not agree with the list: {what}.
    """


class PeriodWrong(_Untrue):
    """“{file}”写的期满日期 {listed} 与保管期限不符，应为 {found}。

    The end of the period in “{file}” is {listed}, but the retention gives {found}.
    """


class ManifestMissing(_Incomplete):
    """缺少清单“{file}”，不知道本来应该有哪些文件。

    The list “{file}” is missing, so nobody can say which files there should be.
    """


class FileMissing(_Incomplete):
    """清单上有“{file}”，但是归档包里没有。

    “{file}” is listed but not in the package.
    """


class FileUnlisted(_Incomplete):
    """归档包里多出了“{file}”，清单上没有它。

    “{file}” is in the package but not listed.
    """


class ListedTwice(_Incomplete):
    """清单把“{file}”列了不止一次。

    “{file}” is listed more than once.
    """


class NumberingBroken(_Incomplete):
    """“{file}”的编号不连续：应有第 {wanted} 号，实际是 {found}。

    The numbering in “{file}” is broken: {wanted} is due, {found} is there.
    """


class RoleMissing(_Incomplete):
    """缺少“{role}”类文件，这类案卷必须有。

    There is no paper of the kind “{role}”, which this file must have.
    """


class FormatNotLasting(_Unusable):
    """“{file}”不是可以长期保存的格式。可以用 PDF、OFD、XML、TXT、PNG、JPEG。

    “{file}” is not of a format that lasts. PDF, OFD, XML, TXT, PNG and JPEG do.
    """


class MediaTypeDiffers(_Unusable):
    """“{file}”登记的类型是 {listed}，按名称应为 {found}。

    “{file}” is listed as {listed}, but by its name it is {found}.
    """


class ContentUnlikeName(_Unusable):
    """“{file}”的内容与名称不符，不是 {wanted}。

    The content of “{file}” is not what its name says; it is no {wanted}.
    """


class FileDamaged(_Unusable):
    """“{file}”打不开：{wanted} 的内容有缺失或者损坏。

    “{file}” cannot be opened: parts of this {wanted} are missing or damaged.
    """


class FileLocked(_Unusable):
    """“{file}”设了密码，以后可能无人能打开。

    “{file}” is locked with a password; nobody may be able to open it later.
    """


class TextNotUtf8(_Unusable):
    """“{file}”不是 UTF-8 编码的文字，以后可能显示为乱码。

    “{file}” is not text in UTF-8 and may become unreadable.
    """


class XmlBroken(_Unusable):
    """“{file}”不是格式良好的 XML（第 {line} 行）。

    “{file}” is not well-formed XML (line {line}).
    """


class XmlHasDoctype(ArchiveProblem):
    """“{file}”带有 DOCTYPE 或者 ENTITY 声明，可能引入外部内容，没有读取。

    “{file}” declares a DOCTYPE or ENTITY that may pull in outside content; it was not read.
    """


class XmlTooLarge(ArchiveProblem):
    """“{file}”的层数或者元素过多，没有读完。

    “{file}” nests too deeply or holds too many elements; it was not read to the end.
    """


class FileIsActive(ArchiveProblem):
    """“{file}”含有会运行的内容（{what}）。请换成不含脚本的文件。

    “{file}” holds something that runs ({what}). Please replace it by a file without scripts.
    """


class FileHidesAnother(ArchiveProblem):
    """“{file}”的末尾藏有别的内容。

    Something else is hidden behind the end of “{file}”.
    """


class FileUnfolds(ArchiveProblem):
    """“{file}”展开后过大，可能使软件无法工作。

    “{file}” unfolds to more than programs can bear.
    """


class InnerZipRefused(ArchiveProblem):
    """“{file}”内部的结构不安全：{why}

    The structure inside “{file}” is not safe: {why}
    """
