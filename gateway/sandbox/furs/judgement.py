"""What the authority decides: an EOR, a registered premise, or an error. The protocol.

* `POST /v1/cash_registers/echo`: says it again, unsigned.
* `POST /v1/cash_registers/invoices`: a signed invoice, of a device or of a book; an EOR.
* `POST /v1/cash_registers/invoices/register`: a signed business premise.

Answers are signed tokens with HTTP status 200, errors too. The same invoice again gets the same
EOR; the same number with another content is refused (S901), which the real one's manual leaves
open. A refusal leaves no trace in the ledger: the number is free, as the same bytes may come again
once the premise is registered.
"""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from cryptography import x509

from gateway.sandbox.furs import invoices, schema, tokens
from gateway.sandbox.furs.ledger import Premises
from gateway.sandbox.furs.rules import TEXTS
from gateway.sandbox.furs.taxpayers import Taxpayers, tax_number_of
from gateway.sandbox.kit import jws, replies
from gateway.sandbox.kit.ca import CertificateAuthority
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.certificates import Pair
from gateway.sandbox.kit.clock import Ids
from gateway.sandbox.kit.compliance import Rulebook, RuleBrokenError
from gateway.sandbox.kit.jws import Envelope
from gateway.sandbox.kit.message_ids import MessageIds
from gateway.sandbox.kit.registrations import Registration, Registrations
from gateway.sandbox.kit.replies import Reply

_ZONE = ZoneInfo("Europe/Ljubljana")
_PROMPT = datetime.timedelta(minutes=10)
_WITHIN = 2  # working days
_WEEKEND = 5  # Saturday


