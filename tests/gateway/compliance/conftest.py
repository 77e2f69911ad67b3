import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gateway.compliance.oracle import SaxonOracle
from schemas import Artefact, Catalog

pytest.importorskip("saxonche", reason="the extra `oracle` is not installed")

DAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def catalog(official: Path) -> Catalog:
    return Catalog([official])


@pytest.fixture(scope="session")
def oracle() -> Iterator[SaxonOracle]:
    """One worker for the session; a test that harms it leaves it to recover."""
    with SaxonOracle() as oracle:
        yield oracle


@pytest.fixture(scope="session")
def en_16931(catalog: Catalog) -> Artefact:
    return catalog.resolve("eu.cen.en16931:ubl", DAY)


@pytest.fixture(scope="session")
def peppol(catalog: Catalog) -> Artefact:
    return catalog.resolve("eu.peppol.bis3:invoice", DAY)


@pytest.fixture(scope="session")
def example(official: Path) -> bytes:
    """An official invoice that every layer finds valid."""
    return (official / "en16931/ubl/examples/ubl-tc434-example1.xml").read_bytes()


@pytest.fixture(scope="session")
def slow(example: bytes) -> bytes:
    """An invoice of so many lines that Saxon is busy for seconds."""
    start, end = example.index(b"<cac:InvoiceLine>"), example.index(b"</Invoice>")
    return example[:start] + example[start:end] * 150 + example[end:]


@pytest.fixture(scope="session")
def stylesheet(en_16931: Artefact) -> Callable[[str], Artefact]:
    """Makes an artefact of our own from a template's body, to see what rules could do."""

    def make(body: str) -> Artefact:
        content = (
            '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="2.0" '
            'xmlns:svrl="http://purl.oclc.org/dsdl/svrl"><xsl:template match="/">'
            f"{body}</xsl:template></xsl:stylesheet>"
        ).encode()
        sha256 = hashlib.sha256(content).hexdigest()
        return replace(en_16931, sha256=sha256, files={en_16931.entry: content})

    return make
