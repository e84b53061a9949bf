"""What of the content a province gives and a city takes: the template of its services, never what a place says for itself."""

import hashlib
from collections.abc import Mapping

# Dictionary, items, things and what they are made of. Bindings, offices, regions and worked examples belong to the place.
_GIVEN = (
    "certificates/",
    "commitments/",
    "departments/",
    "dictionary/",
    "items/",
    "lists/",
    "materials/",
    "notices/",
    "registers/",
    "things/",
)


def is_template(path: str) -> bool:
    """Say whether a file belongs to the template."""
    return path.startswith(_GIVEN) and path.endswith(".yaml") and "/examples/" not in path and ".." not in path


def manifest_text(shas: Mapping[str, str]) -> bytes:
    """Return the bytes that are signed for a whole template: one line for each file, in order of the paths."""
    lines = [f"{path} {sha}" for path, sha in sorted(shas.items())]
    return "\n".join(["yijianshi-content-1", *lines]).encode()


def sha_of(text: str) -> str:
    """Return the SHA-256 (hex) of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
