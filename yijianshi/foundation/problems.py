"""Turn errors into answers."""

from ninja import NinjaAPI


def install(api: NinjaAPI) -> None:
    """Later."""
