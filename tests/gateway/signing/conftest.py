"""A vault, and entities whose keys are in it."""

from collections.abc import Iterator

import pytest

from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant, TenantTransaction
from tests.gateway.houses import House, Shop, opened


@pytest.fixture(scope="module")
def house(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with opened(postgres, tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture
def shop(house: House) -> Shop:
    return Shop.opened(house)


def tenant_of(shop: Shop) -> Tenant:
    return Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), shop.environment)


@pytest.fixture
def tx(shop: Shop) -> Iterator[TenantTransaction]:
    with shop.house.runtime.database.transaction(tenant_of(shop)) as tx:
        yield tx
