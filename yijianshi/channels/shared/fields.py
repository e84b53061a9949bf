"""Which control a dictionary element gets on a page: input type, keyboard, autocomplete, width. Pure."""

from dataclasses import dataclass

# WCAG 1.3.5: tell the browser what a field means, where HTML has a word for it.
_AUTOCOMPLETE = {
    "applicant.name": "name",
    "applicant.phone": "tel",
    "applicant.address": "street-address",
    "applicant.email": "email",
    "applicant.birth_date": "bday",
    "applicant.sex": "sex",
    "enterprise.name": "organization",
    "delivery.address": "shipping street-address",
    "delivery.name": "shipping name",
    "delivery.phone": "shipping tel",
}
MANY_OPTIONS = 7


@dataclass(frozen=True, slots=True)
class Control:
    """How one element is asked; *kind* is input, textarea, radios, checks or select."""

    kind: str
    type: str = "text"
    inputmode: str = ""
    autocomplete: str = "off"
    width: str = ""
    max_length: int | None = None


_INPUTS = {
    "INT": Control("input", inputmode="numeric", width="short"),
    "DECIMAL": Control("input", inputmode="decimal", width="short"),
    "DATE": Control("input", type="date", width="middle"),
    "DATETIME": Control("input", type="datetime-local", width="middle"),
    "ID_NUMBER": Control("input", inputmode="text", width="middle", max_length=20),
    "USCC": Control("input", inputmode="text", width="middle", max_length=20),
    "PHONE": Control("input", type="tel", inputmode="tel", width="middle", max_length=20),
    "ACCOUNT": Control("input", inputmode="numeric", max_length=32),
    "REGION": Control("select"),
    "ADDRESS": Control("textarea"),
    "LIST": Control("checks"),
    "BOOL": Control("radios"),
}


def control_for(element_type: str, name: str = "", options: int = 0, max_length: int | None = None) -> Control:
    """Return the control for a dictionary type; a choice of more than seven options becomes a select."""
    if element_type == "LIST":
        return _INPUTS["LIST"]
    if options:
        return Control("select" if options > MANY_OPTIONS else "radios", autocomplete=_AUTOCOMPLETE.get(name, "off"))
    plain = _INPUTS.get(element_type, Control("input"))
    return Control(
        plain.kind,
        plain.type,
        plain.inputmode,
        _AUTOCOMPLETE.get(name, "off"),
        plain.width,
        plain.max_length or max_length,
    )


def field_id(name: str) -> str:
    """Return the HTML id (and anchor) of a dictionary name: ``child.birth_date`` → ``f-child-birth_date``."""
    return "f-" + name.replace(".", "-")
