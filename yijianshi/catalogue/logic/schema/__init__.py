"""The shapes of all content files as frozen models that refuse unknown keys."""

from yijianshi.catalogue.logic.schema.base import Citation, Confidence, Strict, T
from yijianshi.catalogue.logic.schema.binding import Binding
from yijianshi.catalogue.logic.schema.dictionary import Dictionary, Element, ElementType, Entity, Option, Supplier, SupplierKind
from yijianshi.catalogue.logic.schema.evidence import CertificateType, Commitment, Material, Satisfier, SatisfierKind
from yijianshi.catalogue.logic.schema.item import Item, Limit, MaterialUse, Need
from yijianshi.catalogue.logic.schema.matter_list import MatterList
from yijianshi.catalogue.logic.schema.notice import Notice
from yijianshi.catalogue.logic.schema.organisation import DepartmentKind
from yijianshi.catalogue.logic.schema.register import Register, RegisterField, RegisterUse
from yijianshi.catalogue.logic.schema.thing import Condition, Example, GuideQuestion, ItemUse, Thing

KINDS: dict[str, type[Strict]] = {
    "dictionary": Dictionary,
    "certificate": CertificateType,
    "material": Material,
    "commitment": Commitment,
    "department": DepartmentKind,
    "item": Item,
    "binding": Binding,
    "thing": Thing,
    "example": Example,
    "list": MatterList,
    "notice": Notice,
    "register": Register,
}

__all__ = [
    "KINDS",
    "Binding",
    "CertificateType",
    "Citation",
    "Commitment",
    "Condition",
    "Confidence",
    "DepartmentKind",
    "Dictionary",
    "Element",
    "ElementType",
    "Entity",
    "Example",
    "GuideQuestion",
    "Item",
    "ItemUse",
    "Limit",
    "Material",
    "MaterialUse",
    "MatterList",
    "Need",
    "Notice",
    "Option",
    "Register",
    "RegisterField",
    "RegisterUse",
    "Satisfier",
    "SatisfierKind",
    "Strict",
    "Supplier",
    "SupplierKind",
    "T",
    "Thing",
]
