"""The UBL schemas, loaded from the catalogue."""

import datetime
from functools import cache
from pathlib import Path

from lxml import etree

from formats.ubl.profile import SCHEMAS
from formats.xml import parse
from schemas import Catalog

DAY = datetime.date(2026, 11, 20)


def violations(official: Path, content: bytes) -> list[str]:
    """Return what the XSD of its root finds wrong with a document."""
    root = parse(content)
    schema = _schema(official, etree.QName(root).localname)
    return [] if schema.validate(root) else [str(entry) for entry in schema.error_log]


@cache
def _schema(official: Path, root: str) -> etree.XMLSchema:
    return etree.XMLSchema(file=Catalog((official,)).resolve(SCHEMAS[root], DAY).path)
