"""Texts as callers send them, before anything looks at them."""

from collections.abc import Mapping


def without_blanks(value: object) -> object:
    """Take blank texts out of a JSON value: they say nothing, and no syntax can carry them.

    Other texts stay as they are. What stands under `metadata` is the caller's own and stays too.
    """
    if isinstance(value, Mapping):
        inside = {
            name: inner if name == "metadata" else without_blanks(inner)
            for name, inner in value.items()
        }
        return {name: inner for name, inner in inside.items() if not _blank(inner)}
    if isinstance(value, list):
        return [without_blanks(inner) for inner in value]
    return value


def _blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()
