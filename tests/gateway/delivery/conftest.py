"""A house with a shop in it, shared by the tests of a file."""

from collections.abc import Iterator

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.houses import House, Shop, opened


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("house")) as made:
        yield made


@pytest.fixture
def shop(house: House) -> Shop:
    """A Slovenian seller in the sandbox."""
    return Shop.opened(house)
