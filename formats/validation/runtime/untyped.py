"""xs:untypedAtomic: what the text of a document without a schema is, until it is compared."""

from typing import Final

from formats.validation.runtime.tree import Node


class Untyped(str):
    """A string that takes the type of what it meets (XPath 2.0, sections 3.4 and 3.5.2)."""

    __slots__ = ()


def atomized(item: object) -> object:
    """Return the value of an item (XPath 2.0, section 2.4.2): of a node its text, untyped.

    Comments and processing instructions have no untyped value but a string (data model, 5.7).
    """
    if not isinstance(item, Node):
        return item
    text = item.string_value()
    return text if item.kind in _STRINGS else Untyped(text)


_STRINGS: Final = frozenset(("comment", "processing-instruction"))
