"""The authority's desk: SOAP over mutual TLS, the page behind QR codes, the ledger for people."""

import re
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.x509.oid import NameOID
from lxml import etree
from typing_extensions import override

from gateway.sandbox.kit import registrations, replies, soap, view
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.certified import CertifiedDesk, Operation
from gateway.sandbox.kit.control import Deeds, done
from gateway.sandbox.kit.replies import Reply
from gateway.sandbox.verifactu import ledger, lookup, query
from gateway.sandbox.verifactu.codes import RULES
from gateway.sandbox.verifactu.header import FaultError
from gateway.sandbox.verifactu.judgement import Judge, Script
from gateway.sandbox.verifactu.ledger import Ledger
from gateway.sandbox.verifactu.record import LR
from gateway.sandbox.verifactu.schema import Schemas

SERVICE = "/wlpl/TIKE-CONT/ws/SistemaFacturacion/VerifactuSOAP"
ON_DEMAND = "/wlpl/TIKE-CONT/ws/SistemaFacturacion/RequerimientoSOAP"

_SENT = f"{{{LR}}}RegFactuSistemaFacturacion"
_NIF = re.compile(r"(?:IDC|VAT)?(?:ES)?-?([0-9A-Z]{9})")
_COLUMNS = (
    *("registered_at", "state", "owner", "position", "number", "reason", "repeats"),
    *("digest", "message_id", "remark"),
)
_DISCLAIMER = "A local copy of what the AEAT does with VeriFactu, for trying things out."


class Office(CertifiedDesk):
    """The authority.

    Besides the usual, the control plane has `GET ledger`; `PUT script` with any of
    `{"wait_seconds": 60, "enforce": true, "unknown": ["B12345674"], "page": 2}`.

    Args:
        directory: Keys and ledger.
        schemas: The AEAT's schemas; none: nothing is judged by them, and the report says so.
        seed: Of the ids it gives out.
        mutual_tls: Whether callers must show a certificate.
    """

    name = "sandbox-verifactu"
    title = "Sandbox AEAT"

    def __init__(
        self,
        directory: Path,
        schemas: Schemas | None = None,
        *,
        seed: int = 0,
        mutual_tls: bool = True,
    ) -> None:
        super().__init__(
            directory,
            tables=registrations.TABLE + ledger.TABLE,
            places=("submissions", "queries"),
            rules=RULES,
            seed=seed,
            mutual_tls=mutual_tls,
        )
        self.ledger = Ledger(self.book)
        self.judge = Judge(self.ledger, self.rulebook, schemas or Schemas(), self.ids)

    @override
    def operation(self, call: Call) -> Operation | None:
        if call.method != "POST" or call.path not in {SERVICE, ON_DEMAND}:
            return None
        asks = b"ConsultaFactuSistemaFacturacion" in call.body
        return Operation("queries" if asks else "submissions", call.body, enquiry=asks)

    @override
    def decide(self, call: Call, skew: float) -> Reply:
        if not self.rulebook.judged("TLS", kept=self.is_caller(call)):
            return replies.plain(403, "<h1>403</h1>", replies.HTML)
        try:
            return replies.plain(200, self._answered(call, skew), soap.MEDIA_TYPE)
        except soap.MalformedError as error:
            return _fault(FaultError("4103", str(error), self.rulebook))
        except FaultError as error:
            return _fault(error)

    def _answered(self, call: Call, skew: float) -> bytes:
        asked = soap.opened(call.body)
        if asked.tag == query.ASKED and call.path == SERVICE:
            schemas = self.judge.schemas
            wrong = schemas.broken("query", asked) if schemas.installed("query") else []
            if wrong:
                raise FaultError("4102", wrong[0].message, self.rulebook)
            page = self.judge.script.page
            return query.told(asked, _presenter(call), self.ledger, self.rulebook, page)
        if asked.tag != _SENT:
            raise FaultError("4118", str(etree.QName(asked).localname), self.rulebook)
        return self.judge.take(
            asked,
            _presenter(call),
            self.clock.now(skew),
            demanded=call.path == ON_DEMAND,
            message_id=call.headers.get("message-id", ""),
        )

    @override
    def answer(self, call: Call) -> Reply:
        if call.method == "GET" and call.path in {lookup.VERIFIABLE, lookup.NOT_VERIFIABLE}:
            verifiable = call.path == lookup.VERIFIABLE
            return lookup.looked_up(call.query, self.ledger, verifiable=verifiable)
        return super().answer(call)

    @override
    def forged(self, reply: Reply) -> Reply:
        """Return an answer about somebody else: nothing is signed here, TLS alone vouches."""
        other = reply.body.replace(b"NumSerieFactura>", b"NumSerieFactura>STRANGER/", 1)
        return replies.plain(reply.status, other, soap.MEDIA_TYPE)

    @override
    def compliance(self) -> dict[str, Any]:
        installed = self.judge.schemas.installed
        judged = {name: installed(name) for name in ("submission", "query")}
        return {**super().compliance(), "judged_by_schema": judged}

    @override
    def page(self, query: str) -> str:
        del query
        rows = [{**row, "class": row["state"]} for row in reversed(self.ledger.registered.rows())]
        columns = ("issuer", "number", "day", "state", "code", "amount", "at")
        return view.page(
            "VeriFactu",
            [
                ("Invoices", view.table(columns, reversed(self.ledger.invoices()))),
                ("Records", view.table(_COLUMNS, rows)),
                ("Counters", view.counters(self.book.counters())),
            ],
            under=_DISCLAIMER,
        )

    @override
    def deeds(self) -> Deeds:
        return {
            **super().deeds(),
            ("GET", "ledger"): lambda _, __: self._told(),
            ("PUT", "script"): lambda _, value: done(lambda: self._play(**value)),
        }

    def _told(self) -> dict[str, Any]:
        return {
            "records": self.ledger.registered.rows(),
            "invoices": self.ledger.invoices(),
            "counters": self.book.counters(),
        }

    def _play(self, **members: Any) -> None:  # noqa: ANN401 - of a `Script`
        self.judge.script = Script(**members)


def _fault(error: FaultError) -> Reply:
    return replies.plain(500, soap.fault(error.words, "Client"), soap.MEDIA_TYPE)


def _presenter(call: Call) -> str | None:
    """Return the NIF in the caller's certificate: `IDCES-89890001K`, `VATES-A39200019`."""
    if call.peer is None:
        return None
    subject = x509.load_der_x509_certificate(call.peer).subject
    for kind in (NameOID.ORGANIZATION_IDENTIFIER, NameOID.SERIAL_NUMBER):
        for one in subject.get_attributes_for_oid(kind):
            found = _NIF.fullmatch(str(one.value))
            if found is not None:
                return found[1]
    return None
