"""The log of events of a system that keeps its records (registro de eventos).

Each event names the one before, as records do, and is signed. It stands in a chain of its own for
each seller and installation: `es-verifactu-events/<NIF>/<installation>`. Sources: Real Decreto
1007/2023, artículo 8.3; Orden HAC/1177/2024, artículo 9; EventosSIF.xsd.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from zoneinfo import ZoneInfo

from countries.es.event_chain import event, sealed
from countries.es.program import Program
from formats.signatures.signer import Signer, SignerError
from formats.signatures.xml import SigningError
from formats.verifactu.events import (
    ClaveTipoEvento,
    DatosPropios,
    RegistroEvento,
    read_event,
    write_event,
)
from formats.verifactu.parties import PersonaES
from formats.verifactu.signing import sign_event
from formats.verifactu.values import Moment
from gateway.chains import about_nothing as logs
from gateway.chains import service as chains
from gateway.chains.service import Head, Link
from gateway.kit.tenancy import Environment, TenantTransaction
from gateway.verifactu.problems import EventUnsignedProblem

MADRID = ZoneInfo("Europe/Madrid")

SCHEMES: Mapping[str, Environment] = MappingProxyType(
    {"es-verifactu-events": "live", "es-verifactu-test-events": "sandbox"}
)
"""What the keys of these chains begin with."""

KINDS: Mapping[ClaveTipoEvento, str] = MappingProxyType(
    {
        "01": "event-begin",
        "02": "event-end",
        "03": "event-check",
        "04": "event-anomaly",
        "05": "event-log-check",
        "06": "event-log-anomaly",
        "07": "event-restore",
        "08": "event-export",
        "09": "event-log-export",
        "10": "event-summary",
        "90": "event-other",
    }
)
"""What each type of event (L2E) is called in its chain."""

BEGIN, END, SUMMARY = KINDS["01"], KINDS["02"], KINDS["10"]

Own = Callable[[Head], DatosPropios | None]


@dataclass(frozen=True, slots=True)
class Book:
    """The log of one seller and installation.

    Attributes:
        program: Which keeps it.
        seller: Whose records it is about.
        owner: NIF and installation.
        environment: Of the entity.
        signer: Finds the key, when it is needed.
    """

    program: Program
    seller: PersonaES
    owner: str
    environment: Environment
    signer: Callable[[], Signer]

    @property
    def key(self) -> str:
        """The chain of events."""
        return f"{self._scheme}-events/{self.owner}"

    @property
    def records(self) -> str:
        """The chain of records."""
        return f"{self._scheme}/{self.owner}"

    @property
    def _scheme(self) -> str:
        return "es-verifactu" if self.environment == "live" else "es-verifactu-test"


def append(  # noqa: PLR0913 - what an event says
    tx: TenantTransaction,
    book: Book,
    kind: ClaveTipoEvento,
    now: datetime.datetime,
    *,
    own: Own = lambda _: None,
    other: str | None = None,
) -> RegistroEvento:
    """Add an event to a log, signed.

    Args:
        tx: Of the entity.
        book: Its log.
        kind: What happened.
        now: When.
        own: What events of the kind say, once their place is known.
        other: What else there is to say, 100 characters.

    Raises:
        FiscalKeyProblem: No key can sign it; or a problem of the vault that says so.
        EventUnsignedProblem: The key refused.
        ChainHaltedProblem, ChainOwnerProblem, ClockSetBackProblem: As `chains.extend`.
    """
    signer = book.signer()
    made: list[RegistroEvento] = []

    def build(head: Head) -> Link:
        before = None if head.record_id is None else chains.record(tx, head.record_id)
        moment = Moment.of(head.at.astimezone(MADRID))
        said = event(kind, book.program, book.seller, moment, own=own(head), other=other)
        one = sealed(said, None if before is None else read_event(before.record))
        try:
            content = sign_event(write_event(one), signer, at=head.at)
        except (SigningError, SignerError) as error:
            raise EventUnsignedProblem(str(error)) from error
        made.append(one)
        return Link(one.Evento.HuellaEvento, content)

    chains.extend(
        tx,
        book.key,
        owner=book.owner,
        document_id=None,
        now=now,
        build=build,
        kind=KINDS[kind],
    )
    return made[0]


def is_open(tx: TenantTransaction, book: Book) -> bool:
    """Tell whether the system keeps its records, as its log says: it began, and has not ended."""
    row = chains.current(tx, book.key)
    if row is None:
        return False
    last = logs.backwards(tx, row.id, (BEGIN, END))
    return bool(last) and last[0].kind == BEGIN


def follow(tx: TenantTransaction, book: Book, now: datetime.datetime, *, sends: bool) -> None:
    """Let the log say that records are kept from now on (01), or sent again (02).

    Raises:
        FiscalKeyProblem, EventUnsignedProblem, ChainHaltedProblem, ChainOwnerProblem,
            ClockSetBackProblem: As `append`.
    """
    if sends is is_open(tx, book):
        append(tx, book, "02" if sends else "01", now)
