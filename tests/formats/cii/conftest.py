from collections.abc import Iterator

import pytest

from gateway.compliance.oracle import SaxonOracle


@pytest.fixture(scope="package")
def oracle() -> Iterator[SaxonOracle]:
    """The official rules, in one worker process."""
    with SaxonOracle() as oracle:
        yield oracle
