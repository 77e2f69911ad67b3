"""Asking witnesses to cosign the heads of this log (C2SP tlog-witness, the side of the log)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import IPv4Network, IPv6Network
from typing import Self

from gateway.archive.checkpoint import Checkpoint
from gateway.archive.cosignatures import Cosignature, Witness, cosignatures
from gateway.archive.notes import NoteError
from gateway.archive.witness_request import PATH, SIZE_TYPE, AddCheckpoint
from gateway.kit.exchange import Client
from gateway.kit.outbound import OutboundError, Policy, Target

OPERATORS = Policy(private=(IPv4Network("0.0.0.0/0"), IPv6Network("::/0")))
"""The operator names whom to ask, and may name his own."""

SECONDS = 5.0
_MOST_SIZE = 2**63 - 1
_MOST_QUESTIONS = 4
_HEADERS = (("content-type", "text/plain; charset=utf-8"),)

Proving = Callable[[int], Sequence[bytes]]
"""From an older size to the proof that it is the beginning of the head's tree."""


class NotCosignedError(Exception):
    """A witness gave no cosignature; the message says why."""


class KnowsMoreError(NotCosignedError):
    """A witness cosigned a larger log than is offered.

    Attributes:
        size: Its size.
    """

    def __init__(self, size: int) -> None:
        super().__init__(f"it cosigned {size} leaves")
        self.size = size


class ContradictedError(NotCosignedError):
    """A witness cosigned another log of the same origin: this one, or that one, was rewritten."""


@dataclass(frozen=True, slots=True)
class AskedWitness:
    """A witness, and where it is asked.

    Attributes:
        witness: Its key.
        url: Its submission prefix.
        client: Asks.
    """

    witness: Witness
    url: str
    client: Client = field(
        default_factory=lambda: Client(OPERATORS, connect_seconds=SECONDS, total_seconds=SECONDS)
    )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a witness as settings name it: its verifier key, a space, its submission prefix.

        Raises:
            NoteError: It cannot be read.
        """
        key, space, url = text.strip().partition(" ")
        if not space:
            raise NoteError("a witness is its verifier key, a space, and its address")
        try:
            Target.parse(url.strip().rstrip("/") + PATH)
        except OutboundError as error:
            raise NoteError(f"the address of the witness {error}") from None
        return cls(Witness.parse(key), url.strip().rstrip("/"))

    def cosigned(self, head: Checkpoint, note: str, old: int, proving: Proving) -> Cosignature:
        """Have a head cosigned.

        Args:
            head: The head.
            note: It, signed.
            old: The size that this witness cosigned last, as far as is known here.
            proving: Makes the proof that goes with an older size.

        Raises:
            KnowsMoreError: It cosigned a larger log.
            ContradictedError: It cosigned another log.
            NotCosignedError: It does not, for another reason.
        """
        known = old
        for _ in range(_MOST_QUESTIONS):  # others may have it cosign larger heads meanwhile
            answer = self._asked(note, known, proving)
            if isinstance(answer, Cosignature):
                return answer
            if answer > head.size:
                raise KnowsMoreError(answer)
            if answer == known == head.size:
                raise ContradictedError(f"it cosigned another root of {known} leaves")
            known = answer
        raise NotCosignedError(f"it names other sizes, {known} at last")

    def _asked(self, note: str, old: int, proving: Proving) -> Cosignature | int:
        """Ask once: a cosignature, or the size that the witness cosigned last."""
        body = AddCheckpoint(old, proving(old), note).text().encode()
        target = Target.parse(self.url + PATH)
        try:
            answer = self.client.ask("POST", target, _HEADERS, body)
        except OutboundError as error:
            raise NotCosignedError(str(error)) from None
        content = answer.body.decode("utf-8", "replace")
        if answer.status == HTTPStatus.CONFLICT:
            return _size(answer.headers.get("content-type", ""), content)
        if answer.status == HTTPStatus.UNPROCESSABLE_ENTITY:
            raise ContradictedError("the proof leads elsewhere from what it cosigned")
        if answer.status != HTTPStatus.OK:
            raise NotCosignedError(f"it answers {answer.status}")
        try:
            found = cosignatures(note + content, [self.witness])
        except NoteError as error:
            raise NotCosignedError(str(error)) from None
        if not found:
            raise NotCosignedError("it answers without its cosignature")
        return found[0]


def _size(media_type: str, content: str) -> int:
    text = content.removesuffix("\n")
    if media_type.partition(";")[0].strip() != SIZE_TYPE or not text.isdecimal():
        raise NotCosignedError("it answers 409 without a size")
    size = int(text[:20])
    if size > _MOST_SIZE:
        raise NotCosignedError("it answers 409 without a size")
    return size
