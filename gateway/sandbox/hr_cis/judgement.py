"""What the authority decides: a JIR, or an error. The protocol.

* `EchoRequest`: says it again, unsigned.
* `RacunZahtjev`: a signed invoice; a JIR.

Answers are signed, errors too. The same invoice again gets the same JIR; the same number with
another content is refused (s901), which the real one's manual leaves open. A refusal leaves no
trace in the ledger: the same invoice may come again, corrected.
"""

import datetime
import json
from dataclasses import dataclass
from xml.sax.saxutils import escape

from cryptography import x509
from lxml import etree

from gateway.sandbox.hr_cis import schema, signatures
from gateway.sandbox.hr_cis.invoices import AHEAD, ZONE, Said, moment_of, oddities
from gateway.sandbox.hr_cis.rules import TEXTS
from gateway.sandbox.hr_cis.taxpayers import Taxpayers, is_for_fiscalization, oib_of
from gateway.sandbox.kit import replies, soap
from gateway.sandbox.kit.ca import CertificateAuthority, serial_of
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.certificates import Pair
from gateway.sandbox.kit.clock import Ids
from gateway.sandbox.kit.compliance import Rulebook, RuleBrokenError
from gateway.sandbox.kit.message_ids import MessageIds
from gateway.sandbox.kit.registrations import Registration, Registrations
from gateway.sandbox.kit.replies import Reply

_ENVELOPE = (
    '<soap:Envelope xmlns:soap="{soap}"><soap:Body>'
    '<tns:{name} xmlns:tns="{ns}"{id}>{content}</tns:{name}></soap:Body></soap:Envelope>'
)
_MOST_NAMED = 5


