"""Heads left with others: put there, tried again; old and rewritten databases found by them."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from gateway.archive import anchored, merkle, proofs
from gateway.archive.anchors import Anchors, Place
from gateway.archive.asking import AskedWitness
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.cosignatures import cosignatures
from gateway.archive.keys import WitnessKey
from gateway.archive.places import DirectoryPlace, WebPlace
from gateway.archive.service import (
    Archive,
    EvidenceItem,
    LogContradictedProblem,
    LogRewoundError,
)
from gateway.archive.witness_request import SIZE_TYPE
from gateway.archive.witnessing import OtherSizeError, Witnessing
from gateway.fsck.report import InvariantReport
from gateway.fsck.service import check
from gateway.kit import clock
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.kit.tenancy import Tenant
from gateway.problems import NotFoundProblem, Problem
from gateway.settings import Settings
from tests.gateway.archive import seed
from tests.gateway.archive.listening import Said, listening
from tests.gateway.archive.seed import NOW

MASTER = MasterKey(bytes(32))
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


@pytest.fixture
def archive(settings: Settings, database: Database) -> Archive:
    return Archive.open(settings, database, MASTER, now=NOW)


@pytest.fixture
def witness(database: Database, archive: Archive) -> Iterator[AskedWitness]:
    """Another installation: what it witnesses stands in tables of its own."""
    key = WitnessKey.open(database, MASTER, name="witness.example/w1", now=NOW)
    desk = Witnessing.of(database, key, [archive.verifier])

    def answer(path: str, body: str) -> Said:
        assert path == "/v1/witness/add-checkpoint"
        try:
            return 200, "text/plain", desk.add_checkpoint(body, NOW)
        except OtherSizeError as error:
            return 409, SIZE_TYPE, f"{error.size}\n"
        except Problem as problem:
            return int(problem.status), "application/problem+json", "{}"

    with listening(answer) as url:
        yield AskedWitness.parse(f"{key.witness} {url}/v1/witness/")


@dataclass(frozen=True)
class Log:
    """A log that can be made to grow, and what its operator holds."""

    archive: Archive
    database: Database
    owner: Tenant
    document: UUID
    settings: Settings
    admin_url: str
    elsewhere: Path

    def grow(self, count: int = 2) -> None:
        items = [EvidenceItem("signal", "s.txt", "text/plain", b"%d" % n) for n in range(count)]
        with self.database.transaction(self.owner) as tx:
            self.archive.record(tx, document_id=self.document, items=items, now=NOW)

    @property
    def directory(self) -> DirectoryPlace:
        return DirectoryPlace(self.elsewhere, self.archive.verifier)

    def anchors(
        self, *places: Place, witnesses: tuple[AskedWitness, ...] = (), minutes: int = 0
    ) -> Anchors:
        every = datetime.timedelta(minutes=minutes)
        mine = self.archive
        return Anchors(self.database, mine.key, mine.publication, places, witnesses, every)

    def told_by(self, teller: str, witness: AskedWitness) -> Anchors:
        if teller == "witness":
            return self.anchors(witnesses=(witness,))
        return self.anchors(self.directory)

    def reopened(self) -> Archive:
        return Archive.open(self.settings, self.database, MASTER, now=NOW)

    def outcomes(self, kind: str) -> list[tuple[int, str]]:
        with self.database.worker_transaction() as tx:
            found = [one.attempt for one in anchored.attempts(tx, limit=100)]
        return [(one.size, one.outcome) for one in reversed(found) if one.kind == kind]

    def checked(self, anchors: Path | None = None) -> InvariantReport:
        return check(self.admin_url, self.settings.data, anchors=anchors).invariants["INV6"]


@pytest.fixture
def log(archive: Archive, settings: Settings, admin_url: str, database: Database) -> Log:
    owner = seed.tenant(admin_url)
    document = seed.document(admin_url, owner, b"x", day=NOW.date())
    elsewhere = settings.data.parent / "elsewhere"
    elsewhere.mkdir()
    return Log(archive, database, owner, document, settings, admin_url, elsewhere)


def restore(log: Log, size: int) -> None:
    """Put database and published checkpoint back to when the log had so many leaves."""
    with psycopg.connect(log.admin_url) as connection:
        connection.execute("delete from archive_entry where log_index >= %s", [size])
        connection.execute(
            "delete from log_node where (index + 1) * (1::bigint << level) > %s", [size]
        )
        connection.execute("delete from log_cosignature where size > %s", [size])
        connection.execute("delete from log_anchor where size > %s", [size])
        connection.execute("delete from log_checkpoint where size > %s", [size])
        row = connection.execute(
            "select root, note from log_checkpoint where size = %s", [size]
        ).fetchone()
        assert row is not None
        connection.execute("update log_head set size = %s, root = %s", [size, row[0]])
    (log.settings.data / "log" / "checkpoint").write_text(row[1])


def rewrite(log: Log) -> None:
    """Change the first leaf, and make all that follows from it anew, with the key in hand."""
    with psycopg.connect(log.admin_url) as connection:
        connection.execute("set local session_replication_role = replica")  # no trigger
        connection.execute(
            "update archive_entry set leaf = leaf || ' '::bytea where log_index = 0"
        )
        leaves = [
            bytes(leaf)
            for (leaf,) in connection.execute("select leaf from archive_entry order by log_index")
        ]
        connection.execute("delete from log_node")
        grown = merkle.append(0, {}, [merkle.leaf_hash(leaf) for leaf in leaves])
        for (level, index), value in grown.nodes.items():
            connection.execute("insert into log_node values (%s, %s, %s)", [level, index, value])
        sizes = connection.execute("select size from log_checkpoint order by size").fetchall()
        note = ""
        for (size,) in sizes:
            root = merkle.root(size, grown.nodes)
            note = Checkpoint(log.archive.key.origin, size, root).sign(log.archive.key.private)
            connection.execute(
                "update log_checkpoint set root = %s, note = %s where size = %s",
                [root, note, size],
            )
        connection.execute("update log_head set root = %s", [grown.root])
        rewrite_entity_logs(connection)
    (log.settings.data / "log" / "checkpoint").write_text(note)


def rewrite_entity_logs(connection: psycopg.Connection[Any]) -> None:
    """Make the logs of all entities anew from the leaves that stand there now."""
    connection.execute("delete from entity_log_node")
    for account, entity in connection.execute("select account_id, entity_id from entity_log"):
        leaves = connection.execute(
            "select leaf from archive_entry where entity_id = %s order by entity_index", [entity]
        )
        grown = merkle.append(0, {}, [merkle.leaf_hash(bytes(leaf)) for (leaf,) in leaves])
        connection.execute(
            "update entity_log set edge = %s where entity_id = %s",
            [b"".join(grown.nodes[place] for place in merkle.frontier(grown.size)), entity],
        )
        for (level, index), value in grown.nodes.items():
            connection.execute(
                "insert into entity_log_node (account_id, entity_id, level, index, hash)"
                " values (%s, %s, %s, %s, %s)",
                [account, entity, level, index, value],
            )


def test_a_directory_gets_each_head_once(log: Log) -> None:
    place = log.directory
    mine = log.anchors(place)
    mine.look(clock.now())
    assert log.outcomes("file") == [], "there is no head yet"
    log.grow()
    mine.look(clock.now())
    mine.look(clock.now())
    log.grow()
    mine.look(clock.now())
    assert log.outcomes("file") == [(2, "done"), (4, "done")]
    assert [path.name[:20] for path in sorted(log.elsewhere.iterdir())] == [
        f"{n:020}" for n in (2, 4)
    ]
    newest = place.newest()
    assert newest is not None
    assert newest.size == 4
    for path in log.elsewhere.iterdir():
        head = Checkpoint.verified(path.read_text(), log.archive.verifier)
        assert place.put(head, path.read_text()) is None, "the same head may come again"
        path.write_text("nonsense")
        assert place.newest() != head, "what others wrote there does not count"


def test_a_webhook_is_tried_again_with_the_newest_head(log: Log) -> None:
    got, statuses = list[str](), [500, 302, 200]

    def answer(_: str, body: str) -> Said:
        got.append(body)
        return statuses.pop(0), "text/plain", ""

    now = clock.now()
    with listening(answer) as url:
        mine = log.anchors(WebPlace(f"{url}/secret"), minutes=3)
        log.grow()
        mine.look(now)
        mine.look(now + MINUTE / 2)
        assert len(got) == 1, "not at once again"
        log.grow()
        mine.look(now + MINUTE * 1.1)
        mine.look(now + MINUTE * 2)
        mine.look(now + MINUTE * 4)
        log.grow()
        mine.look(now + MINUTE * 4.1)
        assert len(got) == 3, "each place has its time between heads"
    assert log.outcomes("webhook") == [(2, "failed"), (4, "failed"), (4, "done")]
    assert [Checkpoint.verified(one, log.archive.verifier).size for one in got] == [2, 4, 4]
    with log.database.worker_transaction() as tx:
        (done,) = anchored.attempts(tx, limit=9, done=True)
    assert done.attempt.target == url.removeprefix("http://"), "its path may hold a secret"


def test_a_witness_cosigns_what_is_served(log: Log, witness: AskedWitness) -> None:
    mine = log.anchors(witnesses=(witness,))
    log.grow(3)
    with log.database.transaction(log.owner) as tx:
        with pytest.raises(NotFoundProblem):
            proofs.checkpoint(tx, cosigned=True)
        assert proofs.checkpoint(tx)[1].count("\u2014") == 1
    mine.look(clock.now())
    log.grow(2)
    mine.look(clock.now())
    log.grow(1)
    assert log.outcomes("witness") == [(3, "done"), (5, "done")]
    with log.database.transaction(log.owner) as tx:
        size, note = proofs.checkpoint(tx, cosigned=True)
        assert size == 5
        assert len(cosignatures(note, [witness.witness])) == 1
        assert Checkpoint.verified(note, log.archive.verifier).size == 5
        assert proofs.checkpoint(tx)[0] == 6
        entries = log.archive.entries(tx, log.document)
        proof = proofs.proof(tx, entries[4], cosigned=True)
        assert len(cosignatures(proof.checkpoint, [witness.witness])) == 1
        assert proof.verify(log.archive.verifier).size == 5
        with pytest.raises(NotFoundProblem):
            proofs.proof(tx, entries[5], cosigned=True)


def test_a_witness_that_is_further_than_we_remember_is_asked_from_there(
    log: Log, witness: AskedWitness
) -> None:
    mine = log.anchors(witnesses=(witness,))
    log.grow(3)
    mine.look(clock.now())
    with psycopg.connect(log.admin_url) as connection:
        connection.execute("delete from log_cosignature")  # its answer was lost
    log.grow(3)
    mine.look(clock.now())
    assert log.outcomes("witness") == [(3, "done"), (6, "done")]


def test_a_witness_that_is_away_is_no_reason_to_stop(log: Log, witness: AskedWitness) -> None:
    away = replace(witness, url="http://127.0.0.1:9")
    mine = log.anchors(witnesses=(away,))
    log.grow()
    mine.compare()
    mine.look(clock.now())
    assert log.outcomes("witness") == [(2, "failed")]
    log.grow()


@pytest.mark.parametrize("teller", ["directory", "witness"])
@pytest.mark.parametrize("running", [True, False])
def test_an_old_backup_of_everything_is_noticed_by_who_is_elsewhere(
    log: Log, witness: AskedWitness, teller: str, *, running: bool
) -> None:
    mine = log.told_by(teller, witness)
    log.grow(3)
    mine.compare()
    mine.look(clock.now())
    log.grow(4)
    mine.look(clock.now())
    mine.compare()
    restore(log, 3)
    log.reopened()  # what lies beside it is as old
    if running:
        log.grow(1)  # what grew before anybody was asked cannot be helped
        mine.look(clock.now())
    else:
        with pytest.raises(LogRewoundError):
            mine.compare()
    with pytest.raises(LogContradictedProblem):
        log.grow()
    with pytest.raises(LogRewoundError):
        log.reopened()
    found = [problem.where for problem in log.checked().problems]
    assert "<data>/log/ahead" in found


@pytest.mark.parametrize("teller", ["directory", "witness"])
def test_a_log_rewritten_with_the_key_in_hand_is_noticed_by_who_is_elsewhere(
    log: Log, witness: AskedWitness, teller: str
) -> None:
    mine = log.told_by(teller, witness)
    log.grow(3)
    mine.look(clock.now())
    log.grow(4)
    rewrite(log)
    reopened = log.reopened()
    assert reopened.verifier == log.archive.verifier, "beside the database all fits"
    with pytest.raises(LogRewoundError):
        mine.compare()
    mine.look(clock.now())
    kind = "file" if teller == "directory" else "witness"
    assert log.outcomes(kind)[-1] == (7, "contradicted")
    with log.database.worker_transaction() as tx:
        assert not any(anchored.fits(tx, one.attempt) for one in anchored.attempts(tx, limit=9))


def test_fsck_finds_a_rewritten_log_by_the_directory(log: Log) -> None:
    mine = log.anchors(log.directory)
    log.grow(3)
    mine.look(clock.now())
    report = log.checked(log.elsewhere)
    assert report.problems == []
    assert report.examined["anchors"] == 2, "the file, and the row about it"
    rewrite(log)
    with psycopg.connect(log.admin_url) as connection:
        connection.execute("delete from log_anchor")  # which the operator holds as well
    assert log.checked().problems == []
    found = log.checked(log.elsewhere).problems
    assert [problem.where[:27] for problem in found] == ["anchor 00000000000000000003"]
