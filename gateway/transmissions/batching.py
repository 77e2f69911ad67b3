"""Adapters whose requests carry several messages at once, where `Conduct.batch` says so."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from gateway.transmissions.adapter import Acknowledgement, Adapter, Answer, Message, Request
from gateway.transmissions.errors import TransmissionError

Outcome = Acknowledgement | TransmissionError
"""What an answer proves of one message, or why it proves nothing."""


@runtime_checkable
class Batching(Protocol):
    """What such an adapter can do besides; all messages are of one lane and one credential."""

    def goes_with(self, first: Message, other: Message) -> bool:
        """Tell whether one request can carry both: what it says once is the same for them. Pure.

        Neither has a message that cannot be read: such a one goes alone.
        """
        ...

    def prepare_all(self, messages: Sequence[Message]) -> Request:
        """Return the request that carries messages, in their order. Pure.

        With one message it is what `Adapter.prepare` returns.
        """
        ...

    def interpret_all(self, messages: Sequence[Message], answer: Answer) -> Sequence[Outcome]:
        """Return what an answer says of each message, in their order. Pure.

        Raises:
            Retry, Refused, Unknown: It says so of all of them.
        """
        ...


def go_together(adapter: Adapter, first: Message, other: Message) -> bool:
    """Tell whether one request can carry both messages."""
    return isinstance(adapter, Batching) and adapter.goes_with(first, other)


def prepare(adapter: Adapter, messages: Sequence[Message]) -> Request:
    """Return the request that carries messages."""
    if isinstance(adapter, Batching):
        return adapter.prepare_all(messages)
    (message,) = messages
    return adapter.prepare(message)


def interpret(adapter: Adapter, messages: Sequence[Message], answer: Answer) -> Sequence[Outcome]:
    """Return what an answer says of each message.

    Raises:
        Retry, Refused, Unknown: It says so of all of them.
    """
    if isinstance(adapter, Batching):
        said = adapter.interpret_all(messages, answer)
        if len(said) != len(messages):
            raise AssertionError(f"{len(said)} outcomes of {len(messages)} messages")
        return said
    (message,) = messages
    return [adapter.interpret(message, answer)]
