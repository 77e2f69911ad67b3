"""An invoice in which every field of the model has a value that occurs nowhere else."""

import datetime
import types
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from formats.en16931.group import BinaryObject, SchemedIdentifier
from formats.en16931.model import Invoice

_FIRST_DAY = datetime.date(2001, 1, 1)


def every_term() -> Invoice:
    """Return the invoice; lists have two items. A group inside itself is not filled again."""
    return Invoice.model_validate(_group(Invoice, count(1), ()))


def _group(
    model: type[BaseModel], numbers: Iterator[int], within: tuple[type[BaseModel], ...]
) -> dict[str, Any] | None:
    if model in within:
        return None
    if model is SchemedIdentifier:  # versions are for classifications (BT-158) alone
        return {"value": f"id{next(numbers)}x", "scheme_identifier": f"s{next(numbers)}x"}
    if model is BinaryObject:
        return {
            "content": b"x" * next(numbers),
            "mime_code": f"mime{next(numbers)}x",
            "filename": f"file{next(numbers)}x",
        }
    return {
        name: _time(numbers)
        if name.endswith("_time")
        else _value(field.annotation, numbers, (*within, model))
        for name, field in model.model_fields.items()
    }


def _time(numbers: Iterator[int]) -> str:
    minutes, seconds = divmod(next(numbers), 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"


def _value(
    annotation: Any,  # noqa: ANN401 - any type there is
    numbers: Iterator[int],
    within: tuple[type[BaseModel], ...],
) -> Any:  # noqa: ANN401
    origin = get_origin(annotation)
    if origin is tuple:
        items = [_value(get_args(annotation)[0], numbers, within) for _ in range(2)]
        return [item for item in items if item is not None]
    if origin in {Annotated, Union, types.UnionType}:
        return _value(get_args(annotation)[0], numbers, within)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _group(annotation, numbers, within)
    return _plain_value(annotation, numbers)


def _plain_value(annotation: object, numbers: Iterator[int]) -> object:
    if annotation is bool:
        return True
    if annotation is Decimal:
        return Decimal(f"{next(numbers)}.{next(numbers):03d}")
    if annotation is datetime.date:
        return _FIRST_DAY + datetime.timedelta(days=next(numbers))
    assert annotation is str, annotation
    return f"text{next(numbers)}x"


def values_of(group: BaseModel, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield path and value of everything that a group holds, down to the plain values."""
    for name in type(group).model_fields:
        yield from _plain(getattr(group, name), f"{path}.{name}" if path else name)


def _plain(value: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _plain(item, f"{path}[{index}]")
    elif isinstance(value, BaseModel):
        yield from values_of(value, path)
    elif value is not None:
        yield path, value
