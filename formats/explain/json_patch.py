"""JSON Patch (RFC 6902) over JSON Pointer (RFC 6901), on parsed JSON values."""

import copy
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

Operation = Mapping[str, object]
"""One operation: `op`, `path`, and `value` or `from` where it has one."""

Json = Any
"""A parsed JSON value: mappings, lists, texts, `int`, `Decimal` or `float`, booleans, None."""

_OPERATIONS = frozenset({"add", "copy", "move", "remove", "replace", "test"})


class PatchError(ValueError):
    """A patch is malformed, or does not fit the value; nothing was changed.

    Attributes:
        index: Which operation, from 0.
    """

    def __init__(self, index: int, message: str) -> None:
        super().__init__(f"operation {index}: {message}")
        self.index = index


class _MisfitError(Exception):
    """One operation does not fit."""


def apply(value: Json, operations: Iterable[Operation]) -> Json:
    """Return the value with all operations applied; the value itself stays as it is.

    Raises:
        PatchError: An operation is malformed, its place does not exist, or a test fails.
    """
    result = copy.deepcopy(value)
    for index, operation in enumerate(operations):
        try:
            result = _applied(result, operation)
        except _MisfitError as misfit:
            raise PatchError(index, str(misfit)) from None
    return result


def apply_in_place(value: Json, operation: Operation) -> None:
    """Apply one operation that does not replace the whole value.

    Raises:
        PatchError: See `apply`; the value may then have changed.
    """
    try:
        _applied(value, operation)
    except _MisfitError as misfit:
        raise PatchError(0, str(misfit)) from None


def steps(pointer: str) -> list[str]:
    """Return the reference tokens of a JSON pointer.

    Raises:
        ValueError: It is not empty and does not begin with a slash.
    """
    if pointer and not pointer.startswith("/"):
        raise ValueError(f"{pointer!r} is no JSON pointer")
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def has(value: Json, pointer: str) -> bool:
    """Tell whether there is something at a place; null is something."""
    try:
        at(value, pointer)
    except LookupError:
        return False
    return True


def at(value: Json, pointer: str) -> Json:
    """Return what stands at a place.

    Raises:
        LookupError: Nothing does.
    """
    for step in steps(pointer):
        if isinstance(value, Mapping):
            value = value[step]
        elif isinstance(value, list) and _is_index(step) and int(step) < len(value):
            value = value[int(step)]
        else:
            raise LookupError(pointer)
    return value


def same(one: Json, other: Json) -> bool:
    """Compare as RFC 6902, 4.6 does: numbers by value, objects without order."""
    if isinstance(one, bool) or isinstance(other, bool) or one is None or other is None:
        return one is other
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, int | float | Decimal) and isinstance(other, int | float | Decimal):
        return _number(one) == _number(other)
    return isinstance(one, str) and isinstance(other, str) and one == other


def _number(value: float | Decimal) -> Decimal:
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def _is_index(step: str) -> bool:
    return step.isascii() and step.isdecimal() and (step == "0" or step[0] != "0")


def _applied(value: Json, operation: Operation) -> Json:
    kind, path = operation.get("op"), operation.get("path")
    if kind not in _OPERATIONS or not isinstance(path, str):
        raise _MisfitError("has no known op or no path")
    if kind in {"add", "replace", "test"} and "value" not in operation:
        raise _MisfitError(f"{kind} needs a value")
    match kind:
        case "test":
            if not same(_found(value, path), operation["value"]):
                raise _MisfitError(f"{path or 'the whole'} is not what it was")
            return value
        case "add":
            return _added(value, path, copy.deepcopy(operation["value"]))
        case "remove":
            return _removed(value, path)
        case "replace":
            _found(value, path)
            return _replaced(value, path, copy.deepcopy(operation["value"]))
        case _:
            return _carried(value, path, operation)


def _carried(value: Json, path: str, operation: Operation) -> Json:
    source = operation.get("from")
    if not isinstance(source, str):
        raise _MisfitError(f"{operation['op']} needs from")
    moved = copy.deepcopy(_found(value, source))
    if operation["op"] == "move":
        if path.startswith(f"{source}/"):
            raise _MisfitError(f"{source} cannot be moved into itself")
        value = _removed(value, source)
    return _added(value, path, moved)


def _found(value: Json, path: str) -> Json:
    try:
        return at(value, path)
    except (LookupError, ValueError):
        raise _MisfitError(f"there is nothing at {path!r}") from None


def _parent(value: Json, path: str) -> tuple[Json, str]:
    outer, _, _ = path.rpartition("/")
    return _found(value, outer), steps(path)[-1]


def _added(value: Json, path: str, new: Json) -> Json:
    if not path:
        return new
    parent, step = _parent(value, path)
    if isinstance(parent, dict):
        parent[step] = new
    elif isinstance(parent, list) and step == "-":
        parent.append(new)
    elif isinstance(parent, list) and _is_index(step) and int(step) <= len(parent):
        parent.insert(int(step), new)
    else:
        raise _MisfitError(f"nothing can be added at {path!r}")
    return value


def _removed(value: Json, path: str) -> Json:
    _found(value, path)
    if not path:
        raise _MisfitError("the whole cannot be removed")
    parent, step = _parent(value, path)
    del parent[int(step) if isinstance(parent, list) else step]
    return value


def _replaced(value: Json, path: str, new: Json) -> Json:
    if not path:
        return new
    parent, step = _parent(value, path)
    parent[int(step) if isinstance(parent, list) else step] = new
    return value
