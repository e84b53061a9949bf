"""The form in few pages: groups that ask something are put together by neighbourhood, all that is known stands on one page.

A page holds whole groups, so a person or a subject is never torn apart. What is asked is what nobody supplied and the guide did
not ask, whether it has been filled in yet or not: so filling in moves nothing to another page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil

from yijianshi.applications.queries.views import DraftView, FormField, FormGroup
from yijianshi.kernel.text import Text

MOST_PAGES = 4  # beside the page of what is known
FIELDS_A_PAGE = 6
KNOWN = Text("已经知道的内容", "What is already known")


@dataclass(frozen=True, slots=True)
class FormPage:
    """One page of the form; its address is that of its first group, but any of its groups leads to it."""

    label: Text
    groups: tuple[FormGroup, ...]
    is_known: bool = False

    @property
    def entity(self) -> str:
        """Return the group whose address is the page's."""
        return self.groups[0].entity

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Return the fields of all groups."""
        return tuple(field for group in self.groups for field in group.fields)

    @property
    def complete(self) -> bool:
        """Say whether nothing on this page stands in the way of submitting."""
        return all(group.complete for group in self.groups)


def of_draft(draft: DraftView) -> list[FormPage]:
    """Return the pages in authored order; the page of what is known comes last, if there is anything."""
    asked = [(group, count) for group in draft.groups if (count := _asked(draft, group))]
    known = tuple(group for group in draft.groups if not _asked(draft, group))
    pages = [_page(tuple(group for group, _ in part)) for part in _parts(asked)]
    return [*pages, FormPage(KNOWN, known, is_known=True)] if known else pages


def find_page(draft: DraftView, entity: str) -> FormPage | None:
    """Return the page with the group of *entity*, or None."""
    return next((page for page in of_draft(draft) if any(group.entity == entity for group in page.groups)), None)


def is_known(draft: DraftView, field: FormField) -> bool:
    """Say whether a field needs no typing: somebody supplied it, or the guide asked it; what is wrong has to be seen to."""
    from_guide = field.status == "ANSWERED" and field.element.name in draft.thing.questions_by_fact
    disputed = field.element.name in draft.disputed
    return (field.status == "PREFILLED" or from_guide or disputed) and field.problem is None


def _asked(draft: DraftView, group: FormGroup) -> int:
    return sum(not is_known(draft, field) for field in group.fields)


def _page(groups: tuple[FormGroup, ...]) -> FormPage:
    labels = list(dict.fromkeys(group.label for group in groups))
    return FormPage(Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels)), groups)


def _parts(asked: Sequence[tuple[FormGroup, int]]) -> list[Sequence[tuple[FormGroup, int]]]:
    """Cut the groups into as few pages as their fields need, at most MOST_PAGES, as evenly as whole groups allow."""
    sizes = tuple(count for _, count in asked)
    cuts = _cuts(sizes, min(MOST_PAGES, ceil(sum(sizes) / FIELDS_A_PAGE)))
    return [asked[start:end] for start, end in zip((0, *cuts), (*cuts, len(asked)), strict=True) if start < end]


def _cuts(sizes: tuple[int, ...], parts: int) -> tuple[int, ...]:
    """Return where to cut *sizes* into at most *parts* neighbouring parts with the least sum of squares; first of equals wins."""

    @cache
    def best(start: int, left: int) -> tuple[int, tuple[int, ...]]:
        whole = sum(sizes[start:]) ** 2, ()
        if left <= 1:
            return whole
        ways = ((sum(sizes[start:cut]) ** 2, cut, best(cut, left - 1)) for cut in range(start + 1, len(sizes)))
        return min([whole, *((cost + rest[0], (cut, *rest[1])) for cost, cut, rest in ways)])

    return best(0, parts)[1]
