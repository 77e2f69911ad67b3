"""The way to FACe, where Spain's administration takes invoices: a directory of the operator.

FACe is a SOAP service for those who registered a certificate with it. A program of the operator
that is registered takes signed invoices out of the directory (`file_drop.py`) and puts FACe's
answers back as `<stem>.<anything>.json`, with the names of FACe's own `consultarFactura`:

    {"numeroRegistro": "202611220001", "tramitacion": {"codigo": "1300", "motivo": ""},
     "anulacion": {"codigo": "4100", "motivo": ""}}

What was not registered is told as `{"resultado": {"codigo": "...", "descripcion": "..."}}`.
"""

import datetime
import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Self

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
from gateway.transmissions.conduct import Conduct, Shape
from gateway.transmissions.errors import Refused, Unknown
from gateway.transmissions.states import Fact, Regulatory, Transport
from gateway.transmissions.verdicts.table import tables

CHANNEL = "es-face"
TEST_CHANNEL = "es-face-test"
"""For entities of the sandbox: a directory of its own, FACe's test system behind it, say."""

REGISTRY = "face-registry"
"""The kind of name that FACe's registry number is."""

CONDUCT = Conduct(
    shape=Shape.POLL,
    resend_is_safe=True,  # a name is put out once
    settle=timedelta(seconds=1),
    deadline=timedelta(days=30),
    verdict_within=timedelta(days=2),
    response_within=timedelta(days=120),  # the administration pays within thirty days, or later
    usual_answer=timedelta(hours=1),
    first_ask=timedelta(minutes=1),
    longest_ask=timedelta(hours=6),
)

_TAKEN = "0"
_SUFFIX = ".json"
_NOT_ASKED = "4100"
"""Of `anulacion`: nobody asked for one."""


class EsFace:
    """The adapter.

    Args:
        url: The directory, `file:///srv/face`.
        wire: The directory as a wire.
        channel: `es-face` or `es-face-test`.
        conduct: How it behaves.
    """

    usual = CONDUCT

    def __init__(
        self,
        url: str,
        wire: Exchanging,
        *,
        channel: str = TEST_CHANNEL,
        conduct: Conduct = CONDUCT,
    ) -> None:
        self._url = url.rstrip("/")
        self._wire = wire
        self.channel = channel
        self.conduct = conduct

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

    def endpoint(self, message: Message) -> str:
        """Return the directory; there is one for all."""
        del message
        return self._url

    def prepare(self, message: Message) -> Request:
        """Return the request that puts the signed invoice out, under the message's id."""
        return file_drop.put(self._url, _name(message), message.payload)

    def send(self, request: Request) -> Answer:
        """Put it out once; see `Adapter.send`."""
        return self._wire.exchange(request)

    def interpret(self, message: Message, answer: Answer) -> Acknowledgement:
        """Read that it was put out, and what FACe has said since; see `Adapter.interpret`."""
        file_drop.written(answer, message.payload)
        return _acknowledged(message, file_drop.standing_of(answer), answer)

    def reconcile(self, message: Message) -> Acknowledgement | None:
        """Look what was put back; see `Adapter.reconcile`."""
        answer = self._wire.exchange(file_drop.ask(self._url, _name(message)))
        standing = file_drop.standing_of(answer)
        if standing.stage is Stage.NEVER_SEEN:
            return None
        file_drop.written(answer, message.payload)
        return _acknowledged(message, standing, answer)


def _name(message: Message) -> str:
    return f"{message.message_id}.xsig"


def _acknowledged(message: Message, standing: Standing, answer: Answer) -> Acknowledgement:
    """Return what all notes say together: one that fails takes nothing back of the others.

    Raises:
        Refused: FACe did not register the invoice, and no note has a number of its register.
        Unknown: There is nothing but what nobody understands.
    """
    signals: list[Signal] = []
    correlations: dict[str, str] = {}
    refused: list[Refused] = []
    strange: list[Unknown] = []
    for note in standing.notes:
        if not note.name.casefold().endswith(_SUFFIX):
            continue  # a receipt as PDF, which says the same for people
        try:
            said = _said(note)
            signals += [_signal(message, note, code) for code in _codes(said)]
        except Unknown as error:
            strange.append(error)
            continue
        if number := _text(said, "numeroRegistro"):
            correlations[REGISTRY] = number
        refused += _refusal(said, note)
    if refused and not correlations:
        raise refused[-1]
    if strange and not signals:
        raise strange[-1]
    return Acknowledgement(
        EvidenceItem("receipt", "face.json", "application/json", answer.body),
        Fact(transport=Transport.SUBMITTED, regulatory=Regulatory.PENDING),
        signals=tuple(signals),
        correlations=correlations,
    )


def _said(note: Note) -> Mapping[str, Any]:
    """Return what a file says, also where FACe's answer was put back whole.

    Raises:
        Unknown: It is no answer of FACe.
    """
    try:
        said = parse_json(note.content)
    except MalformedJsonProblem:
        said = None
    if not isinstance(said, dict):
        raise Unknown("invalid_answer", f"{note.name} is no JSON object", evidence=[_kept(note)])
    inner = said.get("factura")
    return {**said, **inner} if isinstance(inner, dict) else said


def _refusal(said: Mapping[str, Any], note: Note) -> Iterator[Refused]:
    """Yield a refusal where this answer has no registration."""
    result = said.get("resultado")
    code = _text(result, "codigo")
    if code is not None and code != _TAKEN and not _text(said, "numeroRegistro"):
        detail = _text(result, "descripcion") or "FACe did not register it"
        yield Refused(f"face_{code}", detail, evidence=[_kept(note)])


def _codes(said: Mapping[str, Any]) -> Iterator[str]:
    handled = _text(said.get("tramitacion"), "codigo")
    cancelled = _text(said.get("anulacion"), "codigo")
    registered = _text(said.get("resultado"), "codigo") == _TAKEN and "numeroRegistro" in said
    if handled is not None or registered:
        yield handled or _TAKEN
    if cancelled not in {None, _NOT_ASKED}:
        yield cancelled or ""


def _signal(message: Message, note: Note, code: str) -> Signal:
    """Return a status as a signal; the same file is the same signal.

    Raises:
        Unknown: Nobody knows the code.
    """
    verdict = tables()[CHANNEL].find(code)
    if verdict is None:
        detail = f"{note.name} says {code[:40]}, a status that no table knows"
        raise Unknown("unknown_code", detail, evidence=[_kept(note)])
    digest = hashlib.sha256(f"{message.message_id}/{code}".encode() + note.content).hexdigest()
    fact = verdict.fact()
    return Signal(
        id=digest[:32],
        keys=((MESSAGE_ID, message.message_id),),
        layer=verdict.layer.value,
        code=code,
        fact=Fact(fact.transport, fact.regulatory, fact.business, key=digest[:32]),
        evidence=EvidenceItem("signal", f"face-{digest[:32]}.json", _JSON, note.content),
    )


_JSON = "application/json"


def _kept(note: Note) -> EvidenceItem:
    return EvidenceItem("receipt", "face.bin", "application/octet-stream", note.content)


def _text(said: object, name: str) -> str | None:
    """Return a member as text; numbers are taken at their digits."""
    value = said.get(name) if isinstance(said, dict) else None
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip() or None
