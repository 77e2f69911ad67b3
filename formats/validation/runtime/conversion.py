"""Types of values: constructors, casts, declared parameters (XPath 2.0, 3.10 and 3.1.5)."""

import struct
from decimal import Decimal
from typing import Any

from formats.validation.runtime import casts, dates
from formats.validation.runtime.axes import is_a
from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.glue import Items, at_most_one
from formats.validation.runtime.tree import Node
from formats.validation.runtime.untyped import Untyped, atomized

_KINDS: dict[str, tuple[type, ...]] = {
    "xs:string": (str,),
    "xs:untypedAtomic": (Untyped,),
    "xs:boolean": (bool,),
    "xs:integer": (int,),
    "xs:decimal": (Decimal, int),
    "xs:double": (float,),
    "xs:float": (),  # what is one already cannot be told from a double, which is none
    "xs:date": (dates.Date,),
    "xs:dateTime": (dates.DateTime,),
    "xs:time": (dates.Time,),
    "xs:dayTimeDuration": (dates.DayTimeDuration,),
}


def _is(item: Any, kind: str) -> bool:  # noqa: ANN401 - any item
    if kind == "item()":
        return True
    if kind.endswith("()"):
        return isinstance(item, Node) and is_a(item, (kind[:-2], None, None))
    if isinstance(item, bool) and kind != "xs:boolean":
        return False
    if kind == "xs:string" and isinstance(item, Untyped):
        return False
    return isinstance(item, _KINDS[kind])


def instance(items: Items, kind: str, occurrence: str) -> bool:
    """Return `instance of`."""
    if kind == "empty-sequence()":
        return not items
    if len(items) > 1 and occurrence in {"", "?"}:
        return False
    if not items and occurrence in {"", "+"}:
        return False
    return all(_is(item, kind) for item in items)


def all_of(items: Items, kind: str) -> Items:
    """Return items that must be of a kind of node (XPTY0004)."""
    for item in items:
        if not _is(item, kind):
            raise DynamicError("XPTY0004", f"{casts.type_name(item)} where {kind} is wanted")
    return items


def castable_text(text: str, kind: str) -> bool:
    """Return whether a text can be cast."""
    return casts.castable((Untyped(text),), kind)


def is_castable(items: Items, kind: str, empty: bool) -> bool:  # noqa: FBT001 - generated calls
    """Return `castable as`."""
    return casts.castable(items, kind, optional=empty)


def cast_optional(item: Any, kind: str) -> Any:  # noqa: ANN401 - any value
    """Return a constructor of an optional value."""
    return None if item is None else casts.cast(item, kind)


def cast_one(items: Items, kind: str, empty: bool) -> Any:  # noqa: ANN401, FBT001 - generated calls
    """Return `cast as`."""
    item = at_most_one(items)
    if item is None and not empty:
        raise DynamicError("XPTY0004", "an empty sequence is cast")
    return cast_optional(item, kind)


def converted(items: Items, kind: str, occurrence: str) -> Any:  # noqa: ANN401 - as declared
    """Return values converted to a declared type (XPath 2.0, section 3.1.5)."""
    found = [_converted(atomized(item), kind) for item in items]
    if occurrence in {"", "?"}:
        if len(found) > 1 or (not found and occurrence == ""):
            raise DynamicError(
                "XPTY0004", f"{len(found)} items where {kind}{occurrence} is wanted"
            )
        return found[0] if found else None
    if not found and occurrence == "+":
        raise DynamicError("XPTY0004", f"nothing where {kind}+ is wanted")
    return found


def _converted(value: Any, kind: str) -> Any:  # noqa: ANN401 - any value
    if isinstance(value, Untyped):
        return single(casts.to_double(value)) if kind == "xs:float" else casts.cast(value, kind)
    if kind == "xs:double" and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return casts.cast(value, kind)
    if kind == "xs:float" and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return single(float(value))
    if not _is(value, kind):
        raise DynamicError("XPTY0004", f"{casts.type_name(value)} where {kind} is wanted")
    return value


def single(value: float) -> float:
    """Return the xs:float nearest to a number, as the double that is equal to it."""
    found: float = struct.unpack("f", struct.pack("f", value))[0]
    return found
