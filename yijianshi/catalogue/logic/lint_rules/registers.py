"""C514–C518: what is read from registers is declared by the items that need it, field by field, and no more."""

from collections.abc import Iterator

from yijianshi.catalogue.logic.findings import Finding
from yijianshi.catalogue.logic.library import Document, Library
from yijianshi.catalogue.logic.plain_errors import did_you_mean
from yijianshi.catalogue.logic.schema import Element, Item, Register, SupplierKind
from yijianshi.kernel.text import Text

_NO_FIELD = Text(
    "登记库“{register}”里没有“{field}”。{hint}",
    "The register '{register}' has no field '{field}'. {hint}",
)
_NO_REGISTER = Text(
    "来源是登记库（REGISTER），要写明 register 和 field。",
    "The supplier is a register: name its register and its field.",
)
_NO_CONSENT = Text(
    "“{field}”是敏感个人信息，要单独征得同意：请写 consent，说明为什么读、只给谁看（个人信息保护法第二十九条）。",
    "'{field}' is sensitive: separate consent is needed. Write consent, saying why it is read and who sees it (PIPL art. 29).",
)
_SOMEBODY_ELSES = Text(
    "“{field}”是敏感个人信息，只能在本人同意后读本人的，不能读配偶的（holder: spouse）。",
    "'{field}' is sensitive: it is read about whoever consents, never about a spouse (holder: spouse).",
)
_UNDECLARED = Text(
    "“{fact}”要从登记库“{register}”的“{field}”取，但需要它的事项都没有声明读取（reads）。没有声明的字段不会被读取。",
    "'{fact}' is to come from '{field}' of the register '{register}', but no item that needs it declares so (reads); "
    "fields nobody declared are never read.",
)
_WRONG_SUBJECT = Text(
    "登记库“{register}”查的是{kind}，holder 不能是 {holder}。",
    "The register '{register}' is about {kind}; the holder cannot be {holder}.",
)
_SUBJECTS = {"PERSON": Text("个人", "persons"), "ENTERPRISE": Text("企业", "enterprises")}
_NO_OWNER = Text(
    "保管单位“{owner}”没有部门说明（content/departments）。",
    "Its owner '{owner}' is not described in content/departments.",
)


def check(library: Library) -> Iterator[Finding]:
    """Yield findings about reads nobody can make, and suppliers nobody may use."""
    for register in library.registers.values():
        if library.departments and register.model.owner not in library.departments:
            yield Finding("C518", register.where("owner"), _NO_OWNER.format(owner=register.model.owner))
    for item in library.items.values():
        yield from _by_item(library, item)
    declared = _declared(library)
    for element in library.elements.values():
        yield from _by_element(library, element, declared)


def _by_item(library: Library, document: Document[Item]) -> Iterator[Finding]:
    for position, use in enumerate(document.model.reads):
        found = library.registers.get(use.register_)
        if found is None:
            continue  # reported as C210
        register = found.model
        where = document.where("reads", position)
        for field in use.fields:
            known = register.field(field)
            if known is None:
                yield Finding("C514", where, _no_field(register, field))
            elif known.sensitivity == "SENSITIVE" and use.consent is None:
                yield Finding("C515", where, _NO_CONSENT.format(field=known.label))
            elif known.sensitivity == "SENSITIVE" and use.holder == "spouse":
                yield Finding("C515", where, _SOMEBODY_ELSES.format(field=known.label))
        if (use.holder == "enterprise") != (register.subject == "ENTERPRISE"):
            text = _WRONG_SUBJECT.format(register=register.name, kind=_SUBJECTS[register.subject], holder=use.holder)
            yield Finding("C517", where, text)


def _by_element(library: Library, document: Document[Element], declared: set[tuple[str, ...]]) -> Iterator[Finding]:
    for position, supplier in enumerate(document.model.suppliers):
        if supplier.kind is not SupplierKind.REGISTER:
            continue
        where = document.where("suppliers", position)
        if supplier.register_ is None or supplier.field is None:
            yield Finding("C514", where, _NO_REGISTER)
            continue
        found = library.registers.get(supplier.register_)
        if found is None:
            continue
        if found.model.field(supplier.field) is None:
            yield Finding("C514", where, _no_field(found.model, supplier.field))
        elif (document.model.name, supplier.register_, supplier.field, supplier.holder) not in declared:
            text = _UNDECLARED.format(fact=document.model.label, register=found.model.name, field=supplier.field)
            yield Finding("C516", where, text)


def _declared(library: Library) -> set[tuple[str, ...]]:
    """Return (fact, register, field, holder) for every fact an item needs and every field it declares."""
    return {
        (need.fact, use.register_, field, use.holder)
        for document in library.items.values()
        for use in document.model.reads
        for field in use.fields
        for need in document.model.needs
    }


def _no_field(register: Register, field: str) -> Text:
    hint = did_you_mean(field, sorted(one.code for one in register.fields))
    return _NO_FIELD.format(register=register.name, field=field, hint=hint)
