"""The command line's door to the content: check it, read it, write its schemas."""

from yijianshi.catalogue.content_folder import ContentFolderMissing, check, load_library, write_schemas

__all__ = ["ContentFolderMissing", "check", "load_library", "write_schemas"]
