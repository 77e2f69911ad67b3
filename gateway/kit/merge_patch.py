"""JSON Merge Patch (RFC 7396)."""

from collections.abc import Mapping


def merged(present: object, patch: object) -> object:
    """Return a value as a patch changes it (section 2): null takes a member away."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(present) if isinstance(present, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result
