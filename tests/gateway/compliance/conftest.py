from datetime import date
from pathlib import Path

import pytest

from formats.validation.rules import CompiledRules
from schemas import Artefact, Catalog
from tests.kept_rules import store

DAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def catalog(official: Path) -> Catalog:
    return Catalog([official])


@pytest.fixture(scope="session")
def rules() -> CompiledRules:
    """Official rule sets, compiled once for the session."""
    return CompiledRules(store())


@pytest.fixture(scope="session")
def en_16931(catalog: Catalog) -> Artefact:
    return catalog.resolve("eu.cen.en16931:ubl", DAY)


@pytest.fixture(scope="session")
def example(official: Path) -> bytes:
    """An official invoice that every layer finds valid."""
    return (official / "en16931/ubl/examples/ubl-tc434-example1.xml").read_bytes()


@pytest.fixture(scope="session")
def slow(example: bytes) -> bytes:
    """An invoice of so many lines that rules are busy for a while."""
    start, end = example.index(b"<cac:InvoiceLine>"), example.index(b"</Invoice>")
    return example[:start] + example[start:end] * 150 + example[end:]
