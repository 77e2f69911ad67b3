"""What the tests of conformance share: Saxon and our engine, a seed, a share of the work."""

import os
from collections.abc import Iterator

import pytest

from formats.validation.engine import RuleEngine
from tests.conformance.engines import compiled_rules
from tests.oracle.saxon import SaxonOracle


@pytest.fixture(scope="session")
def seed() -> int:
    """Where the seeds of this run begin: `GATEWAY_SEED`, or always the same."""
    return int(os.environ.get("GATEWAY_SEED", "4"))


@pytest.fixture(scope="session")
def saxon() -> Iterator[SaxonOracle]:
    """The oracle, one process for the session."""
    with SaxonOracle() as oracle:
        yield oracle


@pytest.fixture(scope="session")
def engine() -> RuleEngine:
    """Our compiled rules."""
    return compiled_rules()
