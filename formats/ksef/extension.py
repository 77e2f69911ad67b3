"""Between a tree and Poland's typed extension; the terms of its fields name the elements."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from formats.en16931.leaves import group_terms
from formats.ksef.tree import Tree


class _Field(NamedTuple):
    name: str
    group: type[BaseModel] | None
    several: bool


@cache
def _fields(group: type[BaseModel]) -> Mapping[str, _Field]:
    """Return the fields of a group by the elements they stand for."""
    found = {}
    for name, term in group_terms(group).items():
        annotation = group.model_fields[name].annotation
        element = term.id.removeprefix("FA-").rpartition(".")[2]
        found[element] = _Field(name, _group(annotation), get_origin(annotation) is tuple)
    return found


def _group(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_group(argument) for argument in get_args(annotation))
    return next((one for one in inner if one is not None), None)


def tree_of(group: BaseModel) -> Tree:
    """Return what a group of the extension says, as elements."""
    tree: Tree = {}
    for element, field in _fields(type(group)).items():
        value = getattr(group, field.name)
        if value is None or value == ():
            continue
        tree[element] = [_plain(one) for one in value] if field.several else _plain(value)
    return tree


def _plain(value: object) -> Tree | str:
    if isinstance(value, BaseModel):
        return tree_of(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def values_of(tree: Tree, group: type[BaseModel]) -> dict[str, Any]:
    """Return the fields of a group of the extension that elements fill; others are left out."""
    fields = _fields(group)
    values = {}
    for element, value in tree.items():
        if element not in fields:
            continue
        name, inner, several = fields[element]
        if inner is not None:
            value = (  # noqa: PLW2901 - the same in the model's words
                [values_of(one, inner) for one in value] if several else values_of(value, inner)
            )
        values[name] = value
    return values


def fits(tree: Tree, group: type[BaseModel]) -> bool:
    """Tell whether the extension has a field for every element of a tree."""
    fields = _fields(group)
    for element, value in tree.items():
        if element not in fields:
            return False
        inner = fields[element].group
        several = value if isinstance(value, list) else [value]
        if inner is not None and not all(fits(one, inner) for one in several):
            return False
    return True
