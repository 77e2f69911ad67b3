"""Directories as parties of the suite: a program carries files away; and what only they do."""

import errno
import itertools
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from typing_extensions import override

from gateway.channels.directories import Directory
from gateway.channels.es_face import EsFace
from gateway.channels.file_drop import FileDrop
from gateway.channels.places import Place
from gateway.channels.si_ujp import SiUjp
from gateway.transmissions import tape
from gateway.transmissions.adapter import MESSAGE_ID, Message
from gateway.transmissions.errors import Retry, Unknown
from gateway.transmissions.permits import Permit, ticks
from tests.contract_suite.cases import ARRIVED, case
from tests.contract_suite.party import PATIENCE, Party, failure, once

REFUSED = b"refused"
"""What the other side does not take says so."""


@dataclass(frozen=True)
class Words:
    """How one authority's answers are put back.

    Attributes:
        adapter: Who reads them.
        taken: That it was taken.
        refused: That it was not.
    """

    adapter: type[Directory]
    taken: dict[str, Any]
    refused: dict[str, Any]


WORDS = {
    "es-face": Words(
        EsFace,
        {"numeroRegistro": "2026", "tramitacion": {"codigo": "1200", "motivo": ""}},
        {"resultado": {"codigo": "301", "descripcion": "Factura duplicada"}},
    ),
    "si-ujp": Words(
        SiUjp,
        {"status": "prevzet", "id": "2026"},
        {"napaka": {"koda": "101", "opis": "Prejemnik ni znan"}},
    ),
}


class Carrier:
    """The operator's program: takes files away, remembers them, and puts answers back."""

    def __init__(self, root: Path, words: Words) -> None:
        self.root, self._words = root, words
        self.taken: list[tuple[str, bytes]] = []
        self.resting = threading.Event()

    def work(self, stop: threading.Event) -> None:
        """Carry until told to stop."""
        while not stop.wait(0.01):
            with suppress(FileNotFoundError):  # nobody has sent anything yet
                if not self.resting.is_set():
                    self.carry()

    def carry(self) -> None:
        """Take what stands there, whole, and answer."""
        for file in sorted((self.root / "out").iterdir()):
            content = file.read_bytes()
            file.unlink()
            self.taken.append((file.name, content))
            said = self._words.refused if REFUSED in content else self._words.taken
            self.answer(file.stem, json.dumps(said).encode())

    def answer(self, stem: str, content: bytes, name: str = "1.json") -> None:
        """Put an answer back, by renaming."""
        unfinished = self.root / "in" / f"{stem}.{name}.part"
        unfinished.write_bytes(content)
        os.replace(unfinished, self.root / "in" / f"{stem}.{name}")  # noqa: PTH105 - a case breaks Path.rename


class DirectoryParty(Party):
    """An adapter over a directory, and a program at its other end."""

    enquiries = ""
    can = frozenset({"recognises", "asks", "keeps_refusals", "conflicts", "directory"})

    def __init__(self, name: str, root: Path, carrier: Carrier) -> None:
        self.name, self.root, self.carrier = name, root, carrier
        self.adapter: Any = self.adapter_to()

    @override
    def adapter_to(self, url: str | None = None, *, seconds: float = PATIENCE) -> Directory:
        """Return the adapter; any other address is a directory that is not there."""
        path = self.root if url is None else self.root / "absent"
        where = path.as_uri()
        return WORDS[self.name].adapter.open(
            Place(channel=f"{self.name}-test", url=where, shown=where)
        )

    @override
    def message(self) -> Message:
        return self.carrying(b"an invoice")

    @override
    def refused(self) -> Message:
        return self.carrying(REFUSED)

    @override
    def conflicting(self, message: Message) -> Message:
        return replace(message, payload=b"another invoice")

    def carrying(self, payload: bytes) -> Message:
        """Return a message that carries these bytes."""
        identifier = str(uuid4())
        return Message(
            transmission_id=uuid4(),
            document_id=uuid4(),
            message_id=identifier,
            sender="9920:ESB12345674",
            receiver="DIR3:L01280796",
            payload=payload,
            correlations={MESSAGE_ID: identifier},
        )

    @override
    def fail(self, *rules: dict[str, Any]) -> None:
        assert not rules, "a directory fails by what is done to it"
        self.carrier.resting.clear()

    @override
    def accepted(self, message: Message) -> int:
        """Return how often the program took a message away; it must have come by meanwhile."""
        until = time.monotonic() + PATIENCE
        while any((self.root / "out").iterdir()) and time.monotonic() < until:
            time.sleep(0.01)
        return len(self.carried(message))

    def carried(self, message: Message) -> list[bytes]:
        """Return what was taken away under a message's name, each time."""
        found = self.carrier.taken
        return [content for name, content in found if name.startswith(message.message_id)]


