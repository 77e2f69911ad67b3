"""Building groups of the model from values that a reader has checked itself.

Pydantic would look at every value again: the parser lets only characters of XML through, and the
kinds of values know their lexical forms and limits. This is its `model_construct` for values that
are all under their field names, without the loop over every field.
"""

import functools
from collections.abc import Mapping
from typing import Any, TypeVar, get_args, get_origin

from formats.en16931.group import Group

_Group = TypeVar("_Group", bound=Group)


def make(model: type[_Group], values: Mapping[str, Any]) -> _Group:
    """Return a group with these values; the rest is absent, or empty where it must be there."""
    defaults, names = _known(model)
    group = model.__new__(model)
    _set(group, "__dict__", {**defaults, **values})
    _set(group, "__pydantic_fields_set__", names)  # groups never change: one set serves all
    _set(group, "__pydantic_extra__", None)
    _set(group, "__pydantic_private__", None)
    return group


_set = object.__setattr__


@functools.cache
def _known(model: type[Group]) -> tuple[dict[str, Any], set[str]]:
    """Return the fields of a model with what they are when absent, and their names."""
    defaults: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        if not info.is_required():
            defaults[name] = info.get_default(call_default_factory=True)
        elif (group := group_of(info.annotation)) is not None:
            defaults[name] = make(group, {})  # groups never change: one serves all
        else:
            defaults[name] = None
    return defaults, set(defaults)


def group_of(annotation: object) -> type[Group] | None:
    """Return the group an annotation names, through `| None`, tuples and the like."""
    if isinstance(annotation, type) and issubclass(annotation, Group):
        return annotation
    for inner in get_args(annotation):
        if (found := group_of(inner)) is not None:
            return found
    return None


@functools.cache
def several_of(model: type[Group]) -> tuple[str, ...]:
    """Return the fields of a model that hold several."""
    return tuple(
        name
        for name, info in model.model_fields.items()
        if tuple in {get_origin(each) for each in (info.annotation, *get_args(info.annotation))}
    )
