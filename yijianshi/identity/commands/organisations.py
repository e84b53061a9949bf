"""Import the directory of organisations."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from yijianshi.identity.commands import audit
from yijianshi.identity.logic.actor import Actor
from yijianshi.identity.models import Organisation
from yijianshi.identity.queries.organisations import forget_organisations
from yijianshi.kernel.errors import Forbidden, Invalid
from yijianshi.kernel.identifiers.uscc import parse_uscc
from yijianshi.kernel.text import Text

# The namespace of ids made from codes; it must never change, or every reference to an organisation would break.
_NAMESPACE = UUID("7c1d6a52-0f0b-5c9e-9d53-41a1c0de0000")
_UPDATED = (
    "uscc",
    "name_zh",
    "name_en",
    "kind",
    "region_code",
    "parent",
    "level",
    "address_zh",
    "address_en",
    "phone",
    "complaint_phone",
    "is_active",
)


class OrganisationIncomplete(Invalid):
    """部门“{code}”的登记不完整：{why}。请在部门目录中改正后再导入。

    The entry of organisation {code} is incomplete: {why}. Please mend the directory and import it again.
    """


def organisation_id(code: str) -> UUID:
    """Return the id of the organisation with this code, the same on every installation."""
    return uuid5(_NAMESPACE, code)


@transaction.atomic
def import_organisations(rows: Sequence[Mapping[str, Any]], *, by: Actor, at: datetime) -> list[UUID]:
    """Add or update organisations (shape: content/orgs) and return their ids in the same order.

    Idempotent. Organisations that are missing from *rows* stay as they are. Raises OrganisationIncomplete, BadIdentifier.
    """
    if not by.is_system:
        raise Forbidden(why=Text("部门目录由系统管理员导入", "the directory is imported by an operator"))
    known = {row["code"] for row in rows} | set(Organisation.objects.values_list("code", flat=True))
    organisations = [_organisation(row, known) for row in rows]  # parents may come later: the key is checked at commit
    Organisation.objects.bulk_create(organisations, update_conflicts=True, unique_fields=["id"], update_fields=_UPDATED)
    forget_organisations()
    transaction.on_commit(forget_organisations)  # another thread may have read the old state meanwhile
    audit.record([audit.entry("organisation", row.pk, "import", by, at) for row in organisations])
    return [organisation_id(row["code"]) for row in rows]


def _organisation(row: Mapping[str, Any], known: set[str]) -> Organisation:
    code = row["code"]
    missing = [name for name in ("uscc", "name", "kind", "region") if not row.get(name)]
    if missing:
        raise OrganisationIncomplete(code=code, why=Text(f"缺少 {', '.join(missing)}", f"{', '.join(missing)} is missing"))
    parent = row.get("parent")
    if parent and parent not in known:
        raise OrganisationIncomplete(
            code=code, why=Text(f"上级“{parent}”不在目录中", f"its parent {parent} is not in the directory")
        )
    name, address = _both(row["name"]), _both(row.get("address") or "")
    return Organisation(
        id=organisation_id(code),
        code=code,
        uscc=parse_uscc(row["uscc"]).code,
        name_zh=name["zh"],
        name_en=name["en"],
        kind=row["kind"],
        region_code=str(row["region"]),
        parent_id=organisation_id(parent) if parent else None,
        level=str(row.get("level") or ""),
        address_zh=address["zh"],
        address_en=address["en"],
        phone=str(row.get("phone") or ""),
        complaint_phone=str(row.get("complaint_phone") or ""),
        is_active=row.get("active", True),
    )


def _both(text: str | Mapping[str, str]) -> dict[str, str]:
    """Return both languages of a content text; a plain string serves for both."""
    return {"zh": text, "en": text} if isinstance(text, str) else {"zh": text["zh"], "en": text["en"]}
