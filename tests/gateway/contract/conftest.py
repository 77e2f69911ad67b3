"""A gateway with one shop in it, which has one of everything."""

from collections.abc import Iterator

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.houses import Shop, opened
from tests.gateway.matrix.stock import Stock


@pytest.fixture(scope="module")
def shop(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A shop in a gateway of its own."""
    with opened(postgres, tmp_path_factory.mktemp("contract")) as house:
        yield Shop.opened(house)


@pytest.fixture(scope="module")
def stock(shop: Shop) -> Stock:
    """One of everything that the shop may have."""
    return Stock.of_shop(shop)
