"""What all local authorities share, on a desk that only echoes."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from typing_extensions import override

from gateway.cli.authorities import LOCAL, start
from gateway.cli.beside import Beside, BesideError
from gateway.kit.clock import now
from gateway.sandbox.kit import ca, playing, replies
from gateway.sandbox.kit.ca import CertificateAuthority
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.certificates import Key, Pair, Use, new_key, new_rsa_key
from gateway.sandbox.kit.clock import Clock, Ids
from gateway.sandbox.kit.compliance import Rulebook, RuleBrokenError
from gateway.sandbox.kit.desk import Desk
from gateway.sandbox.kit.door import Door, running
from gateway.sandbox.kit.faults import Fault, FaultPlane
from gateway.sandbox.kit.jws import (
    Envelope,
    UnreadableError,
    UnsignedError,
    compact,
    encoded,
)
from gateway.sandbox.kit.ledger import Book
from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.kit.traffic import Traffic


class Echo(Desk):
    """Says what it is told."""

    limit = 1000

    def __init__(self, path: Path) -> None:
        super().__init__(Book(path), faults=playing.USUAL, places=("echo", "ask"))

    @override
    def answer(self, call: Call) -> Reply:
        where = call.parts[0]
        return self.player.around(
            call.body.decode(),
            lambda _, skew: replies.plain(200, call.body + str(skew).encode(), "text/plain"),
            where=where,
            named=where == "ask",
        )

    @override
    def page(self, query: str) -> str:
        return f"<p>{query}</p>"


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door[Echo]]:
    desk = Echo(tmp_path / "book.sqlite")
    with running(desk) as made:
        yield made
    desk.book.close()


def say(door: Door[Echo], word: str, where: str = "echo") -> httpx2.Response:
    return httpx2.post(f"{door.url}/{where}", content=word, trust_env=False)


def test_a_rule_befalls_where_it_says_and_enquiries_only_by_name(door: Door[Echo]) -> None:
    plane = door.desk.plane
    plane.replace([{"fault": "http_503_before_accept", "nth": 1}])
    assert say(door, "a").status_code == 503
    assert say(door, "a", "ask").status_code == 200
    plane.replace([{"fault": "http_503_before_accept", "nth": 1, "where": "ask"}])
    assert say(door, "a").status_code == 200
    assert say(door, "a", "ask").status_code == 503
    assert door.desk.book.counters("fault:") == {"http_503_before_accept": 2}


def test_a_repeated_message_has_its_own_luck_and_the_same_in_every_run(door: Door[Echo]) -> None:
    def run(seed: int) -> list[int]:
        rule = {"fault": "http_500_before_accept", "probability": 0.5, "seed": seed}
        door.desk.plane.replace([rule])
        return [say(door, "same").status_code for _ in range(24)]

    first = run(1)
    assert set(first) == {200, 500}
    assert run(1) == first
    assert run(2) != first


@pytest.mark.parametrize(
    "rule",
    [
        {"fault": "doctype", "nth": 1},  # not played here
        {"fault": "garbage", "nth": 1, "where": "elsewhere"},
        {"fault": "http_999_before_accept", "nth": 1},
        {"fault": "latency", "nth": 1, "seconds": -1},
    ],
)
def test_a_rule_that_would_never_fire_is_refused(
    door: Door[Echo], rule: dict[str, object]
) -> None:
    url = f"{door.url}/__sandbox/faults"
    answer = httpx2.put(url, json={"rules": [rule]}, trust_env=False)
    assert answer.status_code == 400


def test_an_answer_to_another_message_is_genuine(door: Door[Echo]) -> None:
    say(door, "first")
    door.desk.plane.replace([{"fault": "foreign_answer", "nth": 1}])
    assert say(door, "second").text == "first0.0"


def test_a_skewed_clock_is_the_call_s(door: Door[Echo]) -> None:
    door.desk.plane.replace([{"fault": "clock_skew", "seconds": -90, "nth": 1, "count": 1}])
    assert say(door, "a").text == "a-90"
    assert say(door, "a").text == "a0.0"


def test_what_is_too_large_is_not_read(door: Door[Echo]) -> None:
    assert say(door, "x" * 1001).status_code == 413
    assert say(door, "x" * 1000).status_code == 200


@pytest.mark.parametrize(("coding", "status"), [(None, 200), ("chunked", 413)])
def test_who_says_no_length_sends_no_body(
    door: Door[Echo], coding: str | None, status: int
) -> None:
    """As `curl -X POST` does; of what comes in chunks the length is not known before."""
    connection = HTTPConnection(urlsplit(door.url).netloc, timeout=10)
    connection.putrequest("POST", "/say")
    if coding is not None:
        connection.putheader("Transfer-Encoding", coding)
    connection.endheaders()
    assert connection.getresponse().status == status
    connection.close()


def test_traffic_is_bounded_by_number_and_by_bytes() -> None:
    traffic = Traffic(most=3, most_bytes=100)
    for size in (10, 10, 10, 10, 90):
        traffic.record(Call("POST", "/", {}, bytes(size)), replies.plain(200, b"", "a/b"))
    assert [one["number"] for one in traffic.heads()] == [4, 5]


def test_the_book_is_on_disk_before_anybody_is_answered(tmp_path: Path) -> None:
    book = Book(tmp_path / "book.sqlite", "create table if not exists word (word text);")
    assert book.execute("pragma synchronous")[0][0] == 2  # full
    assert book.execute("pragma journal_mode")[0][0] == "wal"
    with book.writing():
        book.insert("word", {"word": "kept"})
    with pytest.raises(sqlite3.OperationalError), book.writing():
        book.execute("insert into word values ('undone'), (no_such_function())")
    other = sqlite3.connect(tmp_path / "book.sqlite")
    assert other.execute("select word from word").fetchall() == [("kept",)]
    other.close()
    book.close()


def test_ids_are_the_same_for_the_same_seed() -> None:
    assert Ids(1).of("a", "b", 1) == Ids(1).of("a", "b", 1)
    assert len({Ids(1).of("a", "b"), Ids(2).of("a", "b"), Ids(1).of("b", "a")}) == 3


def test_a_clock_stops_and_runs_ahead() -> None:
    clock = Clock()
    clock.set(stopped_at="2027-01-01T01:00:00+01:00")
    assert clock.now().isoformat() == clock.now(0).isoformat() == "2027-01-01T00:00:00+00:00"
    assert clock.now(60).minute == 1
    clock.set(ahead=3600)
    assert clock.as_json()["ahead"] == 3600


def test_a_rule_nobody_wrote_down_cannot_be_judged(tmp_path: Path) -> None:
    rulebook = Rulebook({"A": "always", "B": "never"}, Book(tmp_path / "book.sqlite"))
    rulebook.judged("A", kept=True)
    with pytest.raises(KeyError):
        rulebook.judged("C", kept=True)
    report = rulebook.report()
    assert (report["never_exercised"], report["never_broken"]) == (["B"], ["A"])


def test_faults_fire_by_their_count() -> None:
    plane = FaultPlane(frozenset(Fault), {"a"})
    plane.replace([{"fault": "garbage", "nth": 2, "count": 1}])
    hits = [plane.strike((Fault.GARBAGE,), str(turn)).rule is not None for turn in range(6)]
    assert hits == [False, True, False, False, False, False]


@pytest.mark.parametrize("local", LOCAL, ids=lambda one: one.name)
def test_each_is_started_beside_the_gateway_and_found_again(tmp_path: Path, local: object) -> None:
    assert local in LOCAL
    one = next(other for other in LOCAL if other is local)
    first = start(one, tmp_path, "http://127.0.0.1:9").wait()
    page = httpx2.get(first.url, trust_env=False)
    first.stop()
    again = start(one, tmp_path, "http://127.0.0.1:9").wait()
    again.stop()
    assert page.status_code == 200
    assert again.ready == first.ready  # the same doors
    assert again.process.returncode == 0


def test_what_does_not_start_says_where_it_says_why(tmp_path: Path) -> None:
    broken = Beside.spawn("gateway.sandbox.network", tmp_path / "x", ["--nonsense"], {})
    with pytest.raises(BesideError, match=r"authority\.log"):
        broken.wait()
    broken.stop()


def test_it_ends_with_who_started_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gateway.sandbox.trust", "--data", str(tmp_path)]
    with subprocess.Popen(  # noqa: S603 - our own
        [*command, "--while-stdin-is-open"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert b'"ready": true' in process.stdout.readline()
        process.stdin.close()
        assert process.wait(20) == 0


@pytest.mark.parametrize("key", [new_key, new_rsa_key])
def test_a_compact_jws_is_read_by_the_certificate_that_its_header_names(
    tmp_path: Path, key: Callable[[], Key]
) -> None:
    book = Book(tmp_path / "ledger.sqlite", ca.TABLE)
    authority = CertificateAuthority.open(tmp_path, "Tests", book, Clock())
    pair = authority.issue("Signer", Use.SIGNATURE, key=key())
    pair.save(tmp_path, "signer")
    said = compact(
        Pair.load(tmp_path, "signer"),
        {"serial": pair.certificate.serial_number},
        encoded(b'{"a": 1}'),
    )
    read = Envelope.read_compact(said, lambda head: authority.of_serial(f"{head['serial']:x}"))
    assert read.verify(authority.root.certificate, now()) == pair.certificate
    assert read.content == b'{"a": 1}'
    protected, _, signature = said.split(".")
    forged = f"{protected}.{encoded(b'{}')}.{signature}"
    with pytest.raises(UnsignedError):
        Envelope.read_compact(forged, lambda _: pair.certificate).verify(
            authority.root.certificate, now()
        )
    for text, find in ((said, lambda _: None), (said, None), ("a.b", None), ("..", None)):
        with pytest.raises(UnreadableError):
            Envelope.read_compact(text, find)
    book.close()


def test_a_rule_that_must_be_kept_is_counted_and_says_why_it_was_not(tmp_path: Path) -> None:
    book = Book(tmp_path / "ledger.sqlite", "")
    rulebook = Rulebook({"R-1": "be kept"}, book)
    rulebook.must("R-1", kept=True)
    with pytest.raises(RuleBrokenError) as caught:
        rulebook.must("R-1", "it is not", 409, kept=False, digest="d")
    said = caught.value
    assert (said.rule, str(said), said.status, said.more) == (
        "R-1",
        "it is not",
        409,
        {"digest": "d"},
    )
    (counted,) = rulebook.report()["rules"]
    assert (counted["kept"], counted["broken"]) == (1, 1)
    book.close()
