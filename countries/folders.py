"""The countries' folders: `at`, `be` ..., by ISO 3166-1 alpha-2 in lower case."""

import pkgutil

import countries

_CODE_LENGTH = 2


def folders() -> tuple[str, ...]:
    """Return the names of all folders of countries."""
    return tuple(
        module.name
        for module in pkgutil.iter_modules(countries.__path__)
        if module.ispkg and len(module.name) == _CODE_LENGTH
    )
