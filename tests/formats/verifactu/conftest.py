import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from formats.validation import xsd
from schemas import Catalog


@pytest.fixture(scope="session")
def schema(official: Path) -> Callable[[str, bytes], list[str]]:
    """Return what the AEAT's schema of a name finds wrong with a document."""
    catalog = Catalog([official])

    def judged(name: str, content: bytes) -> list[str]:
        day = datetime.date(2026, 11, 22)
        artefact = catalog.artefact(f"es.aeat:verifactu-{name}", day)
        return [finding.message for finding in xsd.check(artefact, content)]

    return judged
