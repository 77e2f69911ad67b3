"""What the authority decides: each record taken, taken with remarks, or refused.

A whole request is turned away by a SOAP fault when its form or its header is wrong. Records are
judged one by one, in their order; a refused one keeps its place in its installation's chain, which
the AEAT does not hold against the next.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field

from lxml import etree

from gateway.sandbox.kit.clock import Ids
from gateway.sandbox.kit.compliance import Rulebook
from gateway.sandbox.verifactu import alta
from gateway.sandbox.verifactu.answers import Verdict, answered, line
from gateway.sandbox.verifactu.codes import ACCEPTED, OF_ELEMENT, REFUSED
from gateway.sandbox.verifactu.header import FaultError, Header
from gateway.sandbox.verifactu.ledger import Invoice, Ledger, key_of, owner_of
from gateway.sandbox.verifactu.record import LR, Record
from gateway.sandbox.verifactu.schema import Schemas

_MOST = 1000
_IDENTITY = frozenset({"1101", "1102", "1103", "1108", "1109", "1123", "1126", "1222"})
"""Codes that refuse a record also when the AEAT asked for it (4.3.2)."""


@dataclass(slots=True)
class Script:
    """What the control plane may change.

    Attributes:
        wait_seconds: What is commanded as TiempoEsperaEnvio.
        enforce: Turn away who comes before it is over.
        unknown: NIFs that are in no census.
        page: Invoices in an answer to a question.
    """

    wait_seconds: int = 0
    enforce: bool = False
    unknown: Collection[str] = ()
    page: int = 10_000


@dataclass(slots=True)
class Judge:
    """Decides.

    Attributes:
        ledger: What was decided before.
        rulebook: Counts what was judged.
        schemas: The AEAT's, where they are installed.
        ids: Makes CSVs and names of requests.
        script: What the control plane says.
    """

    ledger: Ledger
    rulebook: Rulebook
    schemas: Schemas
    ids: Ids
    script: Script = field(default_factory=Script)
    _free_at: dict[str, datetime.datetime] = field(default_factory=dict)

    def take(
        self,
        submission: etree._Element,
        presenter: str | None,
        now: datetime.datetime,
        *,
        demanded: bool,
        message_id: str,
    ) -> bytes:
        """Return the answer to a submission, in its envelope.

        Args:
            submission: RegFactuSistemaFacturacion.
            presenter: The NIF in the caller's certificate, where it names one.
            now: By the authority's clock.
            demanded: It came where records are sent that the AEAT asked for.
            message_id: The sender's name of it.

        Raises:
            FaultError: The whole request is turned away.
        """
        held = submission.findall(f"{{{LR}}}RegistroFactura")
        self._must("4114", kept=len(held) <= _MOST)
        wrong = self._shape(submission)
        header = Header.read(submission, self.rulebook, demanded=demanded)
        header.check(presenter, now, self.script.unknown)
        self._wait(header.seller, now)
        request = self.ids.of("request", etree.tostring(submission), now.isoformat())[:20]
        terms = alta.Terms(header.seller, now, self.script.unknown)
        verdicts = []
        for index, one in enumerate(held):  # the next one's chain and invoice depend on it
            verdict = self._judged(
                Record(one[0]), terms, request, wrong.get(index), demanded=demanded
            )
            self.ledger.enter(
                verdict.record,
                etree.tostring(line(verdict), encoding="unicode"),
                state=verdict.state,
                code=verdict.code,
                at=now.isoformat(),
                message_id=message_id,
            )
            verdicts.append(verdict)
        self._free_at[header.seller] = now + datetime.timedelta(seconds=self.script.wait_seconds)
        csv = f"A-{self.ids.of('csv', request)[:14].upper()}"
        return answered(
            header.node,
            verdicts,
            csv=csv,
            presenter=presenter or header.seller,
            now=now,
            wait=self.script.wait_seconds,
        )

    def _shape(self, submission: etree._Element) -> dict[int, str]:
        """Judge by the schema; return the code of each record that has a wrong value."""
        if not self.schemas.installed("submission"):
            return {}
        found = self.schemas.broken("submission", submission)
        self.rulebook.judged("XSD", kept=not found)
        for one in found:
            if one.structural or one.index is None:
                raise FaultError("4102", one.message, self.rulebook)
        return {
            one.index: OF_ELEMENT.get(one.element, "1100")
            for one in reversed(found)
            if one.index is not None
        }

    def _must(self, code: str, *, kept: bool) -> None:
        if not self.rulebook.judged(code, kept=kept):
            raise FaultError(code)

    def _wait(self, seller: str, now: datetime.datetime) -> None:
        free = self._free_at.get(seller)
        if self.script.enforce:
            self._must("4141", kept=free is None or now >= free)

    def _judged(
        self,
        record: Record,
        terms: alta.Terms,
        request: str,
        shape: str | None,
        *,
        demanded: bool,
    ) -> Verdict:
        owner = owner_of(record)
        last = self.ledger.last(owner)
        known = self.ledger.record(key_of(record))
        if known is None:
            follows = record.is_first if last is None else record.previous == last.digest
            self.rulebook.judged("CHAIN", kept=follows)
        stands = self.ledger.invoice(record.invoice)
        codes = [] if shape is None else [shape]
        codes += [] if shape is not None else list(alta.refusals(record, terms))
        again = known is not None and known.state == "accepted"
        if not codes and (code := _place(record, stands, again=again)):
            codes = [code]
        for code in dict.fromkeys(codes):
            self.rulebook.judged(code, kept=False)
        admitted = demanded and codes and codes[0] not in _IDENTITY and not again
        if codes and not admitted:
            doubled = stands if codes[0] in {"3000", "3001"} else None
            return Verdict(record, "Incorrecto", codes[0], REFUSED[codes[0]], doubled)
        remarks = codes or self._remarks(record, terms, first=last is None or known is not None)
        state, code = ("AceptadoConErrores", remarks[0]) if remarks else ("Correcto", "")
        self._stand(record, terms, request, code)
        return Verdict(record, state, code, {**REFUSED, **ACCEPTED}.get(code, ""))

    def _remarks(self, record: Record, terms: alta.Terms, *, first: bool) -> list[str]:
        found = list(alta.remarks(record, terms))
        if record.is_first and not first:
            found.append("2007")
        for code in ("2000", "2005", "2006", "2007"):
            self.rulebook.judged(code, kept=code not in found)
        for code in found:
            if code not in {"2000", "2005", "2006", "2007"}:
                self.rulebook.judged(code, kept=False)
        return found

    def _stand(self, record: Record, terms: alta.Terms, request: str, code: str) -> None:
        issuer, number, day = record.names
        before = self.ledger.invoice(record.invoice)
        state = "AceptadaConErrores" if code else "Correcta"
        month, amount = ("", "") if before is None else (before.month, before.amount)
        if record.is_alta:
            when = record.operation_day
            month = "" if when is None else f"{when:%Y-%m}"
            amount = record.text("ImporteTotal")
        elif before is None:
            when = record.day("IDFactura/FechaExpedicionFacturaAnulada")
            month = "" if when is None else f"{when:%Y-%m}"
        self.ledger.stand(
            Invoice(
                invoice=record.invoice,
                issuer=issuer,
                number=number,
                day=day,
                month=month,
                state=state if record.is_alta else "Anulada",
                code=code,
                request=request,
                key=key_of(record),
                at=terms.now.isoformat(),
                amount=amount,
            )
        )


def _place(record: Record, stands: Invoice | None, *, again: bool) -> str | None:
    """Return why a record does not fit what the AEAT has of the invoice: annexes 5.1 and 5.2.

    The very same record again is a duplicate also where another one would be taken, so that
    nobody has to fear for it: those tables do not speak of it.
    """
    if record.is_alta:
        if again:
            return "3000"
        mends, before = record.text("Subsanacion") == "S", record.text("RechazoPrevio")
        if not mends or before == "X":
            return None if stands is None else "3000"
        return "3002" if stands is None else None
    if again:
        return "3001"
    if record.text("SinRegistroPrevio") == "S":
        return None if stands is None else "3000"
    return "3002" if stands is None else None
