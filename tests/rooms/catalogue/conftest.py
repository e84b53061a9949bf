"""A content folder with the small stall, as files."""

from pathlib import Path

import pytest

from tests.unit.catalogue.stall import FILES


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a folder that holds the stall's content."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path
