"""An account with 10,000 entities: listed, searched and filtered without delay."""

import time
from collections.abc import Callable

import psycopg

from tests.gateway.conftest import Account

MANY = 10_000
_FILL = """
insert into entity (account_id, id, environment, name, country_code, seller, settings, metadata,
                    created_at, updated_at)
select %s, gen_random_uuid(), 'sandbox', 'Shop ' || n, 'SI',
       '{"name": "Shop", "postal_address": {"country_code": "SI"}}', '{"due_days": 8}',
       jsonb_build_object('tenant', n::text), now(), now()
  from generate_series(1, %s) n
"""


def test_lists_of_10_000_entities_are_quick(
    account: Account, admin_url: str, figures: Callable[..., None]
) -> None:
    with psycopg.connect(admin_url) as connection:
        connection.execute(_FILL, [account.id, MANY])
        connection.execute("analyze entity")
    first = account.call("GET", "/v1/entities?limit=200").json()
    cursor = first["next_cursor"]
    asked = {
        "list": "/v1/entities",
        "next_page": f"/v1/entities?limit=200&cursor={cursor}",
        "search": "/v1/entities?search=shop%20777",
        "search_nothing": "/v1/entities?search=nobody",
        "metadata": "/v1/entities?metadata[tenant]=4711",
    }
    measured = {}
    for name, path in asked.items():
        times = []
        for _ in range(10):
            began = time.perf_counter()
            answer = account.call("GET", path)
            times.append(time.perf_counter() - began)
            assert answer.status_code == 200
        measured[name] = f"{sorted(times)[5] * 1000:.0f} ms"
        assert min(times) < 0.5, name  # 0.2 on a machine that does nothing else
    figures(**measured)
    names = account.call("GET", asked["search"]).json()["data"]
    assert {one["name"] for one in names} == {"Shop 777", *(f"Shop 777{n}" for n in range(10))}
    found = account.call("GET", asked["metadata"]).json()["data"]
    assert [one["name"] for one in found] == ["Shop 4711"]
