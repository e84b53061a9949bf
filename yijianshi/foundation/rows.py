"""Rows of a model by a prepared statement: for reads so frequent that composing their SQL costs more than running them."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import models

from yijianshi.foundation import batch

M = TypeVar("M", bound=models.Model)


def load(model: type[M], rest: str, params: Sequence[Any]) -> list[M]:
    """Return the model's rows that *rest* chooses (``WHERE … ORDER BY …``, parameters as ``%s``), as the ORM would give them."""
    names, sql = _columns(model)
    return [model.from_db("default", names, row) for row in batch.select(f"{sql} {rest}", params)]


@cache
def _columns(model: type[models.Model]) -> tuple[list[str], str]:
    fields = model._meta.concrete_fields
    converted = [field.name for field in fields if hasattr(field, "from_db_value") and not isinstance(field, models.JSONField)]
    if converted:
        raise TypeError(f"{model.__name__}: {', '.join(converted)} must be read through the ORM, which converts them")
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return [field.attname for field in fields], f'SELECT {columns} FROM "{model._meta.db_table}"'  # noqa: S608
