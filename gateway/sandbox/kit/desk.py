"""What stands behind the socket of every local authority; a new one adds its protocol."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from typing import Any

from gateway.sandbox.kit import control, replies
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.clock import Clock, Ids
from gateway.sandbox.kit.compliance import Rulebook
from gateway.sandbox.kit.control import Deeds, done
from gateway.sandbox.kit.faults import Fault, FaultPlane
from gateway.sandbox.kit.ledger import Book
from gateway.sandbox.kit.playing import Player
from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.kit.traffic import Traffic


class Desk(ABC):
    """An authority.

    Args:
        book: Its ledger.
        faults: What it can play.
        places: Its operations.
        rules: What it judges by: id, and what it says.
        seed: Of the ids it gives out.

    Attributes:
        name: In the header `Server`.
        limit: The largest body that is read, in bytes.
    """

    name = "sandbox"
    limit = 20 * 1024 * 1024

    def __init__(
        self,
        book: Book,
        *,
        faults: Collection[Fault],
        places: Collection[str],
        rules: Mapping[str, str] | None = None,
        seed: int = 0,
    ) -> None:
        self.book = book
        self.plane = FaultPlane(faults, places)
        self.player = Player(self.plane, book.count, self.forged)
        self.clock = Clock()
        self.ids = Ids(seed)
        self.traffic = Traffic()
        self.rulebook = Rulebook(rules or {}, book)

    @abstractmethod
    def answer(self, call: Call) -> Reply:
        """Return what is answered to a call of the protocol."""

    @abstractmethod
    def page(self, query: str) -> str:
        """Return the ledger as a page of HTML for people."""

    def deeds(self) -> Deeds:
        """Return what the control plane does here besides the usual."""
        return {}

    def forged(self, reply: Reply) -> Reply:
        """Return an answer as a stranger would sign it; without signatures, as it is."""
        return reply

    def compliance(self) -> dict[str, Any]:
        """Return which rules and which faults were exercised, and which never."""
        fired = self.book.counters("fault:")
        played = {name.split(":")[0] for name in fired}
        report = self.rulebook.report()
        silent = [name for name in self.plane.vocabulary if name not in played]
        return {**report, "faults": fired, "never_played": silent}

    def respond(self, call: Call) -> Reply:
        """Answer whatever comes: the control plane, the page, or the protocol."""
        if call.path.startswith(control.PLANE):
            return control.obey({**self._usual(), **self.deeds()}, call)
        if call.method == "GET" and call.path == "/":
            return replies.plain(200, self.page(call.query), replies.HTML)
        reply = self.answer(call)
        self.traffic.record(call, reply)
        return reply

    def _usual(self) -> Deeds:
        return {
            ("GET", "faults"): lambda _, __: self._faults(),
            ("PUT", "faults"): lambda _, value: done(lambda: self.plane.replace(value["rules"])),
            ("GET", "clock"): lambda _, __: self.clock.as_json(),
            ("PUT", "clock"): lambda _, value: done(lambda: self.clock.set(**value)),
            ("GET", "traffic"): lambda number, _: self._kept(number),
            ("POST", "traffic"): lambda number, _: self.traffic.replay(int(number), self.answer),
            ("GET", "compliance"): lambda _, __: self.compliance(),
        }

    def _faults(self) -> object:
        return {
            "rules": self.plane.as_json(),
            "fired": self.book.counters("fault:"),
            "vocabulary": self.plane.vocabulary,
        }

    def _kept(self, number: str) -> object:
        return self.traffic.one(int(number)).as_json() if number else self.traffic.heads()
