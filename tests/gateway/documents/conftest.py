"""Houses that the tests of documents share, and a shop of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.houses import House, Shop, opened


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A gateway that has what the installed packages carry: Peppol's own rules are missing."""
    with opened(postgres, tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture(scope="module")
def complete_house(
    postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory, official: Path
) -> Iterator[House]:
    """A gateway that has every official rule set."""
    data = tmp_path_factory.mktemp("complete")
    with opened(postgres, data, schemas_dir=official) as house:
        yield house


@pytest.fixture
def shop(house: House) -> Shop:
    """A Slovenian seller in an account of its own."""
    return Shop.opened(house)


@pytest.fixture
def another(house: House) -> Shop:
    """Somebody else, in the same house."""
    return Shop.opened(house)
