"""The file of an exit: what is in it, that it can be verified, and that nothing was forgotten."""

import io
import json
import zipfile

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from gateway.archive.verify import verify
from gateway.exits.belongings import CARRIED, LEFT
from gateway.exits.box import Opener
from gateway.kit.database import metadata
from tests.gateway.exits.conftest import KNOWN, Leaver
from tests.gateway.houses import House, Json, Shop, kind
from tests.gateway.matrix.town import TENANT_TABLES


@pytest.fixture(scope="module")
def leaver(house: House) -> Leaver:
    shop = Shop.opened(house)
    first = shop.issued()["id"]
    shop.issued()
    shop.draft()
    assert shop.call("POST", f"/v1/documents/{first}/share-links", {}).status_code == 201
    return Leaver(shop)


@pytest.fixture(scope="module")
def job(leaver: Leaver) -> Json:
    return leaver.ask()


@pytest.fixture(scope="module")
def content(leaver: Leaver, job: Json) -> bytes:
    return leaver.fetch(job)


def lines(content: bytes, table: str) -> list[Json]:
    """Return the rows of a table in an exit."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = [one for one in file.namelist() if one.startswith(f"exit/{table}/")]
        return [json.loads(line) for name in names for line in file.read(name).splitlines()]


def about(content: bytes) -> Json:
    """Return what an exit says of itself."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        told: Json = json.loads(file.read("exit/about.json"))
        return told


def test_somebody_decided_about_every_table_of_tenants() -> None:
    decided = [one.name for one in CARRIED] + list(LEFT)
    assert len(decided) == len(set(decided))
    assert set(decided) == set(TENANT_TABLES)


def test_rows_name_only_rows_that_come_before_them(house: House) -> None:
    place = {carried.name: number for number, carried in enumerate(CARRIED)}
    keys = house.sql(
        "select conrelid::regclass::text, confrelid::regclass::text from pg_constraint"
        " where contype = 'f' and connamespace = 'public'::regnamespace"
    )
    leading = [(one, other) for one, other in keys if one in place and other in place]
    assert ("document", "series") in leading
    assert not [(one, other) for one, other in leading if place[one] < place[other]]


def test_every_column_that_orders_or_is_left_out_exists(house: House) -> None:
    for carried in CARRIED:
        columns = house.sql(
            "select column_name from information_schema.columns"
            " where table_schema = 'public' and table_name = %s",
            carried.name,
        )
        named = {*carried.order, *carried.left_out, *carried.proven}
        assert named <= {name for (name,) in columns}
        filled = house.sql(
            "select column_name from information_schema.columns where table_schema = 'public'"
            " and table_name = %s and (is_generated = 'ALWAYS' or is_identity = 'YES')",
            carried.name,
        )
        assert {name for (name,) in filled} <= set(carried.left_out), carried.name
        assert set(carried.order) <= set(metadata.tables[carried.name].columns.keys())


def test_the_file_holds_every_row_and_says_what_stays(
    leaver: Leaver, job: Json, content: bytes
) -> None:
    told = about(content)
    counted = {table["name"]: table["rows"] for table in told["tables"]}
    assert {name: len(lines(content, name)) for name in counted} == counted
    assert (counted["document"], counted["series"]) == (3, len(lines(content, "series")))
    assert [row["number"] for row in lines(content, "document")] == [
        "INV-000001",
        "INV-000002",
        None,
    ]
    assert all("account_id" not in row for row in lines(content, "document"))
    assert {one["name"]: one["rows"] for one in told["left"]} == {"share_link": 1}
    assert {one["kind"]: one["number"] for one in told["unfinished"]} == {
        "transmission": 2,
        "draft": 1,
    }
    assert told["entity"] == leaver.shop.entity
    assert job["result"]["unfinished"] == told["unfinished"]


def test_the_verifier_reads_it_and_names_a_row_that_was_changed(
    leaver: Leaver, content: bytes
) -> None:
    key = leaver.shop.call("GET", "/v1/log/key").text
    result = verify(content, trusted_key=key)
    assert (result.problems, result.authentic) == ((), True)
    assert len(result.documents) == 2
    place = content.index(b'"INV-000002"', content.index(b"exit/document/0000001.jsonl"))
    changed = content[: place + 9] + b"3" + content[place + 10 :]
    found = verify(changed, trusted_key=key)
    assert {problem.member for problem in found.problems} == {"exit/document/0000001.jsonl"}


def test_an_unknown_member_is_named(content: bytes) -> None:
    head, name, rest = content.partition(b"exit/about.json")
    rest, _, tail = rest.rpartition(name)  # the manifest's own mention is between
    result = verify(head + b"exit/about.exe " + rest + b"exit/about.exe " + tail)
    told = {problem.member: problem.what for problem in result.problems}
    assert told.keys() == {"exit/about.exe ", "exit/about.json"}


def test_only_who_owns_the_account_may_take_an_entity_along(leaver: Leaver, job: Json) -> None:
    shop = leaver.shop
    auditor = shop.account.new_key(role="auditor")
    assert shop.call("POST", "/v1/exits", key=auditor).status_code == 403
    refused = shop.call("GET", f"/v1/exits/{job['id']}/file", key=auditor)
    assert (refused.status_code, refused.json()["missing"]) == (403, ["exits:read"])
    stranger = Shop.opened(shop.house)
    assert stranger.call("GET", f"/v1/exits/{job['id']}").status_code == 404


def test_secrets_go_with_who_leaves_and_only_where_the_operator_lets_them(house: House) -> None:
    shop = Shop.opened(house)
    shop.take_back(shop.issued()["id"], but="")
    stranger = str(Opener(X25519PrivateKey.generate()).receiver)
    for asked, status in (
        ({"leaving": True, "secrets_for": stranger}, (403, "exit-receiver-unknown")),
        ({"secrets_for": KNOWN}, (422, "request-invalid")),
        ({"leaving": True, "secrets_for": "gwexit1:AAAA"}, (422, "request-invalid")),
    ):
        refused = shop.call("POST", "/v1/exits", asked)
        assert (refused.status_code, kind(refused)) == status
    shop.take_back(shop.issued()["id"], but="")  # nobody has left

    job = Leaver(shop).ask(leaving=True, secrets_for=KNOWN)
    (noted,) = shop.get("/v1/activity?action=seal_secrets")["data"]
    assert (noted["subject_id"], noted["data"]) == (job["id"], {"secrets_for": KNOWN})
