"""Authorities that are reached through a directory: what their adapters have in common.

A program of the operator takes files out of the directory (`file_drop.py`) and puts answers back
as `<stem>.<anything>.json`. Each adapter says what its authority's answers mean.
"""

import datetime
import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

from gateway.archive.service import EvidenceItem
from gateway.channels import file_drop
from gateway.channels.file_drop import FileDrop, Note, Stage, Standing
from gateway.channels.places import Place
from gateway.channels.wire import Exchanging
from gateway.kit import clock as machine
from gateway.kit.json_body import parse_json
from gateway.problems import MalformedJsonProblem
from gateway.transmissions.adapter import (
    MESSAGE_ID,
    Acknowledgement,
    Answer,
    Message,
    Request,
    Signal,
)
from gateway.transmissions.conduct import Conduct
from gateway.transmissions.errors import Refused, Unknown
from gateway.transmissions.states import Fact, Regulatory, Transport
from gateway.transmissions.verdicts.table import tables


@dataclass(frozen=True, slots=True)
class Heard:
    """What one file says.

    Attributes:
        codes: Of the channel's table of verdicts.
        correlations: What the authority calls the message, by kind.
        taken: That it took the message: whatever another file says, it is no refusal.
    """

    codes: tuple[str, ...] = ()
    correlations: Mapping[str, str] = field(default_factory=dict)
    taken: bool = False


class Directory(ABC):
    """An adapter over a directory.

    Args:
        url: The directory, `file:///srv/face`.
        wire: The directory as a wire.
        channel: Which of its two channels, for live entities or for those of the sandbox.
        conduct: How it behaves; as it usually does without it.
    """

    usual: ClassVar[Conduct]
    table: ClassVar[str]
    """Whose verdicts are read: the channel of live entities."""
    suffix: ClassVar[str]
    """Of the files that are put out."""
    word: ClassVar[str]
    """What evidence is called after."""

    def __init__(
        self, url: str, wire: Exchanging, *, channel: str, conduct: Conduct | None = None
    ) -> None:
        self._url = url.rstrip("/")
        self._wire = wire
        self.channel = channel
        self.conduct = conduct or self.usual

    @classmethod
    def open(
        cls,
        place: Place,
        *,
        wire: Exchanging | None = None,
        clock: Callable[[], datetime.datetime] = machine.now,
    ) -> Self:
        """Return the adapter for a directory.

        Raises:
            UnusablePlaceError: The place is no directory of this machine.
        """
        del clock
        try:
            drop = FileDrop.at(place.url)
        except ValueError as error:
            raise place.unusable(error) from error
        return cls(place.url, wire or drop, channel=place.channel)

    @abstractmethod
    def read(self, note: Note) -> Heard:
        """Return what a file says. Pure.

        Raises:
            Refused: The authority did not take the message.
            Unknown: It is no answer of the authority.
        """

    def endpoint(self, message: Message) -> str:
        """Return the directory; there is one for all."""
        del message
        return self._url

    def prepare(self, message: Message) -> Request:
        """Return the request that puts the frozen bytes out, under the message's id."""
        return file_drop.put(self._url, self._name(message), message.payload)

    def send(self, request: Request) -> Answer:
        """Put it out once; see `Adapter.send`."""
        return self._wire.exchange(request)

    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        """Read that it was put out, and what was said since; see `Adapter.interpret`."""
        file_drop.written(answer, message.payload)
        return self._acknowledged(message, file_drop.standing_of(answer), answer)

    def reconcile(self, message: Message) -> Acknowledgement | None:
        """Look what was put back; see `Adapter.reconcile`."""
        answer = self._wire.exchange(file_drop.ask(self._url, self._name(message)))
        standing = file_drop.standing_of(answer)
        if standing.stage is Stage.NEVER_SEEN:
            return None
        file_drop.written(answer, message.payload)
        return self._acknowledged(message, standing, answer)

    def _name(self, message: Message) -> str:
        return f"{message.message_id}.{self.suffix}"

    def _acknowledged(
        self, message: Message, standing: Standing, answer: Answer
    ) -> Acknowledgement:
        """Return what all notes say together: one that fails takes nothing back of the others.

        Raises:
            Refused: It was not taken, and no note says that it was.
            Unknown: There is nothing but what nobody understands.
        """
        signals: list[Signal] = []
        correlations: dict[str, str] = {}
        refused: list[Refused] = []
        strange: list[Unknown] = []
        taken = False
        for note in standing.notes:
            if not note.name.casefold().endswith(_SUFFIX):
                continue  # a receipt as PDF, which says the same for people
            try:
                heard = self.read(note)
                signals += [self._signal(message, note, code) for code in heard.codes]
            except Unknown as error:
                strange.append(error)
                continue
            except Refused as error:
                refused.append(error)
                continue
            taken = taken or heard.taken
            correlations |= heard.correlations
        if refused and not taken:
            raise refused[-1]
        if strange and not signals:
            raise strange[-1]
        return Acknowledgement(
            EvidenceItem("receipt", f"{self.word}.json", _JSON, answer.body),
            Fact(transport=Transport.SUBMITTED, regulatory=Regulatory.PENDING),
            signals=tuple(signals),
            correlations=correlations,
        )

    def _signal(self, message: Message, note: Note, code: str) -> Signal:
        """Return a status as a signal; the same file is the same signal.

        Raises:
            Unknown: Nobody knows the code.
        """
        verdict = tables()[self.table].find(code)
        if verdict is None:
            detail = f"{note.name} says {code[:40]}, a status that no table knows"
            raise Unknown("unknown_code", detail, evidence=[self.kept(note)])
        digest = hashlib.sha256(f"{message.message_id}/{code}".encode() + note.content).hexdigest()
        return Signal(
            id=digest[:32],
            keys=((MESSAGE_ID, message.message_id),),
            layer=verdict.layer.value,
            code=code,
            fact=replace(verdict.fact(), key=digest[:32]),
            evidence=EvidenceItem(
                "signal", f"{self.word}-{digest[:32]}.json", _JSON, note.content
            ),
        )

    def said(self, note: Note) -> Mapping[str, Any]:
        """Return the object that a file holds.

        Raises:
            Unknown: It holds none.
        """
        try:
            said = parse_json(note.content)
        except MalformedJsonProblem:
            said = None
        if not isinstance(said, dict):
            detail = f"{note.name} is no JSON object"
            raise Unknown("invalid_answer", detail, evidence=[self.kept(note)])
        return said

    def kept(self, note: Note) -> EvidenceItem:
        """Return a file as evidence."""
        return EvidenceItem(
            "receipt", f"{self.word}.bin", "application/octet-stream", note.content
        )


_SUFFIX = ".json"
_JSON, _BYTES = "application/json", "application/octet-stream"


def text_of(said: object, name: str) -> str | None:
    """Return a member as text; numbers are taken at their digits."""
    value = said.get(name) if isinstance(said, dict) else None
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip() or None
