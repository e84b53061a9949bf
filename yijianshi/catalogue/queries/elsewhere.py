"""Where else a thing can be applied for, and what of ours others may offer to their people."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.elsewhere import AT, can_travel, code_at, peer_of
from yijianshi.catalogue.models import PublishedThing
from yijianshi.catalogue.queries.versions import get_version


def list_elsewhere(code: str, peers: Collection[str], on: date) -> dict[str, CompiledThing]:
    """Return peer → its thing of the same code, for those peers that offer it now."""
    found = _newest([code_at(code, peer) for peer in peers], on)
    return {peer_of(name): thing for name, (_, thing) in found.items()}


def list_travelling(only: Collection[str], on: date) -> Mapping[str, tuple[UUID, CompiledThing]]:
    """Return code → our version in force, of the things a person elsewhere can apply for; of *only* these, if any are named."""
    rows = PublishedThing.objects.exclude(code__contains=AT).exclude(code__startswith="item:")
    codes = rows.values_list("code", flat=True).distinct()
    wanted = [code for code in codes if not only or code in only]
    return {code: row for code, row in _newest(wanted, on).items() if can_travel(row[1])}


def kept_shas(peer: str, on: date) -> dict[str, str]:
    """Return the code, as the peer knows it, → the digest of what is kept here."""
    rows = PublishedThing.objects.filter(code__endswith=f"{AT}{peer}", effective_on__lte=on)
    newest = rows.order_by("code", "-version").distinct("code").values_list("code", "sha", "is_end")
    return {code.partition(AT)[0]: sha for code, sha, is_end in newest if not is_end}


def _newest(codes: Collection[str], on: date) -> dict[str, tuple[UUID, CompiledThing]]:
    rows = PublishedThing.objects.filter(code__in=list(codes), effective_on__lte=on)
    newest = rows.order_by("code", "-version").distinct("code").values_list("code", "id", "is_end")
    return {code: (version_id, get_version(version_id)) for code, version_id, is_end in newest if not is_end}
