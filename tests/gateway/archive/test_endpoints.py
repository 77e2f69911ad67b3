from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient

from gateway.archive import merkle
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.endpoints import router
from gateway.archive.notes import Verifier
from gateway.archive.service import Archive, EvidenceItem, StoredItem
from gateway.archive.tiles import tiles_of
from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import Tenant, TenantTransaction
from gateway.problems import Problem
from gateway.settings import Settings
from gateway.tenants.access import own_reader_transaction
from tests.gateway.archive import seed
from tests.gateway.archive.seed import NOW


@pytest.fixture
def archive(database: Database, tmp_path: Path) -> Archive:
    return Archive.open(Settings(data=tmp_path), database, MasterKey(bytes(32)), now=NOW)


@pytest.fixture
def owner(admin_url: str) -> Tenant:
    return seed.tenant(admin_url)


@pytest.fixture
def client(database: Database, archive: Archive, owner: Tenant) -> Iterator[TestClient]:
    """The log's routes for an authenticated caller; who is one is tested with the whole app."""
    app = FastAPI()
    app.state.runtime = SimpleNamespace(archive=archive)

    def reader() -> Iterator[TenantTransaction]:
        with database.transaction(owner) as transaction:
            yield transaction

    def answer(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, Problem)
        return JSONResponse(error.as_dict(""), int(error.status))

    app.dependency_overrides[own_reader_transaction] = reader
    app.add_exception_handler(Problem, answer)
    app.include_router(router)
    with TestClient(app) as client:
        yield client


@pytest.fixture
def document(admin_url: str, owner: Tenant, database: Database, archive: Archive) -> UUID:
    """A document whose evidence takes the log to 2 and then to 3 leaves."""
    identifier = seed.document(admin_url, owner, b"x", day=NOW.date())
    for count in (2, 1):
        items = [EvidenceItem("signal", "s.txt", "text/plain", b"%d" % n) for n in range(count)]
        with database.transaction(owner) as transaction:
            archive.record(transaction, document_id=identifier, items=items, now=NOW)
    return identifier


@pytest.mark.usefixtures("document")
def test_checkpoint_and_key_fit_each_other(client: TestClient) -> None:
    checkpoint, key = client.get("/v1/log/checkpoint"), client.get("/v1/log/key")
    assert checkpoint.headers["content-type"] == "text/plain; charset=utf-8"
    assert Checkpoint.verified(checkpoint.text, Verifier.parse(key.text)).size == 3


def test_an_empty_log_has_no_checkpoint(client: TestClient) -> None:
    assert client.get("/v1/log/checkpoint").status_code == 404


def test_two_checkpoints_are_proved_consistent(
    client: TestClient, archive: Archive, database: Database, owner: Tenant, document: UUID
) -> None:
    answer = client.get("/v1/log/consistency", params={"old": 2, "new": 3})
    with database.transaction(owner) as transaction:
        leaves = [e.leaf for e in archive.entries(transaction, document)]
    grown = merkle.append(0, {}, [merkle.leaf_hash(leaf) for leaf in leaves])
    proof = [bytes.fromhex(value) for value in answer.json()["proof"]]
    merkle.verify_consistency(2, 3, merkle.root(2, grown.nodes), grown.root, proof)


@pytest.mark.usefixtures("document")
@pytest.mark.parametrize(("old", "new"), [(3, 2), (0, 4), (-1, 2), (0, 2**63), (2**62, 2**62)])
def test_sizes_the_log_never_had_are_refused(client: TestClient, old: int, new: int) -> None:
    assert client.get("/v1/log/consistency", params={"old": old, "new": new}).status_code == 422


def mth(leaves: list[bytes]) -> bytes:
    """The hash of a tree as RFC 6962 2.1 defines it, slowly."""
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def test_tiles_hold_the_whole_tree(
    client: TestClient, archive: Archive, database: Database, owner: Tenant, admin_url: str
) -> None:
    document = seed.document(admin_url, owner, b"x", day=NOW.date())
    (mine,) = owner.entity_ids
    many = [
        StoredItem("signal", "s.txt", "text/plain", 1, bytes(32), new_id(), mine)
        for _ in range(600)
    ]
    with database.transaction(owner) as transaction:
        entries = archive.record(transaction, document_id=document, items=many, now=NOW)
    leaves = [entry.leaf for entry in entries]
    for tile in tiles_of(len(leaves)):
        answer = client.get(f"/v1/log/tile/{tile.address}")
        assert answer.headers["content-type"] == "application/octet-stream"
        assert "immutable" in answer.headers["cache-control"]
        wide = 256**tile.level
        hashes = [
            mth(leaves[n * wide : (n + 1) * wide])
            for n in range(tile.first, tile.first + tile.width)
        ]
        assert answer.content == b"".join(hashes), tile.address
    assert [tile.address for tile in tiles_of(600)] == [
        *("0/000", "0/001", "0/002.p/88", "1/000.p/2")
    ]
    earlier = client.get("/v1/log/tile/0/002.p/40").content
    assert client.get("/v1/log/tile/0/002.p/88").content.startswith(earlier)


@pytest.mark.usefixtures("document")
@pytest.mark.parametrize(
    "tile",
    [
        *("0/000", "0/000.p/4", "0/001.p/1", "1/000.p/1", "0/000.p/256", "0/x000/000"),
        *("64/000", "-1/000.p/1", "entries/000.p/3", "0/x999/x999/x999/x999/x999/x999/999"),
    ],
)
def test_a_tile_that_is_not_there_yet_or_never_is_not_found(client: TestClient, tile: str) -> None:
    assert client.get("/v1/log/tile/0/000.p/3").status_code == 200
    assert client.get(f"/v1/log/tile/{tile}").status_code in {404, 422}