@dataclass(slots=True)
class Judge:
    """Decides.

    Attributes:
        ca: Whose certificates signers have.
        registered: Invoices.
        known: Taxpayers' keys.
        rulebook: Counts what was judged.
        own: Signs answers.
        ids: Makes JIRs.
        seen: The ids of messages.
    """

    ca: CertificateAuthority
    registered: Registrations
    known: Taxpayers
    rulebook: Rulebook
    own: Pair
    ids: Ids
    seen: MessageIds

    def echo(self, text: str) -> Reply:
        """Answer an echo."""
        return replies.plain(200, _enclosed("EchoResponse", escape(text), signed=False), XML)

    def take(self, call: Call, now: datetime.datetime) -> Reply:
        """Answer a message; inside one transaction of the book."""
        try:
            request = opened(call.body)
            self.rulebook.must("s001", "no RacunZahtjev in SOAP", kept=request is not None)
            assert request is not None  # noqa: S101 - said in the line before
            return self._taken(request, call.body, now)
        except RuleBrokenError as refusal:
            return self.refused(call, refusal.rule, now, detail=str(refusal))

    def refused(self, call: Call, code: str, now: datetime.datetime, *, detail: str = "") -> Reply:
        """Return a signed error about a call.

        Args:
            call: What was asked; its message id is repeated where it can be read.
            code: Of `TEXTS`.
            now: By the authority's clock.
            detail: What exactly, after CIS's own words.
        """
        text = f"{TEXTS[code]} : {detail}" if detail else TEXTS[code]
        failure = _leaf("SifraGreske", code) + _leaf("PorukaGreske", text[:500])
        failures = f"<tns:Greske><tns:Greska>{failure}</tns:Greska></tns:Greske>"
        return self._signed(message_id(call.body), now, failures)

    def _taken(self, request: etree._Element, body: bytes, now: datetime.datetime) -> Reply:
        wrong = list(schema.faults(schema.REQUEST, request, "RacunZahtjev"))
        self.rulebook.must("s001", f"#{', '.join(wrong[:_MOST_NAMED])}#", kept=not wrong)
        said = Said.of(request[1])
        try:
            issued_at = said.issued_at()
        except ValueError as error:
            raise self.rulebook.broken("s001", "#DatVrijeme#") from error
        leaf = self._signer(request, now)
        self.rulebook.must("s005", kept=oib_of(leaf) == said.oib)
        self._see_sending(request[0], now)
        self._see_mark(said)
        known, digest = self.registered.find(said.key), said.digest
        same = known is None or known.digest == digest
        self.rulebook.must("s901", said.number, kept=same)
        identifier = message_id(body)
        if known is not None:
            self.registered.again(said.key)
            at = datetime.datetime.fromisoformat(known.registered_at)
            return self._signed(identifier, at, _leaf("Jir", known.answer))
        for rule, kept in (*oddities(said, now), ("GAPLESS", self._follows(said))):
            self.rulebook.judged(rule, kept=kept)
        jir = _uuid(self.ids.of("jir", said.key, digest))
        remark = {
            **said.counted_in,
            "sequence": int(said.texts["BrOznRac"]),
            "at": issued_at.isoformat(),
            "total": str(said.total),
            "zki": said.texts["ZastKod"],
            "late": said.late,
        }
        self.registered.enter(
            Registration(
                key=said.key,
                owner=said.oib,
                digest=digest,
                state="accepted",
                status=200,
                answer=jir,
                registered_at=now.isoformat(),
                content=body,
                message_id=identifier,
                number=said.number,
                remark=json.dumps(remark),
            )
        )
        return self._signed(identifier, now, _leaf("Jir", jir))

    def _see_sending(self, header: etree._Element, now: datetime.datetime) -> None:
        """Note an id that came before (2.1.1.1), and a moment of sending that is not now."""
        identifier, sent_at = (schema.text_of(one) for one in header.iterchildren("{*}*"))
        self.rulebook.judged("MESSAGE-ID", kept=self.seen.enter(identifier))
        try:
            kept = abs(now - moment_of(sent_at)) <= AHEAD
        except ValueError:  # the schema takes a thirty-first of February
            kept = False
        self.rulebook.judged("v101", kept=kept)

    def _signer(self, request: etree._Element, now: datetime.datetime) -> x509.Certificate:
        """Return by whose certificate a request is signed."""
        held = signatures.certificate_in(request)
        self.rulebook.must("s004", "there is no certificate", kept=held is not None)
        assert held is not None  # noqa: S101 - said in the line before
        issued = self.ca.of_serial(serial_of(held)) == held
        self.rulebook.must("s002", kept=issued and not self.ca.is_revoked(held))
        in_force = held.not_valid_before_utc <= now <= held.not_valid_after_utc
        self.rulebook.must("s002", kept=in_force)
        named = oib_of(held) is not None and is_for_fiscalization(held)
        self.rulebook.must("s003", kept=named)
        try:
            signatures.verify(request, held)
        except signatures.UnsignedError as error:
            raise self.rulebook.broken("s004", str(error)) from error
        self.rulebook.judged("s004", kept=True)
        return held

    def _see_mark(self, said: Said) -> None:
        """Make the ZKI again with every key of the taxpayer that is known here."""
        made = said.texts["ZastKod"] in self.known.marks(said.oib, said.marked)
        if self.rulebook.judged("ZKI-KEY", kept=made or self.known.all_known(said.oib)):
            self.rulebook.must("s900", kept=made)

    def _follows(self, said: Said) -> bool:
        """Tell whether a number is the next of its series; messages may overtake each other."""
        others = [json.loads(row["remark"]) for row in self.registered.rows(said.oib)]
        there = said.counted_in.items()
        numbers = {one["sequence"] for one in others if there <= one.items()}
        return not numbers or int(said.texts["BrOznRac"]) - 1 in numbers

    def _signed(self, identifier: str, at: datetime.datetime, content: str) -> Reply:
        written = at.astimezone(ZONE).strftime("%d.%m.%YT%H:%M:%S")
        header = _leaf("IdPoruke", identifier) + _leaf("DatumVrijeme", written)
        whole = f"<tns:Zaglavlje>{header}</tns:Zaglavlje>{content}"
        envelope = _enclosed("RacunOdgovor", whole, signed=True)
        return replies.plain(200, signatures.sealed(envelope, self.own), XML)


XML = soap.MEDIA_TYPE


def opened(body: bytes) -> etree._Element | None:
    """Return the request in an envelope; None where there is none."""
    try:
        found = soap.opened(body)
    except soap.MalformedError:
        return None
    return found if found.tag == f"{{{schema.NAMESPACE}}}RacunZahtjev" else None


def message_id(body: bytes) -> str:
    """Return the id that a message says it has; empty where none can be read."""
    request = opened(body)
    said = None if request is None else request.find(f".//{{{schema.NAMESPACE}}}IdPoruke")
    return "" if said is None else schema.text_of(said)[:36]


def _enclosed(name: str, content: str, *, signed: bool) -> bytes:
    identifier = f' Id="{name}"' if signed else ""
    return _ENVELOPE.format(
        soap=soap.SOAP, name=name, ns=schema.NAMESPACE, id=identifier, content=content
    ).encode()


def _leaf(name: str, value: str) -> str:
    return f"<tns:{name}>{escape(value)}</tns:{name}>"


def _uuid(digits: str) -> str:
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))
