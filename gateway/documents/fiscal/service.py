"""Finds the scheme that an entity's settings name. A new one is a line in `SCHEMES`."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from countries.es.filing import finding
from formats.en16931 import Invoice
from formats.findings import Finding
from gateway.archive.service import Archive
from gateway.documents.earlier import NOTHING, Beside
from gateway.documents.fiscal.cis import CisScheme
from gateway.documents.fiscal.furs import FursScheme
from gateway.documents.fiscal.keys import ForPurpose, no_keys
from gateway.documents.fiscal.ksef import KSEF, KsefScheme
from gateway.documents.fiscal.sandbox import SandboxScheme
from gateway.documents.fiscal.scheme import Amends, Case, Duty, Scheme, Sealing, Tools
from gateway.documents.fiscal.verifactu import VerifactuScheme
from gateway.documents.fiscal.verifactu_chain import VERIFACTU
from gateway.documents.seat import Seat
from gateway.kinds import DocumentKind
from gateway.kit.tenancy import TenantTransaction
from gateway.transmissions.routes import ROUTES

SCHEMES: Mapping[str, Scheme] = MappingProxyType(
    {
        one.id: one
        for one in (SandboxScheme(), FursScheme(), CisScheme(), VerifactuScheme(), KsefScheme())
    }
)
"""All of them, by name."""

AMENDING: Mapping[str, Callable[[TenantTransaction, Case, Tools], Amends]] = MappingProxyType(
    {VERIFACTU: VerifactuScheme().amending, KSEF: KsefScheme().amending}
)
"""Those whose authorities take further records of a document, by name."""


@dataclass(frozen=True, slots=True)
class Fiscal:
    """The fiscal schemes of one process.

    Attributes:
        for_purpose: The vault.
        address: Tells where people find the authority behind a channel, for QR codes.
    """

    for_purpose: ForPurpose = no_keys
    address: Callable[[str], str] = "http://{}.invalid".format

    def begun(self, tx: TenantTransaction, case: Case | None, archive: Archive) -> Sealing | None:
        """Return how a document is to be recorded; None where no scheme asks for it.

        Raises:
            FiscalKeyProblem: No key can be used for it; or a problem of the vault that says so.
        """
        if case is None:
            return None
        tools = Tools(archive, self.for_purpose, self.address)
        return case.duty.scheme.begin(tx, case, tools)

    def amending(
        self, tx: TenantTransaction, case: Case | None, archive: Archive
    ) -> Amends | None:
        """Return what may be recorded of a document later; None where nothing may."""
        made = None if case is None else AMENDING.get(case.duty.scheme.id)
        if case is None or made is None:
            return None
        return made(tx, case, Tools(archive, self.for_purpose, self.address))


NOBODY = Fiscal()
"""Without a vault: entities that have no scheme issue, the others are told why not."""


def duty_of(seat: Seat, kind: DocumentKind) -> Duty | None:
    """Return by which scheme a document of a kind is recorded; None where none asks for it."""
    duty = _chosen(seat)
    return duty if duty is not None and duty.scheme.concerns(kind) else None


def case_of(  # noqa: PLR0913, PLR0917 - a document, and all that decides
    tx: TenantTransaction,
    seat: Seat,
    kind: DocumentKind,
    invoice: Invoice,
    now: datetime.datetime,
    beside: Beside = NOTHING,
) -> Case | None:
    """Return a document that is about to be recorded; None where no scheme asks for it.

    Args:
        tx: A transaction of its entity.
        seat: Who issues it.
        kind: What it is.
        invoice: What it says, with the number that is expected.
        now: The moment of issue.
        beside: What the invoice does not say.
    """
    duty = duty_of(seat, kind)
    if duty is None:
        return None
    replaces = beside.corrects and not kind.credits
    case = Case(duty, kind, seat, invoice, now, replaces, beside)
    return case if duty.scheme.wants(tx, case) else None


def unheard(seat: Seat, kind: DocumentKind, invoice: Invoice) -> tuple[Finding, ...]:
    """Return that a document says what only an authority would read, which is not told of it."""
    beside = None if invoice.extensions is None else invoice.extensions.spain
    duty = duty_of(seat, kind)
    if beside is None or (duty is not None and duty.scheme.id == VERIFACTU):
        return ()
    return (
        finding(
            "ES-11",
            "This is for the AEAT, which is not told of the document.",
            pointer="/extensions/spain",
            fix="Leave it out, or choose es-verifactu as the entity's fiscalization.",
        ),
    )


def on_paper(invoice: Invoice) -> Invoice:
    """Return an invoice as its document can say it: without what only an authority is told."""
    beside = invoice.extensions
    if beside is None or beside.spain is None:
        return invoice
    return invoice.model_copy(update={"extensions": beside.model_copy(update={"spain": None})})


def findings(tx: TenantTransaction, case: Case | None) -> tuple[Finding, ...]:
    """Return why the authority cannot be told of a document."""
    return () if case is None else case.duty.scheme.findings(tx, case)


def latest(seat: Seat, now: datetime.datetime) -> datetime.datetime | None:
    """Return by when the scheme's authority must have what is issued now; None without one.

    Until then it may be away, and a certificate that signs must outlast that.
    """
    duty = _chosen(seat)
    return None if duty is None else ROUTES[duty.channel].latest(now)


def _chosen(seat: Seat) -> Duty | None:
    named = (seat.settings.get("fiscalization") or {}).get("scheme")
    scheme = SCHEMES.get(named or "")
    if isinstance(scheme, VerifactuScheme):
        scheme = scheme.of(seat)
    channel = None if scheme is None else scheme.channels.get(seat.environment)
    return None if scheme is None or channel is None else Duty(scheme, channel)
