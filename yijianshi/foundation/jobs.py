"""Jobs."""

from procrastinate import App


def when_ready(app: App) -> None:
    """Later."""
