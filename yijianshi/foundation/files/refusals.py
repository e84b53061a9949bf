"""Why a file is not taken, in words that say how to mend it."""

from yijianshi.kernel.errors import Invalid, NotFound


class FileTooLarge(Invalid):
    """这个文件超过了 {most} MB，没有接收。请压缩图片，或者把文件拆成几个再上传。

    This file is larger than {most} MB and was not received. Please compress the picture or split the file, then try again.
    """

    status = 413


class FileEmpty(Invalid):
    """这个文件是空的。请重新选择文件，或者重新拍照。

    This file is empty. Please choose the file again, or take the photo again.
    """


class FileKindRefused(Invalid):
    """这个文件是{found}，不能作为材料。请上传{wanted}。

    This file is {found}, which cannot be used here. Please upload {wanted}.
    """


class FileNameMismatch(Invalid):
    """文件名以 {ending} 结尾，内容却是{found}。请用原来的文件名，或者另存为正确的格式后再上传。

    The name ends in {ending} but this is {found}. Please use its original name, or save it in the right format, then try again.
    """


class FileDamaged(Invalid):
    """这个{found}打不开，可能没有传完整。请在您的设备上先打开确认，再重新上传。

    This {found} cannot be opened; it may not have arrived whole. Please check that it opens on your device, then upload it again.
    """


class FileLocked(Invalid):
    """这个 PDF 设了密码，工作人员打不开。请去掉密码后再上传。

    This PDF has a password, so staff cannot open it. Please remove the password and upload it again.
    """


class FileIsActive(Invalid):
    """这个文件带有会自动运行的内容，为了安全没有接收。请把它“打印为 PDF”后再上传，或者上传照片。

    This file contains parts that run by themselves, so it was not received. Please print it to a new PDF, or upload a photo.
    """


class FileHidesAnother(Invalid):
    """这个文件里还藏着另一个文件，为了安全没有接收。请重新拍照或者重新另存后再上传。

    Another file is hidden inside this one, so it was not received. Please take the photo again, or save the file anew.
    """


class FileUnfolds(Invalid):
    """这个文件解开后大得不正常，为了安全没有接收。请重新导出后再上传。

    This file would unfold to an abnormal size, so it was not received. Please export it again and upload the new one.
    """


class FileMissing(NotFound):
    """没有找到这个文件。可能已经删除，或者不属于您。

    This file was not found. It may have been removed, or it may not be yours.
    """
