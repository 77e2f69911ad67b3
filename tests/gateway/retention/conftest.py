"""A gateway for the tests of retention, and shops in it."""

from collections.abc import Iterator

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.houses import House, Shop, opened


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture
def shop(house: House) -> Shop:
    return Shop.opened(house)
