from collections.abc import Iterator

import pytest

from tests.oracle.saxon import SaxonOracle


@pytest.fixture(scope="package")
def oracle() -> Iterator[SaxonOracle]:
    """The official rules, in one worker process."""
    with SaxonOracle() as oracle:
        yield oracle
