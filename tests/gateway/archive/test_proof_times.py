"""What proofs of a large log cost: 200,000 leaves with `--full`, fewer by default."""

import random
import statistics
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from gateway.archive import merkle, proofs
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.service import Archive
from gateway.archive.tiles import Tile
from gateway.kit.database import Database
from gateway.kit.embedded_postgres import EmbeddedPostgres
from gateway.kit.secrets import MasterKey
from gateway.settings import Settings
from tests.gateway.archive import seed
from tests.gateway.archive.seed import NOW
from tests.gateway.houses import Shop, opened

GOAL = 0.020  # seconds, of issue 9
ASKED = 200


def filled(admin_url: str, archive: Archive, size: int) -> merkle.Growth:
    grown = merkle.append(0, {}, [sha256(b"%d" % number).digest() for number in range(size)])
    note = Checkpoint(archive.key.origin, size, grown.root).sign(archive.key.private)
    with psycopg.connect(admin_url) as connection:
        with connection.cursor().copy("copy log_node (level, index, hash) from stdin") as rows:
            for (level, index), value in grown.nodes.items():
                rows.write_row((level, index, value))
        connection.execute(
            "insert into log_checkpoint values (%s, %s, %s, %s)", [size, grown.root, note, NOW]
        )
        connection.execute("update log_head set size = %s, root = %s", [size, grown.root])
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute("vacuum analyze log_node")
    return grown


def test_proofs_come_quickly(
    request: pytest.FixtureRequest,
    database: Database,
    admin_url: str,
    tmp_path: Path,
    figures: Callable[..., None],
) -> None:
    full = bool(request.config.getoption("--full"))
    size = 200_000 if full else 3_000
    archive = Archive.open(Settings(data=tmp_path), database, MasterKey(bytes(32)), now=NOW)
    grown = filled(admin_url, archive, size)
    chosen = random.Random(9)  # noqa: S311 - of a test
    owner = seed.tenant(admin_url)
    times: dict[str, list[float]] = {"inclusion": [], "consistency": [], "tile": []}

    def timed(kind: str, work: Callable[[], None]) -> None:
        begun = time.perf_counter()
        work()
        times[kind].append(time.perf_counter() - begun)

    for _ in range(ASKED if full else 20):
        index, old = chosen.randrange(size), chosen.randrange(1, size)

        def inclusion(index: int = index) -> None:
            with database.transaction(owner, read_only=True) as tx:
                path = archive.inclusion(tx, index, size)
            merkle.verify_inclusion(grown.nodes[0, index], index, size, path, grown.root)

        def consistency(old: int = old) -> None:
            with database.transaction(owner, read_only=True) as tx:
                path = archive.consistency(tx, old, size)
            merkle.verify_consistency(old, size, merkle.root(old, grown.nodes), grown.root, path)

        def tile(index: int = index // 256 * 256) -> None:
            with database.transaction(owner, read_only=True) as tx:
                width = min(256, size - index)
                assert len(proofs.tile(tx, Tile(0, index // 256, width))) == 32 * width

        timed("inclusion", inclusion)
        timed("consistency", consistency)
        timed("tile", tile)
    medians = {kind: statistics.median(found) for kind, found in times.items()}
    figures(leaves=size, **{f"{k}_ms": round(v * 1000, 2) for k, v in medians.items()})
    if full:
        assert max(medians.values()) < GOAL, medians


@pytest.mark.full
def test_proofs_come_quickly_over_the_api(
    postgres: EmbeddedPostgres, tmp_path: Path, figures: Callable[..., None]
) -> None:
    """The last of 200,000 documents with five files each: request and answer, no network."""
    size, asked = 1_000_000, 50
    with opened(postgres, tmp_path) as house:
        filled(house.admin_url, house.runtime.archive, size)
        shop = Shop.opened(house)
        paths = {"inclusion": list[str](), "consistency": list[str](), "tile": list[str]()}
        for number in range(asked):
            document = shop.issued()["id"]
            (entry, *_) = shop.get(f"/v1/documents/{document}/evidence")["data"]
            paths["inclusion"] += [f"/v1/documents/{document}/evidence/{entry['id']}/proof"]
            paths["consistency"] += [f"/v1/log/consistency?old={1 + number * 19_999}&new={size}"]
            paths["tile"] += [f"/v1/log/tile/0/{number:03}"]
        medians: dict[str, float] = {}
        for kind, of_kind in paths.items():
            times: list[float] = []
            for path in of_kind:
                begun = time.perf_counter()
                answer = shop.call("GET", path)
                times.append(time.perf_counter() - begun)
                assert answer.status_code == 200, answer.text
            medians[kind] = statistics.median(times)
    figures(leaves=size, **{f"{kind}_ms": round(v * 1000, 2) for kind, v in medians.items()})
    assert max(medians.values()) < GOAL, medians
