"""The tables of the crossregion room."""

from yijianshi.crossregion.models.passage import Passage, PassageFile

__all__ = ["Passage", "PassageFile"]
