"""A shop whose pages are looked at."""

from collections.abc import Iterator

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from tests.gateway.houses import Shop, opened


@pytest.fixture(scope="module")
def shop(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A shop in a gateway of its own."""
    with opened(postgres, tmp_path_factory.mktemp("web")) as house:
        yield Shop.opened(house)
