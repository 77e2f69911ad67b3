"""All names that generated modules use."""

import math
from collections.abc import Mapping
from decimal import Decimal
from itertools import product
from typing import Any, Final

from formats import xml
from formats.validation.runtime import (
    arguments,
    arithmetic,
    axes,
    casts,
    compare,
    conversion,
    dates,
    glue,
    in_turn,
    nodesets,
    numbers,
    optional_numbers,
    optional_values,
    regex,
    rounding,
    sequences,
    texts,
)
from formats.validation.runtime.build import build
from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.keys import keyed
from formats.validation.runtime.tree import NO_CHILDREN, Attribute, Element, tree_of
from formats.validation.runtime.untyped import Untyped


def temporary(content: str) -> Element:
    """Return a temporary tree: a document of constant elements."""
    data = content.encode()
    return build(data, lambda: xml.parse(data))


def _public(module: object) -> dict[str, Any]:
    return {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("_")
        and callable(value)
        and getattr(value, "__module__", "").startswith("formats.validation.runtime")
    }


LIBRARY: Final[Mapping[str, Any]] = {
    **_public(arguments),
    **_public(sequences),
    **_public(casts),
    **_public(compare),
    **_public(dates),
    **_public(numbers),
    **_public(texts),
    **_public(regex),
    **_public(rounding),
    **_public(arithmetic),
    **_public(axes),
    **_public(nodesets),
    **_public(glue),
    **_public(in_turn),
    **_public(optional_numbers),
    **_public(optional_values),
    **_public(conversion),
    "general": compare.general,
    "Attribute": Attribute,
    "Decimal": Decimal,
    "DynamicError": DynamicError,
    "NAN": math.nan,
    "NO_CHILDREN": NO_CHILDREN,
    "Untyped": Untyped,
    "keyed": keyed,
    "product": product,
    "temporary": temporary,
    "tree_of": tree_of,
}
"""By name; the later modules win where two have one name."""
