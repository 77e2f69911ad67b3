"""TOML read strictly: every key is taken by name and type; what is left over is an error."""

from collections.abc import Iterator
from typing import TypeVar

_T = TypeVar("_T")


class ManifestError(ValueError):
    """The manifest contradicts itself or this reader; the message names the place."""


class Table:
    """A TOML table whose keys are taken one by one, so that leftovers are noticed."""

    def __init__(self, value: object, place: str) -> None:
        if not isinstance(value, dict):
            raise ManifestError(f"{place}: a table is expected")
        self._rest: dict[str, object] = dict(value)
        self.place = place

    def take(self, key: str, kind: type[_T]) -> _T:
        """Return a key that must be there."""
        value = self.take_optional(key, kind)
        if value is None:
            raise ManifestError(f"{self.place}: {key} is missing")
        return value

    def take_optional(self, key: str, kind: type[_T]) -> _T | None:
        """Return a key, or None when it is not there."""
        value = self._rest.pop(key, None)
        if value is not None and type(value) is not kind:
            raise ManifestError(f"{self.place}: {key} must be a {kind.__name__}")
        return value

    def take_tables(self, key: str) -> Iterator["Table"]:
        """Return the tables of an array that must be there."""
        for index, value in enumerate(self.take(key, list)):
            yield Table(value, f"{self.place} {key}[{index}]")

    def take_tables_by_name(self, key: str) -> Iterator[tuple[str, "Table"]]:
        """Return the tables within a table, which may be missing."""
        for name, value in (self.take_optional(key, dict) or {}).items():
            yield str(name), Table(value, f"{self.place} {key}.{name}")

    def take_all(self) -> dict[str, object]:
        """Return whatever is left."""
        rest, self._rest = self._rest, {}
        return rest

    def finish(self) -> None:
        """Raise `ManifestError` when something is left."""
        if self._rest:
            raise ManifestError(f"{self.place}: unknown key {', '.join(sorted(self._rest))}")
