"""The receipt an applicant keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.applications.models import Material
from yijianshi.applications.queries.access import get_owned
from yijianshi.applications.queries.listing import card
from yijianshi.catalogue import queries as catalogue
from yijianshi.catalogue.logic.compiled import CompiledThing
from yijianshi.identity import queries as identity
from yijianshi.identity.logic.actor import Actor
from yijianshi.kernel.errors import NotFound
from yijianshi.kernel.text import Text

HOW = {
    "E_CERTIFICATE": Text("电子证照，免于提交", "e-certificate, nothing to hand in"),
    "INTERNAL_PRODUCT": Text("由前一项结果产生，免于提交", "comes from an earlier result, nothing to hand in"),
    "PRIOR_SUBMISSION": Text("用您以前交过的", "reused from an earlier submission"),
    "COMMITMENT": Text("告知承诺", "by commitment"),
    "DEFERRED": Text("容缺后补（先受理，后补交）", "to follow later"),
    "UPLOAD": Text("已上传", "uploaded"),
}


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """What was submitted, when, to whom."""

    application_id: UUID
    number: str
    submitted_at: datetime
    title: Text
    applicant_label: str
    items: tuple[tuple[Text, Text], ...]  # item, department
    materials: tuple[tuple[Text, Text], ...]  # material, how it was met


def get_receipt(application_id: UUID, *, by: Actor) -> ReceiptView:
    """Return the receipt of the actor's submitted application; raises NotFound for a draft."""
    row = get_owned(application_id, by=by)
    if row.number is None or row.submitted_at is None:
        raise NotFound(what=Text("这份回执", "This receipt"))
    thing = catalogue.get_version(row.version_id)
    known = identity.get_organisations([UUID(one["organisation_id"]) for one in row.resolved if one["organisation_id"]])
    items = tuple((thing.item(one["code"]).name, _office(one, known, thing)) for one in row.resolved)
    materials = tuple(
        (thing.materials_by_code[code].name, HOW.get(satisfier, HOW["UPLOAD"]))
        for code, satisfier in Material.objects.filter(application=row).order_by("code").values_list("code", "satisfier")
    )
    return ReceiptView(row.id, row.number, row.submitted_at, card(row).title, row.applicant_label, items, materials)


def _office(resolved: Mapping[str, Any], known: Mapping[UUID, identity.OrganisationCard], thing: CompiledThing) -> Text:
    """Return who has the item: of another region's offices only the kind is known here."""
    if resolved["organisation_id"]:
        return known[UUID(resolved["organisation_id"])].name
    return thing.department(thing.item(resolved["code"]).department.kind)
