"""Records that the AEAT demands of a system that keeps them (remisión por requerimiento).

They travel as they are held, signed, at most a thousand at once, behind a header that names the
demand; the last request says that nothing follows. Sources: Orden HAC/1177/2024, artículo 12;
SuministroLR.xsd (RemisionRequerimiento); Validaciones y errores 1.0.9, section 4.3.2.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from formats.verifactu import soap
from formats.verifactu.names import MOST_RECORDS
from formats.verifactu.parties import PersonaES
from formats.verifactu.reading import is_sent
from formats.verifactu.response import Respuesta
from formats.verifactu.submission import Cabecera, Requerimiento, signed
from gateway.chains.service import RecordRow
from gateway.channels.es_verifactu import EsVerifactu
from gateway.channels.places import UnknownPlaceError, place
from gateway.kit.database import Database
from gateway.kit.tenancy import Tenant
from gateway.settings import Settings
from gateway.signing.service import Vault
from gateway.transmissions.adapter import Credential
from gateway.transmissions.errors import Refused, TransmissionError
from gateway.verifactu import log
from gateway.verifactu.books import own_book
from gateway.verifactu.exports import Span, held
from gateway.verifactu.log import Book
from gateway.verifactu.problems import (
    DemandRefusedProblem,
    DemandUnknownProblem,
    ExportEmptyProblem,
)

_PURPOSE = "client-tls"
_OTHER = 100


@dataclass(frozen=True, slots=True)
class Demand:
    """What the AEAT asked for.

    Attributes:
        reference: What it calls its demand (RefRequerimiento).
        span: Of which days.
        last: Nothing follows (FinRequerimiento).
    """

    reference: str
    span: Span
    last: bool


def requests(seller: PersonaES, demand: Demand, rows: Sequence[RecordRow]) -> Iterator[bytes]:
    """Yield the requests that carry records, each in its envelope, in their order.

    What was sent when it was made is left out: the AEAT has it.

    Raises:
        ExportEmptyProblem: Nothing is left.
    """
    kept = [one.record for one in rows if not is_sent(one.record)]
    if not kept:
        raise ExportEmptyProblem
    parts = [kept[at : at + MOST_RECORDS] for at in range(0, len(kept), MOST_RECORDS)]
    for number, part in enumerate(parts, start=1):
        ends = demand.last and number == len(parts)
        asked = Requerimiento(
            RefRequerimiento=demand.reference, FinRequerimiento="S" if ends else None
        )
        header = Cabecera(ObligadoEmision=seller, RemisionRequerimiento=asked)
        yield soap.envelope(signed(header, *part).decode())


@dataclass(frozen=True, slots=True)
class _Ready:
    book: Book
    requests: tuple[bytes, ...]
    credential: Credential


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends what the AEAT demands, while the caller waits.

    Attributes:
        settings: Where the AEAT is.
        database: Where the records are.
        vault: The keys.
    """

    settings: Settings
    database: Database
    vault: Vault

    def send(self, tenant: Tenant, demand: Demand, now: datetime.datetime) -> list[dict[str, Any]]:
        """Send the records of a demand and return what the AEAT said to each request, as JSON.

        No transaction is open while it is asked; the log tells afterwards what was sent.

        Raises:
            ExportEmptyProblem, ExportTooLongProblem, VerifactuSchemeProblem: Nothing can be sent.
            KeyUnusableProblem: Nobody can connect.
            DemandRefusedProblem, DemandUnknownProblem: What came of it; what went before it is
                with the AEAT.
        """
        with self.database.transaction(tenant, read_only=True) as tx:
            book = own_book(tx, self.vault.for_purpose, now)
            rows = held(tx, book.records, demand.span)
            made = tuple(requests(book.seller, demand, rows))
            ready = _Ready(book, made, self.vault.credential(tx, _PURPOSE, at=now))
        adapter = self._adapter(book)
        answers = [_sent(adapter, content, ready.credential) for content in ready.requests]
        with self.database.transaction(tenant) as tx:
            again = own_book(tx, self.vault.for_purpose, now)
            if log.is_open(tx, again):
                said = f"Remisión por requerimiento {demand.reference}"
                log.append(tx, again, "90", now, other=said[:_OTHER])
        return [_told(one) for one in answers]

    def _adapter(self, book: Book) -> EsVerifactu:
        channel = book.records.partition("/")[0]
        try:
            return EsVerifactu.open(place(self.settings, channel))
        except (UnknownPlaceError, OSError, ValueError) as error:
            raise DemandUnknownProblem("unknown_place", f"{error}.") from error


def _sent(adapter: EsVerifactu, content: bytes, credential: Credential) -> Respuesta:
    request = adapter.on_demand(content, credential)
    try:
        return adapter.demanded(adapter.send(request))
    except Refused as error:
        raise DemandRefusedProblem(error.reason, error.detail) from error
    except TransmissionError as error:
        raise DemandUnknownProblem(error.reason, error.detail) from error


def _told(said: Respuesta) -> dict[str, Any]:
    return {
        "csv": said.CSV,
        "state": said.EstadoEnvio,
        "records": [
            {
                "number": one.IDFactura.NumSerieFactura,
                "operation": one.Operacion.TipoOperacion,
                "state": one.EstadoRegistro,
                "code": None if one.CodigoErrorRegistro is None else str(one.CodigoErrorRegistro),
                "detail": one.DescripcionErrorRegistro,
            }
            for one in said.RespuestaLinea
        ],
    }