@dataclass(slots=True)
class Judge:
    """Decides.

    Attributes:
        ca: Whose certificates callers and signers have.
        registered: Invoices.
        premises: Business premises.
        known: Taxpayers' keys.
        rulebook: Counts what was judged.
        own: Signs answers.
        ids: Makes EORs.
        seen: The ids of messages.
    """

    ca: CertificateAuthority
    registered: Registrations
    premises: Premises
    known: Taxpayers
    rulebook: Rulebook
    own: Pair
    ids: Ids
    seen: MessageIds

    def echo(self, call: Call, *, caller: bool) -> Reply:
        """Answer an echo."""
        if not self.rulebook.judged("TLS", kept=caller):
            return replies.as_json({"error": "a certificate is wanted"}, 403)
        said = tokens.read(call.body)
        text = said.get("EchoRequest") if isinstance(said, dict) else None
        if not self.rulebook.judged("S002", kept=isinstance(text, str)):
            return replies.as_json({"error": TEXTS["S002"]}, 400)
        return replies.plain(
            200, json.dumps({"EchoResponse": text}, ensure_ascii=False), tokens.JSON
        )

    def take(self, call: Call, now: datetime.datetime, *, caller: bool, premise: bool) -> Reply:
        """Answer a signed message; inside one transaction of the book.

        Args:
            call: What is asked.
            now: By the authority's clock.
            caller: Whether it came with a certificate, where one is wanted.
            premise: Whether it is for the register of premises.
        """
        if not self.rulebook.judged("TLS", kept=caller):
            return replies.as_json({"error": "a certificate is wanted"}, 403)
        try:
            value, leaf = self._attributed(call.body, now)
            shape = schema.PREMISES if premise else schema.INVOICES
            wrong = next(schema.faults(shape, value), None)
            self.rulebook.must("S002", wrong or "", kept=wrong is None)
            (request,) = value.values()
            said = next(said for name, said in request.items() if name != "Header")
            own = tax_number_of(leaf) == str(said["TaxNumber"])
            self.rulebook.must("S005", kept=own)
            self._see_sending(request["Header"], now)
            if premise:
                return self._premise(request["Header"]["MessageID"], said, now)
            return self._invoice(request["Header"]["MessageID"], request, call.body, now)
        except RuleBrokenError as refusal:
            return self.refused(call, refusal.rule, now, premise=premise, detail=str(refusal))

    def refused(
        self,
        call: Call,
        code: str,
        now: datetime.datetime,
        *,
        premise: bool,
        detail: str = "",
    ) -> Reply:
        """Return a signed error about a call.

        Args:
            call: What was asked; its message id is repeated where it can be read.
            code: Of `TEXTS`.
            now: By the authority's clock.
            premise: Whether it was for the register of premises.
            detail: What exactly, after FURS's own words.
        """
        name = "BusinessPremiseResponse" if premise else "InvoiceResponse"
        message = f"{TEXTS[code]}: {detail}" if detail else TEXTS[code]
        error = {"ErrorCode": code, "ErrorMessage": message[:500]}
        header = {"MessageID": tokens.message_id(call.body), "DateTime": _written(now)}
        return self._signed({name: {"Header": header, "Error": error}})

    def _attributed(
        self, body: bytes, now: datetime.datetime
    ) -> tuple[dict[str, Any], x509.Certificate]:
        """Return what a token says, and by whose certificate."""
        token = tokens.read(body)
        text = token.get("token") if isinstance(token, dict) and set(token) == {"token"} else None
        header = tokens.header_of(text)
        self.rulebook.must("S002", "no token with a header", kept=header is not None)
        serial = (header or {}).get("serial")
        named = type(serial) is int and serial > 0 and self.ca.of_serial(f"{serial:x}")
        self.rulebook.must("S004", kept=isinstance(named, x509.Certificate))
        assert isinstance(named, x509.Certificate)  # noqa: S101 - said in the line before
        revoked = self.ca.is_revoked(named)
        self.rulebook.must("S007", kept=not revoked)
        in_force = named.not_valid_before_utc <= now <= named.not_valid_after_utc
        self.rulebook.must("S008", kept=in_force)
        try:
            envelope = Envelope.read_compact(str(text), lambda _: named)
            envelope.verify(self.ca.root.certificate, now)
        except (jws.UnreadableError, jws.UnsignedError) as error:
            raise self.rulebook.broken("S003", str(error)) from error
        self.rulebook.must("S003", kept=envelope.header.get("alg") == "RS256")
        value = tokens.read(envelope.content)
        self.rulebook.must("S002", "not a JSON object", kept=isinstance(value, dict))
        return value, named

    def _premise(self, identifier: str, said: Mapping[str, Any], now: datetime.datetime) -> Reply:
        state = self.premises.state(str(said["TaxNumber"]), said["BusinessPremiseID"])
        closes = said.get("ClosingTag") == "Z"
        self.rulebook.must("S006", "it is closed for good", kept=state != "closed" or closes)
        self.premises.enter(said, identifier, now.isoformat())
        header = {"MessageID": identifier, "DateTime": _written(now)}
        return self._signed({"BusinessPremiseResponse": {"Header": header}})

    def _invoice(
        self,
        identifier: str,
        request: Mapping[str, Any],
        content: bytes,
        now: datetime.datetime,
    ) -> Reply:
        said = request.get("Invoice") or request["SalesBookInvoice"]
        remark = invoices.remark_of(said)
        content_digest = invoices.digest_of(said)
        key = invoices.key_of(said, content_digest)
        state = self.premises.state(remark["tax_number"], remark["premise"])
        self.rulebook.must("S006", remark["premise"], kept=state == "open")
        if "Invoice" in request:
            self._see_mark(said)
        known = self.registered.find(key)
        same = known is None or known.digest == content_digest
        self.rulebook.must("S901", key, kept=same)
        if known is not None:
            self.registered.again(key)
            return self._cleared(identifier, known.registered_at, known.answer)
        if "Invoice" in request:
            self._see_time(said, now)
            self._see_place(remark)
        eor = _uuid(self.ids.of("eor", key, content_digest))
        self.registered.enter(
            Registration(
                key=key,
                owner=remark["tax_number"],
                digest=content_digest,
                state="accepted",
                status=200,
                answer=eor,
                registered_at=_written(now),
                content=content,
                message_id=identifier,
                number=key.partition("/")[2],
                remark=json.dumps(remark),
            )
        )
        return self._cleared(identifier, _written(now), eor)

    def _cleared(self, identifier: str, at: str, eor: str) -> Reply:
        header = {"MessageID": identifier, "DateTime": at}
        return self._signed({"InvoiceResponse": {"Header": header, "UniqueInvoiceID": eor}})

    def _see_mark(self, said: Mapping[str, Any]) -> None:
        """Make the ZOI again with every key of the taxpayer that is known here."""
        identifier = said["InvoiceIdentifier"]
        at = datetime.datetime.fromisoformat(said["IssueDateTime"][:19])
        text = (
            f"{said['TaxNumber']}{at:%d.%m.%Y %H:%M:%S}{identifier['InvoiceNumber']}"
            f"{identifier['BusinessPremiseID']}{identifier['ElectronicDeviceID']}"
            f"{Decimal(said['InvoiceAmount']):.2f}"
        )
        taxpayer = str(said["TaxNumber"])
        made = said["ProtectedID"] in self.known.marks(taxpayer, text)
        if self.rulebook.judged("ZOI-KEY", kept=made or self.known.all_known(taxpayer)):
            self.rulebook.must("S900", kept=made)

    def _see_sending(self, header: Mapping[str, Any], now: datetime.datetime) -> None:
        """Note an id that came before (R_1.0, P_1.0), and a moment of sending that is not now."""
        self.rulebook.judged("MESSAGE-ID", kept=self.seen.enter(header["MessageID"]))
        apart = abs(now - _moment(header["DateTime"]))
        self.rulebook.judged("SENT-AT", kept=apart <= _PROMPT)

    def _see_time(self, said: Mapping[str, Any], now: datetime.datetime) -> None:
        """Note what is late, and whether it says so; nothing is refused for that."""
        issued = _moment(said["IssueDateTime"])
        late = now - issued > _PROMPT
        self.rulebook.judged("PROMPT", kept=not late or said.get("SubsequentSubmit") is True)
        self.rulebook.judged("FUTURE", kept=issued - now <= _PROMPT)
        last = _working_days_after(issued.astimezone(_ZONE).date(), _WITHIN)
        self.rulebook.judged("WITHIN", kept=now.astimezone(_ZONE).date() <= last)

    def _see_place(self, remark: Mapping[str, Any]) -> None:
        """Note whether a number is the next of its series; messages may overtake each other."""
        others = [json.loads(row["remark"]) for row in self.registered.rows(remark["tax_number"])]
        names = ("premise", "numbering") + (("device",) if remark["numbering"] == "B" else ())
        numbers = {
            one["number"]
            for one in others
            if "number" in one and all(one[name] == remark[name] for name in names)
        }
        follows = not numbers or remark["number"] - 1 in numbers
        self.rulebook.judged("GAPLESS", kept=follows)

    def _signed(self, said: Mapping[str, Any]) -> Reply:
        return tokens.sealed(self.own, said)


def _moment(said: str) -> datetime.datetime:
    at = datetime.datetime.fromisoformat(said)
    return at.replace(tzinfo=_ZONE) if at.tzinfo is None else at


def _uuid(digits: str) -> str:
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _written(now: datetime.datetime) -> str:
    return now.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _working_days_after(day: datetime.date, count: int) -> datetime.date:
    while count:
        day += datetime.timedelta(days=1)
        count -= day.weekday() < _WEEKEND
    return day
