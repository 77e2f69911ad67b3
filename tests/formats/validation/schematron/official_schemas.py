"""The official Schematron: which files are schemas, which are parts, and what was compiled."""

from functools import cache
from pathlib import Path

from formats.validation.schematron.node import parse, sch

COMPILED_ELSEWHERE = {
    "EN16931-CII-validation-preprocessed": "EN16931-CII-validation",
    "EN16931-UBL-validation-preprocessed": "EN16931-UBL-validation",
}
"""The same schema before and after its abstract patterns were made concrete."""


@cache
def schematron_files(official: Path) -> dict[str, str]:
    """Return the name of the root by path, of every .sch file."""
    found = sorted(official.rglob("*.sch"))
    return {
        str(path.relative_to(official)): parse(path.read_bytes(), path.name).tag for path in found
    }


def schemas(official: Path) -> list[str]:
    """Return the files that are schemas."""
    return [path for path, root in schematron_files(official).items() if root == sch("schema")]


def parts(official: Path) -> list[str]:
    """Return the files that others include."""
    return [path for path, root in schematron_files(official).items() if root != sch("schema")]


@cache
def _files_below(official: Path, folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*.sch") if path.is_file()]
    found += [path for path in folder.glob("sch/**/*.xml") if path.is_file()]
    return {str(path.relative_to(official)): path.read_bytes() for path in found}


def files_of(official: Path, schema: str) -> dict[str, bytes]:
    """Return what a schema may include or open: what lies near it, and Factur-X's code lists."""
    folder = (official / schema).parent
    functions = {
        str(path.relative_to(official)): path.read_bytes()
        for path in folder.rglob("function/*.xml")
    }
    codes = {path.name: path.read_bytes() for path in folder.parent.glob("xslt/*_codedb.xml")}
    return {**_files_below(official, folder.parent), **functions, **codes}


def compiled(official: Path, schema: str) -> Path | None:
    """Return the compiled form published beside a schema, if there is one."""
    path = Path(schema)
    name = COMPILED_ELSEWHERE.get(path.stem, path.stem)
    family = official / path.parts[0]
    found = [each for each in family.rglob("*.xslt") if each.stem == name]
    # Peppol's PINT has a folder for each country: the one whose path has most in common.
    return max(found, key=lambda each: len({*each.parts} & {*path.parts}), default=None)
