"""Sensitive values that came from a register are shown in part; what the applicant typed is shown whole, to be checked."""

from yijianshi.applications.queries.views import FormField
from yijianshi.kernel.identifiers import masks
from yijianshi.kernel.text import Text

_BY_TYPE = {"ID_NUMBER": masks.mask_id_number, "PHONE": masks.mask_phone, "ACCOUNT": masks.mask_account}


def shown(field: FormField) -> Text | None:
    """Return the value of *field* as any screen may show it."""
    mask = _BY_TYPE.get(str(field.element.type)) if field.status == "PREFILLED" else None
    if mask is None or field.value is None:
        return field.value
    return Text(mask(field.value.zh), mask(field.value.en))