@contextmanager
def local_directory(name: str, directory: Path) -> Iterator[DirectoryParty]:
    """Run a program at the other end of a directory."""
    carrier = Carrier(directory, WORDS[name])
    stop = threading.Event()
    thread = threading.Thread(target=carrier.work, args=(stop,))
    thread.start()
    try:
        yield DirectoryParty(name, directory, carrier)
    finally:
        stop.set()
        thread.join()


def _dies(name: str, *places: Any) -> None:  # noqa: ANN401 - an object, and its attribute
    """Whoever dies at any step has put it out once when somebody goes on."""

    def check(party: Any) -> None:  # noqa: ANN401 - a party with a directory
        for place, attribute in places:
            message = party.message()

            def die(*_: object, **__: object) -> None:
                raise KeyboardInterrupt

            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(place, attribute, die)
                with pytest.raises(KeyboardInterrupt):
                    once(party, message)
            found = party.adapter.reconcile(message)
            assert found is None or found.fact.transport in ARRIVED
            assert once(party, message, party.adapter_to()).fact.transport in ARRIVED
            assert party.accepted(message) == 1
            assert party.carried(message) == [message.payload]

    check.__name__ = name
    case("directory")(check)


_dies("who_dies_before_it_is_put_out_has_sent_nothing", (Path, "hardlink_to"), (Path, "rename"))
_dies("who_dies_when_it_was_put_out_has_sent_it_once", (FileDrop, "_standing"))


@case("directory")
def what_was_taken_away_is_never_put_out_again(party: Any) -> None:  # noqa: ANN401 - as above
    message = party.message()
    once(party, message)
    assert party.accepted(message) == 1
    for _ in range(3):
        once(party, message, party.adapter_to())
    assert party.accepted(message) == 1


@case("directory")
def of_several_who_send_at_once_one_puts_it_out(party: Any) -> None:  # noqa: ANN401 - as above
    message = party.message()
    ends: list[Any] = []

    def send() -> None:
        ends.append(once(party, message, party.adapter_to()).fact.transport)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ends) == len(threads)
    assert party.accepted(message) == 1


def _unwritable(name: str, code: int) -> None:
    """A disk that refuses, at whichever step: it is tried again, and put out once."""

    def check(party: Any) -> None:  # noqa: ANN401 - as above
        whole = os.fsync
        for step in range(1, 5):
            message = party.message()
            calls = itertools.count(1)

            def refuse(handle: int, at: int = step, count: Any = calls) -> None:  # noqa: ANN401 - a counter
                if next(count) == at:
                    raise OSError(code, os.strerror(code))
                whole(handle)

            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(os, "fsync", refuse)
                error = failure(party, message)
            assert isinstance(error, Retry), error
            assert error.reason == "directory_unusable"
            assert once(party, message).fact.transport in ARRIVED
            assert party.accepted(message) == 1
            assert party.carried(message) == [message.payload]

    check.__name__ = name
    case("directory")(check)


_unwritable("on_a_full_disk_it_is_put_out_once", errno.ENOSPC)
_unwritable("on_a_broken_disk_it_is_put_out_once", errno.EIO)


@case("directory")
def who_lost_his_lane_puts_nothing_out(party: Any) -> None:  # noqa: ANN401 - as above
    message = party.message()
    recorder = tape.Recorder()
    recorder.permit = Permit(ticks, ticks(), 0.0)
    with tape.running(recorder):
        error = failure(party, message)
    assert isinstance(error, Retry), error
    assert party.accepted(message) == 0


@case("directory")
def an_answer_that_nobody_understands_proves_nothing(party: Any) -> None:  # noqa: ANN401 - as above
    for content in (b"", b"<html/>", b"[]", b'"1200"', b'{"status": "?", "tramitacion": {}'):
        message = party.message()
        party.carrier.resting.set()
        once(party, message)
        party.carrier.answer(message.message_id, content)
        with pytest.raises(Unknown):
            party.adapter.reconcile(message)
        party.carrier.resting.clear()
        assert party.accepted(message) == 1


@case("directory")
def an_answer_that_is_not_finished_is_not_read(party: Any) -> None:  # noqa: ANN401 - as above
    message = party.message()
    party.carrier.resting.set()
    once(party, message)
    (party.root / "in" / f"{message.message_id}.2.json.part").write_bytes(b"{")
    found = party.adapter.reconcile(message)
    assert (found.fact.transport in ARRIVED, found.signals) == (True, ())


@case("directory")
def an_answer_is_the_same_signal_each_time(party: Any) -> None:  # noqa: ANN401 - as above
    message = party.message()
    once(party, message)
    assert party.accepted(message) == 1
    until = time.monotonic() + PATIENCE
    while not party.adapter.reconcile(message).signals and time.monotonic() < until:
        time.sleep(0.01)
    first, again = party.adapter.reconcile(message), party.adapter.reconcile(message)
    assert [one.id for one in first.signals] == [one.id for one in again.signals]
    assert len(first.signals) == 1
    assert first.signals[0].keys == ((MESSAGE_ID, message.message_id),)
