"""Bugs to be planted in gateways that tell authorities of invoices, one for each authority.

Those of the engine are in `plants` and `world_plants`.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from countries.si.protection import protected
from formats.furs import InvoiceRequest
from formats.furs.frozen import frozen
from formats.furs.messages import read_json
from formats.hr_cis.answers import opened
from formats.hr_cis.messages import InvoiceResponse
from formats.verifactu.records import Registro
from gateway.chains.service import Head
from gateway.channels import hr_cis, si_furs
from gateway.channels.pl_ksef import enquiries
from gateway.documents.fiscal import verifactu_chain
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.adapter import Acknowledgement, Answer, Message, Request
from tests.chaos.proxy import Mode
from tests.chaos.stage import Json


@dataclass(frozen=True)
class TradePlant:
    """A bug.

    Attributes:
        what: In words.
        apply: Plants it in this process, for good.
        channel: Whose documents it harms.
        turn: What is asked for, so that it does; see `Trade.orders`.
        fault: What the authority does then.
        mode: How the API is struck at its COMMIT, if it is.
    """

    what: str
    apply: Callable[[], None]
    channel: str
    turn: int = 0
    fault: Json | None = None
    mode: Mode | None = None


def _another_moment() -> None:
    """Tell FURS at every attempt that the invoice was issued now, with a ZOI that fits."""
    prepare = si_furs.SiFurs.prepare

    def anew(self: si_furs.SiFurs, message: Message) -> Request:
        request = read_json(message.payload)
        if message.attempt > 1 and message.credential and isinstance(request, InvoiceRequest):
            assert request.invoice is not None
            later = request.invoice.issued_at + datetime.timedelta(seconds=message.attempt)
            invoice = replace(request.invoice, issued_at=later)
            signed = protected(invoice, message.credential.signer.sign)
            message = replace(message, payload=frozen(signed))
        return prepare(self, message)

    si_furs.SiFurs.prepare = anew  # type: ignore[method-assign] # the plant


def _any_answer() -> None:
    """Believe what CIS signed, whatever message it is about."""

    def said(self: hr_cis.HrCis, message: Message, answer: Answer) -> InvoiceResponse:
        del message
        return opened(answer.body, self._authority, self._clock())

    hr_cis.HrCis._said = said  # type: ignore[method-assign] # the plant


def _predecessor_kept() -> None:
    """Remember the last record that was made, and link the next one to it, committed or not."""
    last: list[Registro] = []
    read, seal = verifactu_chain._before, verifactu_chain._sealed

    def before(tx: TenantTransaction, chain_key: str, head: Head) -> Registro | None:
        return last[-1] if last else read(tx, chain_key, head)

    def sealed(record: Registro, previous: Registro | None) -> Registro:
        last.append(seal(record, previous))
        return last[-1]

    verifactu_chain._before = before
    verifactu_chain._sealed = sealed


def _duplicate_is_ours() -> None:
    """Take the original of a duplicate for ours without looking at it."""

    def believed(
        self: enquiries.Enquiries,
        message: Message,
        blank: Request,
        found: Any,  # noqa: ANN401 - an invoice in a session
    ) -> Acknowledgement:
        del message
        known = found.status.status.extensions
        session, number = known["originalSessionReferenceNumber"], known["originalKsefNumber"]
        sealed = self._known(blank, f"/sessions/{session}/invoices/ksef/{number}/upo")
        seen = self._seal.opened(sealed.body, self._clock())
        (entry,) = [one for one in seen.entries if one.ksef_number == number]
        return self._cleared(found, entry, sealed)

    enquiries.Enquiries._duplicate = believed  # type: ignore[method-assign] # the plant


TRADES: Mapping[str, TradePlant] = {
    "another moment": TradePlant(
        "what FURS did not get is sent again with a new moment and a new ZOI",
        _another_moment,
        si_furs.TEST_CHANNEL,
        fault={"fault": "drop_before_accept", "nth": 1, "count": 1, "where": "invoices"},
    ),
    "any answer": TradePlant(
        "CIS's answer about another invoice is believed",
        _any_answer,
        hr_cis.TEST_CHANNEL,
        fault={"fault": "foreign_answer", "nth": 1, "count": 1, "where": "racuni"},
    ),
    "predecessor kept": TradePlant(
        "a record of VeriFactu names one that was never committed",
        _predecessor_kept,
        "es-verifactu-test",
        mode=Mode.CUT_BEFORE,
    ),
    "duplicate is ours": TradePlant(
        "the number that KSeF gave another invoice is taken for our own",
        _duplicate_is_ours,
        "pl-ksef-test",
        turn=2,
    ),
}
