"""By when authorities must have what they are sent, in the words of `countries.calendars`.

Adapters take their patience from here; `docs/deadlines.md` shows the table. Durations are the
law's, as our sources tell it: the confidence of each says how far to trust that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from countries.calendars import DayOfNextMonth, Span, WorkingDays
from countries.sources import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One duty with an end.

    Attributes:
        id: Our stable name.
        authority: Who waits, or who answers.
        what: What must be done.
        since: From when it counts.
        span: How long.
        confidence: How well it is known.
        note: What the sources leave open.
    """

    id: str
    authority: str
    what: str
    since: str
    span: Span
    confidence: Confidence
    note: str = ""


_TERMS = (
    Term(
        id="si-furs-subsequent",
        authority="FURS (SI)",
        what="verify invoices issued without connection",
        since="the issue of the invoice",
        span=WorkingDays("SI", "Europe/Ljubljana", 2),
        confidence=Confidence.M,
        note="not found in the technical documentation 1.3",
    ),
    Term(
        id="hr-cis-subsequent",
        authority="CIS (HR)",
        what="fiscalize invoices issued without connection",
        since="the issue of the invoice",
        span=WorkingDays("HR", "Europe/Zagreb", 2),
        confidence=Confidence.M,
    ),
    Term(
        id="hr-cis-device-broken",
        authority="CIS (HR)",
        what="fiscalize invoices issued while the device was broken",
        since="the issue of the invoice",
        span=WorkingDays("HR", "Europe/Zagreb", 5),
        confidence=Confidence.M,
    ),
    Term(
        id="hr-received",
        authority="Fiskalizacija 2.0 (HR)",
        what="report a received invoice",
        since="its receipt",
        span=WorkingDays("HR", "Europe/Zagreb", 5),
        confidence=Confidence.M,
    ),
    Term(
        id="it-sdi-after-scarto",
        authority="SdI (IT)",
        what="send a refused invoice again under the same number",
        since="the notification of refusal",
        span=timedelta(days=5),
        confidence=Confidence.M,
    ),
    Term(
        id="it-sdi-immediate",
        authority="SdI (IT)",
        what="transmit an immediate invoice",
        since="the supply",
        span=timedelta(days=12),
        confidence=Confidence.C,
    ),
    Term(
        id="es-sii",
        authority="SII (ES)",
        what="report an invoice",
        since="its issue",
        span=timedelta(days=4),
        confidence=Confidence.M,
        note="the law leaves out Saturdays, Sundays and national holidays",
    ),
    Term(
        id="pl-ksef-offline24",
        authority="KSeF (PL)",
        what="send invoices issued offline",
        since="the issue of the invoice",
        span=WorkingDays("PL", "Europe/Warsaw", 1),
        confidence=Confidence.M,
    ),
    Term(
        id="pl-ksef-outage",
        authority="KSeF (PL)",
        what="send invoices issued during an announced outage",
        since="the end of the outage",
        span=WorkingDays("PL", "Europe/Warsaw", 7),
        confidence=Confidence.M,
    ),
    Term(
        id="hu-nav",
        authority="NAV (HU)",
        what="report an invoice after a failure of the system",
        since="the issue of the invoice",
        span=timedelta(hours=24),
        confidence=Confidence.M,
    ),
    Term(
        id="ro-anaf",
        authority="ANAF (RO)",
        what="transmit an invoice",
        since="its issue",
        span=timedelta(days=5),
        confidence=Confidence.C,
        note="calendar or working days: the sources differ",
    ),
    Term(
        id="sa-zatca-reporting",
        authority="ZATCA (SA)",
        what="report a simplified invoice",
        since="its issue",
        span=timedelta(hours=24),
        confidence=Confidence.M,
    ),
    Term(
        id="mx-cfdi",
        authority="PAC (MX)",
        what="have a CFDI stamped",
        since="its issue",
        span=timedelta(hours=72),
        confidence=Confidence.M,
    ),
    Term(
        id="my-myinvois-cancel",
        authority="MyInvois (MY)",
        what="cancel or reject a document",
        since="its validation",
        span=timedelta(hours=72),
        confidence=Confidence.M,
    ),
    Term(
        id="pt-at-monthly",
        authority="AT (PT)",
        what="report the invoices of a month",
        since="that month",
        span=DayOfNextMonth("Europe/Lisbon", 5),
        confidence=Confidence.M,
    ),
    Term(
        id="peppol-mls-sent",
        authority="Peppol",
        what="send the Message Level Status",
        since="the receipt of the message",
        span=timedelta(minutes=20),
        confidence=Confidence.B,
    ),
    Term(
        id="peppol-mls-received",
        authority="Peppol",
        what="have the Message Level Status at the sender's access point",
        since="the receipt of the message",
        span=timedelta(minutes=25),
        confidence=Confidence.B,
    ),
)

TERMS: Mapping[str, Term] = MappingProxyType({term.id: term for term in _TERMS})
"""Every term, by id."""
