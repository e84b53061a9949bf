"""Files people hand in and files the house makes: checked by content, kept sealed, found by the digest of what they hold."""

from yijianshi.foundation.files.limits import Limits
from yijianshi.foundation.files.storage import (
    StoredFileRef,
    Uploader,
    copy,
    describe,
    digests,
    forget,
    get_ref,
    keep,
    open_file,
    store,
    sweep,
)

__all__ = [
    "Limits",
    "StoredFileRef",
    "Uploader",
    "copy",
    "describe",
    "digests",
    "forget",
    "get_ref",
    "keep",
    "open_file",
    "store",
    "sweep",
]
