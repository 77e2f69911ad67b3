"""`cast as` and `castable as` for atomic types (XPath Functions, section 17)."""

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from formats.validation.runtime import dates
from formats.validation.runtime.errors import DynamicError
from formats.validation.runtime.numbers import SPACE, decimal_of, double, double_of, integer_of
from formats.validation.runtime.texts import normalize_space, string_of
from formats.validation.runtime.untyped import Untyped, atomized

_NUMBERS: Final = frozenset((bool, int, Decimal, float))
_TEXTS: Final = frozenset((str, Untyped))
_BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}


def boolean_of(text: str) -> bool:
    """Return the xs:boolean a text says.

    Raises:
        DynamicError: FORG0001, it is none.
    """
    value = _BOOLEANS.get(text.strip(SPACE))
    if value is None:
        raise DynamicError("FORG0001", f'"{text[:40]}" is not an xs:boolean')
    return value


def to_boolean(value: object) -> bool:
    """Cast an atomic value to xs:boolean."""
    if isinstance(value, str):
        return boolean_of(value)
    if type(value) in _NUMBERS:
        return bool(value) and value == value  # noqa: PLR0124 - NaN is false
    raise _impossible(value, "xs:boolean")


def to_integer(value: object) -> int:
    """Cast an atomic value to xs:integer, towards zero."""
    if isinstance(value, str):
        return integer_of(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise DynamicError("FOCA0002", f"{string_of(value)} is no xs:integer")
    if isinstance(value, int | Decimal | float):
        return int(value)
    raise _impossible(value, "xs:integer")


def to_decimal(value: object) -> Decimal:
    """Cast an atomic value to xs:decimal; of a double exactly what it is."""
    if isinstance(value, str):
        return decimal_of(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise DynamicError("FOCA0002", f"{string_of(value)} is no xs:decimal")
    if isinstance(value, int | Decimal | float):
        return Decimal(value)
    raise _impossible(value, "xs:decimal")


def to_double(value: object) -> float:
    """Cast an atomic value to xs:double."""
    if isinstance(value, str):
        return double_of(value)
    if isinstance(value, int | Decimal | float):
        return double(value)
    raise _impossible(value, "xs:double")


def to_date(value: object) -> dates.Date:
    """Cast an atomic value to xs:date."""
    if isinstance(value, str):
        return dates.date_of(value)
    if isinstance(value, dates.Date):
        return value
    if isinstance(value, dates.DateTime):
        return dates.date_part(value)
    raise _impossible(value, "xs:date")


def to_date_time(value: object) -> dates.DateTime:
    """Cast an atomic value to xs:dateTime; of a date its midnight."""
    if isinstance(value, str):
        return dates.date_time_of(value)
    if isinstance(value, dates.Date | dates.DateTime):
        return value.written()
    raise _impossible(value, "xs:dateTime")


def to_time(value: object) -> dates.Time:
    """Cast an atomic value to xs:time."""
    if isinstance(value, str):
        return dates.time_of(value)
    if isinstance(value, dates.Time):
        return value
    if isinstance(value, dates.DateTime):
        return dates.Time(0, value.nanos, value.offset)
    raise _impossible(value, "xs:time")


def to_duration(value: object) -> dates.DayTimeDuration:
    """Cast an atomic value to xs:dayTimeDuration."""
    if isinstance(value, str):
        return dates.duration_of(value)
    if isinstance(value, dates.DayTimeDuration):
        return value
    raise _impossible(value, "xs:dayTimeDuration")


def to_untyped(value: object) -> Untyped:
    """Cast an atomic value to xs:untypedAtomic."""
    return Untyped(string_of(value))


def to_uri(value: object) -> str:
    """Cast an atomic value to xs:anyURI."""
    if isinstance(value, str):
        return normalize_space(value)
    raise _impossible(value, "xs:anyURI")


CASTS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "xs:string": string_of,
    "xs:untypedAtomic": to_untyped,
    "xs:boolean": to_boolean,
    "xs:integer": to_integer,
    "xs:decimal": to_decimal,
    "xs:double": to_double,
    "xs:date": to_date,
    "xs:dateTime": to_date_time,
    "xs:time": to_time,
    "xs:dayTimeDuration": to_duration,
    "xs:anyURI": to_uri,
}
"""What casts an atomic value, by the name of the type; the constructors are the same."""


def cast(item: object, kind: str) -> Any:  # noqa: ANN401 - whatever `kind` names
    """Return one item cast to a type.

    Raises:
        DynamicError: FORG0001, the text does not say one; FOCA0002, NaN or an infinity;
            XPTY0004, there is no such cast.
    """
    return CASTS[kind](atomized(item))


def castable(items: Sequence[object], kind: str, *, optional: bool = False) -> bool:
    """Return whether a sequence is one item that can be cast, or none when that is allowed."""
    if len(items) != 1:
        return optional and not items
    try:
        cast(items[0], kind)
    except DynamicError:
        return False
    return True


def _impossible(value: object, kind: str) -> DynamicError:
    return DynamicError("XPTY0004", f"{type_name(value)} cannot be made {kind}")


def type_name(value: object) -> str:
    """Return the name of the type of an atomic value."""
    if isinstance(value, dates.Moment | dates.DayTimeDuration):
        return value.name
    return _NAMES.get(type(value), "an item")


_NAMES: Final[Mapping[type, str]] = {
    str: "xs:string",
    Untyped: "xs:untypedAtomic",
    bool: "xs:boolean",
    int: "xs:integer",
    Decimal: "xs:decimal",
    float: "xs:double",
}
