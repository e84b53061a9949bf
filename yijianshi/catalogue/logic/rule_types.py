"""How dictionary elements appear in rules: their types, options and words."""

from collections.abc import Iterable, Mapping

from yijianshi.catalogue.logic.schema import Element, ElementType
from yijianshi.kernel.rules import Type
from yijianshi.kernel.text import Text

_TYPES: Mapping[ElementType, Type] = {
    ElementType.INT: Type.INT,
    ElementType.DECIMAL: Type.DECIMAL,
    ElementType.BOOL: Type.BOOL,
    ElementType.DATE: Type.DATE,
    ElementType.DATETIME: Type.DATETIME,
    ElementType.CODE: Type.CODE,
    ElementType.LIST: Type.LIST,
    ElementType.REGION: Type.CODE,
}


def rule_type(element: Element) -> Type:
    """Return the element's type in the rule language; identifiers, addresses and accounts are texts."""
    return _TYPES.get(element.type, Type.TEXT)


def types_of(elements: Iterable[Element]) -> dict[str, Type]:
    """Return the rule type of each element by name."""
    return {element.name: rule_type(element) for element in elements}


def options_of(elements: Iterable[Element]) -> dict[str, tuple[str, ...]]:
    """Return the permitted codes of the elements that have options."""
    return {element.name: tuple(option.code for option in element.options) for element in elements if element.options}


def labels_of(elements: Iterable[Element]) -> dict[str, Text]:
    """Return the label of each element by name."""
    return {element.name: element.label for element in elements}


def value_labels_of(elements: Iterable[Element]) -> dict[str, Mapping[str, Text]]:
    """Return the words for the values of elements with options."""
    return {element.name: {option.code: option.label for option in element.options} for element in elements if element.options}
