"""This installation as a witness: what it cosigns and refuses, and that it never goes back."""

import threading
from dataclasses import dataclass, field

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.archive import merkle
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.cosignatures import cosignatures
from gateway.archive.keys import WitnessKey
from gateway.archive.notes import Verifier
from gateway.archive.witness_request import AddCheckpoint
from gateway.archive.witnessing import OtherSizeError, Witnessing
from gateway.kit.database import Database
from gateway.kit.secrets import MasterKey
from gateway.problems import Problem
from tests.gateway.archive.seed import NOW

ORIGIN = "log.example/one"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
LOG = Verifier(ORIGIN, KEY.public_key().public_bytes_raw())
MASTER = MasterKey(bytes(32))


@dataclass
class Log:
    """A log of somebody else."""

    size: int
    salt: bytes = b""
    nodes: dict[merkle.Position, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        leaves = [merkle.leaf_hash(self.salt + b"%d" % n) for n in range(self.size)]
        self.nodes = dict(merkle.append(0, {}, leaves).nodes)

    def note(self, size: int) -> str:
        return Checkpoint(ORIGIN, size, merkle.root(size, self.nodes)).sign(KEY)

    def request(self, old: int, new: int) -> str:
        proof = merkle.consistency_proof(old, new, self.nodes) if old <= new else ()
        return AddCheckpoint(old, proof, self.note(new)).text()


@pytest.fixture
def witness(database: Database) -> Witnessing:
    key = WitnessKey.open(database, MASTER, name="witness.example/w1", now=NOW)
    return Witnessing.of(database, key, [LOG])


LONG = Log(40)


def status(witness: Witnessing, body: str) -> int:
    try:
        witness.add_checkpoint(body, NOW)
    except Problem as problem:
        return int(problem.status)
    except OtherSizeError:
        return 409
    return 200


def test_a_log_that_grows_is_cosigned(witness: Witnessing) -> None:
    for old, new in ((0, 3), (3, 17), (17, 17), (17, 40)):
        lines = witness.add_checkpoint(LONG.request(old, new), NOW)
        (found,) = cosignatures(LONG.note(new) + lines, [witness.key.witness])
        assert found.at == int(NOW.timestamp())


def test_what_the_specification_asks_to_be_refused_is_refused(witness: Witnessing) -> None:
    assert status(witness, "nonsense") == 400
    assert status(witness, AddCheckpoint(5, (), LONG.note(3)).text()) == 400
    unknown = Checkpoint("log.example/two", 1, LONG.nodes[0, 0]).sign(KEY)
    assert status(witness, AddCheckpoint(0, (), unknown).text()) == 404
    other = Ed25519PrivateKey.from_private_bytes(bytes([9]) * 32)
    forged = Checkpoint(ORIGIN, 3, merkle.root(3, LONG.nodes)).sign(other)
    assert status(witness, AddCheckpoint(0, (), forged).text()) == 403
    assert status(witness, LONG.request(2, 3)) == 409, "nothing was cosigned yet"
    assert status(witness, LONG.request(0, 20)) == 200
    with pytest.raises(OtherSizeError) as raised:
        witness.add_checkpoint(LONG.request(0, 21), NOW)
    assert raised.value.size == 20
    assert status(witness, LONG.request(3, 10)) == 409, "it does not go back"
    fork = Log(40, b"other")
    assert status(witness, fork.request(20, 30)) == 422
    assert status(witness, fork.request(20, 20)) == 409, "another root of the same size"
    bad = AddCheckpoint(20, (bytes(32),), LONG.note(20)).text()
    assert status(witness, bad) == 422
    assert status(witness, LONG.request(20, 40)) == 200


def test_two_at_once_do_not_fork_it(witness: Witnessing, admin_url: str) -> None:
    assert status(witness, LONG.request(0, 5)) == 200
    start, found = threading.Barrier(8), list[int]()

    def ask(new: int) -> None:
        start.wait()
        found.append(status(witness, LONG.request(5, new)))

    threads = [threading.Thread(target=ask, args=(10 + n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [200, *[409] * 7]
    with psycopg.connect(admin_url) as connection:
        (size,) = connection.execute("select size from log_witnessed").fetchone() or (0,)
    assert size >= 10


def test_the_database_itself_keeps_it_from_going_back(witness: Witnessing, admin_url: str) -> None:
    assert status(witness, LONG.request(0, 5)) == 200
    for change in (b"size = 4", b"root = sha256('x')", b"origin = 'x'"):
        with (
            psycopg.connect(admin_url) as connection,
            pytest.raises(psycopg.errors.IntegrityConstraintViolation),
        ):
            connection.execute(b"update log_witnessed set " + change)


def test_its_key_is_made_once_and_is_not_the_logs(database: Database) -> None:
    one = WitnessKey.open(database, MASTER, name="witness.example/w1", now=NOW)
    two = WitnessKey.open(database, MASTER, name="another", now=NOW)
    assert two.witness == one.witness
    assert one.witness.name == "witness.example/w1"
