"""Facts that certificates issued in the same application already state."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from yijianshi.cases.logic.corrections import Certified
from yijianshi.cases.logic.states import State
from yijianshi.cases.queries.items import thing_of
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.catalogue.logic.repeating import own_names
from yijianshi.catalogue.logic.schema import CertificateType, Item

_ISSUED = frozenset({State.DECIDED, State.COMPLETED})  # certificates are issued with the approval, before delivery


class AnyCase(Protocol):
    """A case as locked or as loaded."""

    @property
    def version_id(self) -> UUID:
        """The published version it stays on."""

    @property
    def item_code(self) -> str:
        """The item it handles."""

    @property
    def state(self) -> str:
        """Where it stands."""


def certified_facts(cases: Iterable[AnyCase]) -> dict[str, Certified]:
    """Return fact → the certificate that states it, of all approved ones among the *cases* of one application."""
    found: dict[str, Certified] = {}
    for case in cases:
        if case.state in _ISSUED:
            thing = thing_of(case.version_id)
            found = _on_faces(thing, thing.item(case.item_code)) | found  # the first to state it is named
    return found


def _on_faces(thing: CompiledThing, item: Item) -> dict[str, Certified]:
    kinds, own = [thing.certificates_by_code[code] for code in item.produces.certificates], own_names(thing, item)
    stated = [(own.get(name, name), kind) for kind in kinds for name in _names(kind)]
    return {name: Certified(thing.element(name).label, kind.name, item.name) for name, kind in stated}


def _names(kind: CertificateType) -> set[str]:
    return {name for name in (*kind.fields, kind.number, kind.holder.name, kind.holder.id_number) if name}
