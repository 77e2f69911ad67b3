"""Print what the manifest wants to know about files at hand: every path and its sha256.

    python scripts/artefact_files.py DIRECTORY ENTRY [ENTRY ...]

DIRECTORY becomes the source's `base`; each ENTRY is a path below it. What an entry includes or
imports is followed (XSD `include`, `import`, `redefine`; Schematron `include`, `extends`; XSLT
`include`, `import`, `document()`), so that the artefact is listed whole. A reference that leaves
DIRECTORY, or that is not there, is an error: choose a directory further up.
"""

import hashlib
import posixpath
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

_XSD = "{http://www.w3.org/2001/XMLSchema}"
_XSLT = "{http://www.w3.org/1999/XSL/Transform}"
_SCHEMATRON = "{http://purl.oclc.org/dsdl/schematron}"
_REFERENCES = {
    f"{_XSD}include": "schemaLocation",
    f"{_XSD}import": "schemaLocation",
    f"{_XSD}redefine": "schemaLocation",
    f"{_XSLT}include": "href",
    f"{_XSLT}import": "href",
    f"{_SCHEMATRON}include": "href",
    f"{_SCHEMATRON}extends": "href",
}
_DOCUMENT = re.compile(r"\bdocument\(\s*'([^']+)'\s*\)")


def closure(directory: Path, entry: str) -> dict[str, str]:
    """Return the sha256 of an entry and of all it refers to, by path below the directory.

    Raises:
        ValueError: A reference leaves the directory.
        OSError: A file is not there.
        lxml.etree.XMLSyntaxError: A file is no XML.
    """
    files: dict[str, str] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name in files:
            continue
        content = (directory / name).read_bytes()
        files[name] = hashlib.sha256(content).hexdigest()
        for reference in _references(content):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), reference))
            if path.startswith(".."):
                raise ValueError(f"{name} refers to {reference}, outside {directory}")
            waiting.append(path)
    return dict(sorted(files.items()))


def _references(content: bytes) -> Iterator[str]:
    # Not formats.xml: publishers' files may declare an encoding that they do not have.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(content, parser)  # noqa: TID251
    for element in root.iter():
        attribute = _REFERENCES.get(str(element.tag))
        reference = None if attribute is None else element.get(attribute)
        if reference is not None and "://" not in reference:
            yield reference.partition("#")[0]
    if not str(root.tag).startswith(_XSD):
        yield from _DOCUMENT.findall(content.decode("utf-8", "replace"))


def main() -> int:
    """Print a table of files for each entry; 1 when one cannot be listed."""
    directory, *entries = map(Path, sys.argv[1:])
    for entry in entries:
        try:
            files = closure(directory, entry.as_posix())
        except (ValueError, OSError, etree.XMLSyntaxError) as error:
            print(f"{entry}: {error}", file=sys.stderr)
            return 1
        print(f'entry = "{entry.as_posix()}"')
        print("[artefact.files]")
        for name, sha256 in files.items():
            print(f'"{name}" = "{sha256}"')
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 3:  # noqa: PLR2004 - a directory and an entry
        sys.exit(__doc__)
    sys.exit(main())
