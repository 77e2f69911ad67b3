"""The manifest: one TOML file per group of ids, read strictly and only when asked for."""

import itertools
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from schemas import entries
from schemas.declaration import Declaration
from schemas.tables import ManifestError

MANIFEST = Path(__file__).with_name("manifest")
"""The folder of the manifest's files; `<group>.toml` holds the ids that begin with the group."""


class Manifest:
    """Every artefact the gateway knows of.

    Args:
        declarations: All of them; `load` reads them from files instead.
    """

    def __init__(self, declarations: Iterable[Declaration]) -> None:
        groups: dict[str, list[Declaration]] = {}
        for declaration in declarations:
            groups.setdefault(declaration.group, []).append(declaration)
        for group in groups.values():
            _check_versions(group)
        self._groups = {name: tuple(group) for name, group in groups.items()}
        self._files: dict[str, Path] = {}

    @classmethod
    def load(cls, folder: Path = MANIFEST) -> "Manifest":
        """Return the manifest in a folder; a file is read when something of its group is asked.

        A document needs the rules of two or three groups, and a command that judges one document
        should not read the rest of the world first.
        """
        manifest = cls(())
        manifest._files = {path.stem: path for path in sorted(folder.glob("*.toml"))}
        return manifest

    @property
    def declarations(self) -> tuple[Declaration, ...]:
        """Everything, group by group; raises `ManifestError` on what it does not understand."""
        names = {**self._files, **self._groups} if self._files else self._groups
        return tuple(each for name in names for each in self.group(name))

    def group(self, name: str) -> tuple[Declaration, ...]:
        """Return the artefacts of one group (`eu.cen.en16931`), none for an unknown one."""
        if name not in self._groups and name in self._files:
            self._groups[name] = _read(self._files[name])
        return self._groups.get(name, ())

    def family(self, name: str) -> tuple[Declaration, ...]:
        """Return the versions of a family (`eu.cen.en16931:ubl`), in the order of the file."""
        group = self.group(name.partition(":")[0])
        return tuple(each for each in group if each.family == name)

    def in_force(self, family: str, day: date) -> Declaration | None:
        """Return the version that judges a document of a day.

        That is the one in force; where none is, the next newer one that says why it stands for
        earlier days (`earlier`).
        """
        versions = sorted(self.family(family), key=lambda version: version.in_force_from)
        for version in versions:
            if version.covers(day):
                return version
        later = (each for each in versions if each.in_force_from > day and each.earlier)
        return next(later, None)

    def artefact(self, identifier: str) -> Declaration | None:
        """Return the artefact with this id, or None."""
        group = self.group(identifier.partition(":")[0])
        return next((each for each in group if each.id == identifier), None)


def _read(path: Path) -> tuple[Declaration, ...]:
    try:
        document: Mapping[str, object] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ManifestError(f"{path.name}: {error}") from error
    declarations = entries.read(document, path.name)
    for declaration in declarations:
        if declaration.group != path.stem:
            raise ManifestError(f"{path.name}: {declaration.id} belongs into another file")
    _check_versions(declarations)
    return declarations


def _check_versions(declarations: Iterable[Declaration]) -> None:
    """Refuse two versions of a family for one day: which one judged would be chance."""
    families: dict[str, list[Declaration]] = {}
    for declaration in declarations:
        if any(each.id == declaration.id for each in families.get(declaration.family, ())):
            raise ManifestError(f"{declaration.id} is declared twice")
        families.setdefault(declaration.family, []).append(declaration)
    for versions in families.values():
        versions.sort(key=lambda version: version.in_force_from)
        for version in versions:
            last = version.in_force_until
            if last is not None and last < version.in_force_from:
                raise ManifestError(f"{version.id}: in force until a day before its first")
        for older, newer in itertools.pairwise(versions):
            last = older.in_force_until
            if last is None or newer.in_force_from <= last:
                raise ManifestError(f"{older.id} and {newer.id} are in force on the same day")
