"""JSON Schema of every kind of content file, generated from the models, so that editors can help while writing."""

import json
from typing import Any

from yijianshi.catalogue.logic.schema import KINDS

_HOME = "https://json-schema.org/draft/2020-12/schema"


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema (draft 2020-12) by kind of content file."""
    return {kind: {"$schema": _HOME, "$id": f"{kind}.json", **model.model_json_schema()} for kind, model in KINDS.items()}


def schema_files() -> dict[str, str]:
    """Return the files of ``content/_schema`` by name."""
    return {
        f"{kind}.json": json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        for kind, schema in json_schemas().items()
    }
