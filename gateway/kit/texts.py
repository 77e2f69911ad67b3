"""Texts as callers send them, before anything looks at them."""

from collections.abc import Mapping


def trimmed(value: object) -> object:
    """Take white space off the ends of every text in a JSON value, and blank texts away.

    No syntax keeps white space around codes and identifiers, and a blank text says nothing. What
    stands under `metadata` is the caller's own and stays.
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        inside = {
            name: inner if name == "metadata" else trimmed(inner) for name, inner in value.items()
        }
        return {name: inner for name, inner in inside.items() if inner != ""}
    if isinstance(value, list):
        return [trimmed(inner) for inner in value]
    return value
