"""A sender that stood still between its last look at its lane and the wire sends nothing."""

import contextlib
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from freezegun import freeze_time

from gateway.channels.wire import Wire
from gateway.kit.database import Database
from gateway.kit.ids import new_id
from gateway.sandbox.kit.ca import TABLE, CertificateAuthority
from gateway.sandbox.kit.certificates import Use
from gateway.sandbox.kit.clock import Clock
from gateway.sandbox.kit.ledger import Book
from gateway.sandbox.kit.tls import Tls
from gateway.transmissions import permits, tape
from gateway.transmissions.adapter import Answer, Request
from gateway.transmissions.errors import Retry, Unknown
from gateway.transmissions.lanes import LaneKeeper, LaneLostError
from gateway.transmissions.permits import Permit
from tests.gateway.killing import Worker
from tests.gateway.transmissions.stage import Stage
from tests.gateway.transmissions.test_worker_processes import SCRIPT, process

KEY = "sandbox-network/3"


class Gate:
    """TLS in front of the receiver, that stops every handshake until it is told to go on.

    Attributes:
        greeted: Somebody began a handshake.
        open: Handshakes go on.
        carried: What came through, of all connections.
    """

    def __init__(self, directory: Path, receiver: str) -> None:
        self.greeted, self.open = threading.Event(), threading.Event()
        self.ended = threading.Event()
        self.carried = b""
        self._receiver = (urlsplit(receiver).hostname, urlsplit(receiver).port)
        directory.mkdir()
        book = Book(directory / "ledger.sqlite", TABLE)
        authority = CertificateAuthority.open(directory, "Gate", book, Clock())
        authority.issue("127.0.0.1", Use.SERVER_TLS, "127.0.0.1").save(directory, "server")
        self._context = Tls(directory, authority)()
        book.close()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.open.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(5)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                with contextlib.closing(connection), contextlib.suppress(OSError):
                    self._carry(connection)
                self.ended.set()

    def _carry(self, connection: socket.socket) -> None:
        connection.settimeout(30)
        connection.recv(1, socket.MSG_PEEK)
        self.greeted.set()
        assert self.open.wait(60)
        with self._context.wrap_socket(connection, server_side=True) as secured:
            asked = secured.recv(1 << 20)
            self.carried += asked
            if asked:
                with socket.create_connection(self._receiver) as behind:
                    behind.sendall(asked)
                    behind.shutdown(socket.SHUT_WR)
                    secured.sendall(behind.recv(1 << 20))


@pytest.fixture
def gate(stage: Stage, tmp_path: Path) -> Iterator[Gate]:
    made = Gate(tmp_path / "gate", stage.network.url)
    yield made
    made.close()


@pytest.mark.timeout(120)
def test_a_worker_that_stood_still_before_the_wire_writes_nothing(
    stage: Stage, serving_url: str, gate: Gate, tmp_path: Path
) -> None:
    data, trust = str(stage.network.data.parent / "data"), str(stage.network.trust)
    ca = str(tmp_path / "gate" / "ca.pem")
    frozen = Worker(SCRIPT, [serving_url, data, gate.url, trust, ca, "60"])
    frozen.ready()
    transmission = stage.queue()
    assert gate.greeted.wait(20)  # it has looked at its lane, and is shaking hands
    frozen.send(signal.SIGSTOP)
    with process(stage, serving_url):  # another one takes the lane, asks, and sends
        stage.until_answered(transmission, seconds=40)
        gate.open.set()
        frozen.send(signal.SIGCONT)
        assert gate.ended.wait(20)
        assert frozen.end(signal.SIGTERM) == 0
    assert gate.carried == b""
    (entry,) = stage.network.messages().values()
    assert (entry["state"], entry["duplicates"]) == ("accepted", 0)
    assert stage.view(transmission).attempts == 2  # both had said that they were about to send


