"""Many entities: what reports say is what is there, and how the database finds it.

How long it takes is for `benchmarks/many_tenants.py`, which runs with ten thousand of them.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from benchmarks.crowd import Models, fill
from gateway.documents.repository import Filter, page
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.ids import parse_id
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.reports import repository
from gateway.reports.grouping import Dimension, Scope
from tests.gateway.houses import House, Shop, invoice, opened

ENTITIES, DOCUMENTS = 300, 20
_SUMS = """
select currency_code, count(*),
       coalesce(sum(case kind when 'credit_note' then -1 else 1 end * {amount}), 0)
  from document where account_id = %s and state = 'issued' group by 1 order by 1 nulls last
"""


@pytest.fixture(scope="module")
def shop(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with opened(postgres, tmp_path_factory.mktemp("crowd")) as house:
        shop = Shop.opened(house)
        body = invoice(profile="en16931-ubl")
        models = Models(
            entity=parse_id(shop.entity, "ent"),
            invoice=parse_id(shop.issued(body)["id"], "inv"),
            credit_note=parse_id(shop.issued(body, "credit-notes")["id"], "crn"),
            draft=parse_id(shop.draft(body)["id"], "inv"),
        )
        fill(house.admin_url, models, entities=ENTITIES, documents=DOCUMENTS)
        yield shop


def _all(shop: Shop) -> Tenant:
    return Tenant(shop.account.id, (), "sandbox", account_wide=True, all_entities=True)


def _read(shop: Shop, path: str) -> dict[str, Any]:
    answer = shop.account.call("GET", f"/v1/reports/{path}", key=shop.key)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _nodes(
    house: House, tenant: Tenant, ask: Callable[[TenantTransaction], object], **settings: str
) -> list[dict[str, Any]]:
    """Return what the database really did to answer: the steps of its plans that ran."""
    asked: list[tuple[str, Any]] = []
    found: list[dict[str, Any]] = []
    with house.runtime.database.transaction(tenant, read_only=True) as tx:
        connection = tx.connection

        def note(_c: object, _k: object, statement: str, values: object, *_more: object) -> None:
            asked.append((statement, values))

        sa.event.listen(connection, "before_cursor_execute", note)
        ask(tx)
        sa.event.remove(connection, "before_cursor_execute", note)
        for name, value in settings.items():
            connection.exec_driver_sql(f"set local {name} = {value}")
        for statement, values in asked:
            explained = f"explain (analyze, format json) {statement}"
            (plan,) = connection.exec_driver_sql(explained, values).scalar_one()
            ahead = [plan["Plan"]]
            while ahead:
                node = ahead.pop()
                ahead += node.get("Plans", ())
                if node["Actual Loops"]:
                    found.append(node)
    return found


def _scans(nodes: list[dict[str, Any]], table: str) -> set[tuple[str, str | None]]:
    return {
        (node["Node Type"], node.get("Index Name"))
        for node in nodes
        if node.get("Relation Name") == table
    }


def test_totals_are_the_sums_of_what_is_there(shop: Shop) -> None:
    rows = _read(shop, "totals")["data"]
    there = shop.house.sql(_SUMS.format(amount="total_with_vat"), shop.account.id)
    assert len(rows) >= 2
    assert [
        (row["currency_code"], row["documents"], Decimal(row["total_with_vat"])) for row in rows
    ] == there
    vat = shop.house.sql(_SUMS.format(amount="total_vat"), shop.account.id)
    assert [Decimal(row["total_vat"]) for row in rows] == [amount for _, _, amount in vat]


def test_pages_of_entities_add_up_to_the_whole(shop: Shop) -> None:
    summed: dict[str, Decimal] = {}
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = _read(shop, f"totals?group_by=entity&limit=200{cursor}")
        seen += dict.fromkeys(row["entity_id"] for row in page["data"])
        for row in page["data"]:
            code = row["currency_code"]
            summed[code] = summed.get(code, Decimal()) + Decimal(row["total_with_vat"])
        cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"
    assert len(seen) == len(set(seen)) >= ENTITIES
    whole = _read(shop, "totals")["data"]
    assert summed == {row["currency_code"]: Decimal(row["total_with_vat"]) for row in whole}


def test_the_board_counts_what_is_there(shop: Shop) -> None:
    there = shop.house.sql(
        "select attention, count(*) from transmission"
        " where attention is not null and account_id = %s group by 1",
        shop.account.id,
    )
    found = dict.fromkeys(("pending", "failed", "unknown", "action_required"), 0)
    cursor: str | None = ""
    while cursor is not None:
        page = _read(shop, f"compliance?limit=200{cursor}")
        for row in page["data"]:
            for name, count in row["transmissions"].items():
                found[name] += count
        cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"
    assert found == dict(there)
    failing = _read(shop, "compliance?state=failed&limit=200")["data"]
    assert failing
    assert all(row["transmissions"]["failed"] for row in failing)


@pytest.mark.parametrize("report", [repository.totals, repository.vat])
def test_a_report_of_an_account_reads_an_index_alone(
    shop: Shop, report: Callable[..., object]
) -> None:
    nodes = _nodes(
        shop.house,
        _all(shop),
        lambda tx: report(tx, Scope(), [Dimension.CURRENCY]),
        enable_seqscan="off",  # of so few rows it would rather read all of them
        enable_bitmapscan="off",
    )
    table = "document" if report is repository.totals else "document_vat"
    assert _scans(nodes, table) == {("Index Only Scan", f"{table}_figures")}


def test_a_page_of_a_report_reads_the_entries_of_its_entities(shop: Shop) -> None:
    def ask(tx: TenantTransaction) -> object:
        ids = tuple(one.id for one in repository.entities(tx, None, 5))
        return repository.totals(tx, Scope(entity_ids=ids), [Dimension.ENTITY])

    (node,) = [
        node
        for node in _nodes(shop.house, _all(shop), ask)
        if node.get("Relation Name") == "document"
    ]
    assert node["Index Name"] == "document_figures"
    assert node["Actual Rows"] * node["Actual Loops"] <= 5 * DOCUMENTS


def test_the_board_reads_what_is_not_settled_and_nothing_else(shop: Shop) -> None:
    def ask(tx: TenantTransaction) -> object:
        return repository.attention(tx, _ids(tx))

    nodes = _nodes(shop.house, _all(shop), ask)
    ((_, index),) = _scans(nodes, "transmission")
    assert index == "transmission_attention"
    drafts = _nodes(shop.house, _all(shop), lambda tx: repository.drafts(tx, _ids(tx)))
    assert {index for _, index in _scans(drafts, "document")} == {"document_drafts"}


def test_row_security_looks_at_the_entity_that_is_named_alone(shop: Shop) -> None:
    tenant = Tenant(shop.account.id, (parse_id(shop.entity, "ent"),), "sandbox")
    nodes = _nodes(
        shop.house,
        tenant,
        lambda tx: page(tx, Filter(), before=None, limit=51),
        enable_seqscan="off",  # of so few entities it would read all rather than use the index
    )
    entities = [node for node in nodes if node.get("Relation Name") == "entity"]
    assert [node["Index Name"] for node in entities] == ["entity_id_key"]
    assert sum(node["Actual Rows"] for node in entities) == 1


def _ids(tx: TenantTransaction) -> list[UUID]:
    return [one.id for one in repository.entities(tx, None, 50)]
