"""What the tests of all formats share: Saxon, started and its rule sets compiled once."""

from collections.abc import Iterator

import pytest

from tests.oracle.saxon import SaxonOracle


@pytest.fixture(scope="session")
def saxon() -> Iterator[SaxonOracle]:
    """The oracle of official rules, one worker process for the session."""
    with SaxonOracle() as oracle:
        yield oracle
