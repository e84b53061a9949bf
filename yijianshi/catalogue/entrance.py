"""The command line's door to the content: check it, read it, write its schemas, hand it out as a table and take it back."""

from yijianshi.catalogue.content_folder import ContentFolderMissing, check, load_library, write_schemas
from yijianshi.catalogue.exchange_files import Format, export_to, import_from

__all__ = ["ContentFolderMissing", "Format", "check", "export_to", "import_from", "load_library", "write_schemas"]
