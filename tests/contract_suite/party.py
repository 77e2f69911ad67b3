"""What the suite needs of an adapter and its authority: one class for each channel."""

import socket
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from gateway.transmissions.adapter import Acknowledgement, Adapter, Message
from gateway.transmissions.bookkeeping import Owner
from gateway.transmissions.conduct import Shape
from gateway.transmissions.errors import Refused, Retry, TransmissionError, Unknown
from gateway.transmissions.states import Regulatory

PATIENCE = 5.0  # seconds for a whole answer
HASTE = 0.7  # the same, where an answer is to come too late


class Party(ABC):
    """An adapter, and the authority at the other end of its wire.

    Attributes:
        name: The channel.
        adapter: What is tested; a planted bug replaces it.
        enquiries: What the authority calls the operation that `reconcile` asks.
        can: What the authority does, or can be made to do, besides answering. `recognises` the
            same bytes, with the `same_proof`; `names_sendings`: it wants another id and moment
            each time the same is sent; `asks`: it can be asked about a message, and
            `keeps_refusals` for the answer; `books`:
            it can be asked what it has of an owner; `directory`: it is one, with a program at its
            other end; `conflicts`: it knows names; `certifies`: its
            CA certifies those who send, too; `signs`: its
            answers to what is sent are signed; and where it is
            ours: `faults`, `signals`, `revocation`.
        proofs: What proves without a signature that nothing was registered, because the protocol
            says so and its answers have none: `rate_limit`.
        without: Cases that its protocol cannot keep, by name.
    """

    name: str
    adapter: Adapter
    enquiries: str
    can: frozenset[str]
    proofs: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    @abstractmethod
    def adapter_to(self, url: str | None = None, *, seconds: float = PATIENCE) -> Adapter:
        """Return the adapter, leading to another address, or with another patience."""

    @abstractmethod
    def message(self) -> Message:
        """Return a message that was never sent, and will be taken."""

    @abstractmethod
    def refused(self) -> Message:
        """Return a message that will be refused for what it says."""

    def unwrapped(self, body: bytes) -> bytes:
        """Return what a request's body holds, where the protocol wraps it."""
        return body

    def conflicting(self, message: Message) -> Message:
        """Return a message of the same name that says something else."""
        raise AssertionError(f"{self.name} has no conflicts with {message.message_id}")

    def owner(self, message: Message) -> tuple[Owner, str]:
        """Return whose books a message is entered in, and by which digest."""
        raise AssertionError(f"{self.name} keeps no books of {message.message_id}")

    def signed_by_others(self, body: bytes) -> dict[str, bytes]:
        """Return an answer as others would sign it whom the same CA certified, by what for."""
        raise AssertionError(f"{self.name} certifies nobody: {body!r}")

    def fail(self, *rules: dict[str, Any]) -> None:
        """Put other faults in force."""
        raise AssertionError(f"{self.name} cannot be told to fail: {rules}")

    def accepted(self, message: Message) -> int:
        """Return how often the ledger holds what a message carries, as accepted."""
        raise AssertionError(f"the ledger of {self.name} is not ours to see: {message.message_id}")

    def named(self, message: Message) -> str:
        """Return the message id under which the ledger has it."""
        raise AssertionError(f"the ledger of {self.name} is not ours to see: {message.message_id}")

    def repeats(self, message: Message) -> int:
        """Return how often the same came again."""
        raise AssertionError(f"the ledger of {self.name} is not ours to see: {message.message_id}")

    def revoked(self, *, revoked: bool) -> None:
        """Revoke our certificate, or take that back."""
        raise AssertionError(f"{self.name} revokes nothing: {revoked}")


@dataclass(frozen=True)
class Case:
    """One thing that an adapter must do.

    Attributes:
        name: Its name.
        check: Fails when it does not.
        needs: What the authority must be able to do for it.
    """

    name: str
    check: Callable[[Party], None]
    needs: frozenset[str]


def once(party: Party, message: Message, adapter: Adapter | None = None) -> Acknowledgement:
    """Send a message once, as the worker does."""
    by = adapter or party.adapter
    return by.interpret(message, by.send(by.prepare(message)))


def failure(party: Party, message: Message, adapter: Adapter | None = None) -> TransmissionError:
    """Send a message once, and return why it failed."""
    try:
        proof = once(party, message, adapter)
    except TransmissionError as error:
        return error
    raise AssertionError(f"it was believed: {proof.fact}")


def refused_by(deed: Callable[[], Acknowledgement | None]) -> bool:
    """Tell whether an authority says a definite no, at once or as a verdict, with evidence."""
    try:
        found = deed()
    except TransmissionError as error:
        return isinstance(error, Refused) and bool(error.evidence)
    said = () if found is None else (found.fact, *(one.fact for one in found.signals))
    return any(fact.regulatory is Regulatory.REJECTED for fact in said)


def refusal(party: Party, message: Message) -> bool:
    """Send a message once, and tell whether it was refused; where verdicts are asked for, ask."""
    if refused_by(lambda: once(party, message)):
        return True
    if party.adapter.conduct.shape is not Shape.POLL:
        return False
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if refused_by(lambda: party.adapter.reconcile(message)):
            return True
        time.sleep(0.05)
    return False


def settled(party: Party, message: Message, *, unknown: bool = False) -> Acknowledgement:
    """Send a message as often as the rules allow, until it is known to have arrived.

    Args:
        party: Whose adapter and authority.
        message: What is sent.
        unknown: It was sent, and nobody knows what became of it: ask, where that is the rule.
    """
    by = party.adapter
    if unknown and not by.conduct.resend_is_safe and (found := by.reconcile(message)) is not None:
        return found
    for _ in range(5):
        with suppress(Retry):
            try:
                return once(party, message)
            except Unknown:
                found = None if by.conduct.resend_is_safe else by.reconcile(message)
                if found is not None:
                    return found
    raise AssertionError("it never arrived")


def nobody() -> str:
    """Return an address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"
