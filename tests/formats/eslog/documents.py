"""The published e-SLOG documents and their schema."""

import datetime
from functools import cache
from pathlib import Path

from formats.findings import Finding
from formats.validation import xsd
from schemas import Artefact, Catalog

DAY = datetime.date(2026, 11, 1)
SAMPLE = "sample_eSLOG20_INVOIC_v200_with_BT.xml"
EXAMPLES = ("inv.xml", SAMPLE)


def example(official: Path, name: str) -> bytes:
    """Return a published document."""
    return (official / "si-eslog" / "examples" / name).read_bytes()


@cache
def _schema(official: Path) -> Artefact:
    return Catalog((official,)).resolve("si.gzs.eslog:invoice", DAY)


def violations(official: Path, content: bytes) -> list[Finding]:
    """Return what the chamber's schema finds wrong with a document."""
    return list(xsd.check(_schema(official), content))
