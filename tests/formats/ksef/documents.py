"""The official FA(3) documents and their schema."""

import datetime
from functools import cache
from pathlib import Path

from formats.findings import Finding
from formats.ksef.names import NAMESPACE, ROOT
from formats.ksef.tree import Tree, read_tree
from formats.validation import xsd
from formats.xml import parse
from schemas import Artefact, Catalog

DAY = datetime.date(2026, 11, 1)
FOLDERS = ("examples/fa3", "filled")


def fa3_documents(official: Path) -> list[Path]:
    """Return every complete FA(3) document; templates with placeholders are none."""
    paths = (path for folder in FOLDERS for path in (official / "pl-ksef" / folder).iterdir())
    return sorted(path for path in paths if f'"{NAMESPACE}"'.encode() in path.read_bytes())


@cache
def _schema(official: Path) -> Artefact:
    return Catalog((official,)).resolve("pl.gov.mf.ksef:fa", DAY)


def violations(official: Path, content: bytes) -> list[Finding]:
    """Return what the ministry's schema finds wrong with a document."""
    return list(xsd.check(_schema(official), content))


def tree_of(content: bytes) -> Tree:
    """Return a document as a tree."""
    return read_tree(parse(content), ROOT, None)