@pytest.fixture
def keeper(database: Database) -> Iterator[LaneKeeper]:
    made = LaneKeeper(database, new_id(), 10)
    yield made
    made.drop()


def test_a_permit_lasts_as_long_as_the_lease_and_is_prolonged_with_it(keeper: LaneKeeper) -> None:
    now = [100.0]
    keeper.ticks = lambda: now
    lane = keeper.claim(KEY)
    assert lane is not None
    permit = keeper.check(lane)
    for ahead, holds in ((8.5, True), (9.5, False)):  # of ten seconds, less a tenth
        now[0] = 100.0 + ahead
        assert permit.holds() is holds
    keeper.renew()
    assert permit.holds()
    now[0] += 9.5
    assert not permit.holds()


def test_a_lease_that_could_not_be_renewed_prolongs_no_permit(
    keeper: LaneKeeper, admin_url: str
) -> None:
    now = [100.0]
    keeper.ticks = lambda: now
    lane = keeper.claim(KEY)
    assert lane is not None
    permit = keeper.check(lane)
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute("update lane set epoch = epoch + 1 where key = %s", [KEY])
    now[0] = 109.5
    keeper.renew()
    assert not permit.holds()
    with pytest.raises(LaneLostError):
        keeper.check(lane)


def test_the_lease_of_another_lane_prolongs_no_permit(keeper: LaneKeeper) -> None:
    now = [100.0]
    keeper.ticks = lambda: now
    first = keeper.claim(KEY)
    assert first is not None
    permit = keeper.check(first)
    keeper.release(first)
    assert keeper.claim("sandbox-network/4") is not None
    now[0] = 109.5
    keeper.renew()
    assert not permit.holds()


def test_a_permit_ends_with_whichever_clock_is_first() -> None:
    with freeze_time("2026-11-22T12:00:00Z") as frozen:
        permit = Permit(permits.ticks, permits.ticks(), 10)
        assert permit.holds()
        frozen.tick(11)  # the machine slept, and its own clock did not notice
        assert not permit.holds()


class Script:
    """A permit that holds so many times."""

    def __init__(self, times: int) -> None:
        self._left = times

    def holds(self) -> bool:
        self._left -= 1
        return self._left >= 0


@contextlib.contextmanager
def hearing() -> Iterator[tuple[str, list[bytes]]]:
    """Listen once, and keep what was heard until the end of the connection."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            connection, _ = listener.accept()
            with contextlib.closing(connection), contextlib.suppress(OSError):
                while piece := connection.recv(1 << 20):
                    heard.append(piece)

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/", heard
        thread.join(5)


def sent(url: str, content: bytes, times: int) -> Answer:
    recorder = tape.Recorder()
    scripted: Any = Script(times)
    recorder.permit = scripted
    with tape.running(recorder):
        return Wire(total_seconds=5).exchange(Request("POST", url, (), content))


def test_without_leave_nothing_is_written() -> None:
    with hearing() as (url, heard), pytest.raises(Retry) as caught:
        sent(url, b"content", 0)
    assert caught.value.reason == "lease_ended"
    assert heard == []


def test_leave_that_ends_in_the_middle_leaves_half_a_request() -> None:
    with hearing() as (url, heard), pytest.raises(Unknown):
        sent(url, bytes(1 << 20), 2)
    assert 0 < sum(map(len, heard)) <= 2 << 16


def test_what_was_given_up_does_not_arrive_afterwards() -> None:
    """The other side reads only when the sender has gone: then there is nothing to be read."""
    content = bytes(400_000)
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        with pytest.raises(Unknown) as caught:
            Wire(total_seconds=0.3).exchange(Request("POST", url, (), content))
        assert caught.value.reason == "timeout"
        connection, _ = listener.accept()
        connection.settimeout(2)
        arrived = 0
        with contextlib.closing(connection), contextlib.suppress(ConnectionResetError):
            while piece := connection.recv(1 << 16):
                arrived += len(piece)
    assert arrived < len(content)
