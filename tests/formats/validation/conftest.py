from pathlib import Path

import pytest

from formats.en16931 import Invoice
from formats.profile import Profile, Syntax
from schemas import Catalog


@pytest.fixture
def catalog(official: Path) -> Catalog:
    return Catalog([official])


@pytest.fixture
def example(official: Path) -> bytes:
    """An official invoice that every layer finds valid."""
    return (official / "en16931/ubl/examples/ubl-tc434-example1.xml").read_bytes()


@pytest.fixture
def profile() -> Profile:
    """UBL with the two official rule sets and no semantic rules of ours."""

    def no_reader(content: bytes) -> Invoice:
        raise AssertionError(f"nothing reads these {len(content)} bytes")

    return Profile(
        id="ubl",
        name="UBL",
        syntax=Syntax.UBL,
        customization_id="urn:cen.eu:en16931:2017",
        process_id=None,
        media_type="application/xml",
        schemas={
            "Invoice": "org.oasis-open.ubl:invoice",
            "CreditNote": "org.oasis-open.ubl:credit-note",
        },
        rule_sets=("eu.cen.en16931:ubl", "eu.peppol.bis3:invoice"),
        rules=(),
        write=lambda _: b"",
        read=no_reader,
    )
