"""VeriFactu as a party of the suite."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
from stdnum.es import dni
from typing_extensions import override

from countries.es.chain import UNSEALED, sealed
from formats.verifactu.parties import PersonaES, Sistema
from formats.verifactu.records import Cadena, Detalle, Factura, RegistroAlta
from formats.verifactu.submission import Cabecera, read_submission, written
from formats.verifactu.values import Moment
from gateway.channels.es_verifactu import CHANNEL, TEST_CHANNEL, EsVerifactu
from gateway.channels.places import Place
from gateway.channels.wire import Wire
from gateway.kit.clock import now
from gateway.sandbox.verifactu.office import Office
from gateway.transmissions.adapter import Message
from tests.contract_suite.authority import Key
from tests.contract_suite.local import Registering, enclosed, two_doors
from tests.contract_suite.party import PATIENCE

SYSTEM = Sistema(
    NombreRazon="Software, S.L.",
    NIF="B12345674",
    NombreSistemaInformatico="Gateway",
    IdSistemaInformatico="GW",
    Version="1.0",
    NumeroInstalacion="1",
    TipoUsoPosibleSoloVerifactu="S",
    TipoUsoPosibleMultiOT="S",
    IndicadorMultiplesOT="S",
)


def a_nif() -> str:
    """Return a NIF of right form, by chance."""
    number = f"{secrets.randbelow(10**8):08}"
    return number + dni.calc_check_digit(number)


def sale(**members: Any) -> RegistroAlta:  # noqa: ANN401 - of a `RegistroAlta`
    """Return the first record of a new seller: a simplified invoice of 121 euros."""
    moment = now()
    usual: dict[str, Any] = {
        "IDFactura": Factura(
            IDEmisorFactura=a_nif(),
            NumSerieFactura=f"T/{secrets.token_hex(6)}",
            FechaExpedicionFactura=moment.date(),
        ),
        "NombreRazonEmisor": "Una empresa",
        "TipoFactura": "F2",
        "DescripcionOperacion": "Venta",
        "Desglose": (
            Detalle(
                ClaveRegimen="01",
                CalificacionOperacion="S1",
                TipoImpositivo=Decimal(21),
                BaseImponibleOimporteNoSujeto=Decimal(100),
                CuotaRepercutida=Decimal(21),
            ),
        ),
        "CuotaTotal": Decimal(21),
        "ImporteTotal": Decimal(121),
        "Encadenamiento": Cadena(PrimerRegistro="S"),
        "SistemaInformatico": SYSTEM,
        "FechaHoraHusoGenRegistro": Moment.of(moment),
        "Huella": UNSEALED,
    }
    return sealed(RegistroAlta(**{**usual, **members}), None)


def record_in(message: Message) -> RegistroAlta:
    """Return what a message carries."""
    (record,) = read_submission(message.payload).records
    assert isinstance(record, RegistroAlta)
    return record


class VerifactuParty(Registering):
    """The adapter, and a local AEAT which does as it is told."""

    name = CHANNEL
    enquiries = "queries"
    can = frozenset({"asks", "conflicts", "faults", "revocation"})

    def __init__(
        self, url: str, records: str, trust: Path, directory: Path, client: httpx2.Client
    ) -> None:
        self.url, self._records, self._trust = url, records, trust
        self._client = client
        self.credential = Key.enrolled(url, "client-tls", directory, client)
        self.adapter: Any = self.adapter_to()

    @override
    def adapter_to(self, url: str | None = None, *, seconds: float = PATIENCE) -> EsVerifactu:
        place = Place(
            channel=TEST_CHANNEL, url=url or self._records, shown=self.url, trust=self._trust
        )
        wire = Wire(trust=self._trust, total_seconds=seconds, connect_seconds=PATIENCE)
        return EsVerifactu.open(place, wire=wire)

    @override
    def message(self) -> Message:
        return self.carrying(sale())

    @override
    def refused(self) -> Message:
        return self.carrying(sale(TipoFactura="F1"))  # without its recipient

    @override
    def conflicting(self, message: Message) -> Message:
        known = record_in(message)
        return self.carrying(
            sealed(replace(known, DescripcionOperacion="Otra", CuotaTotal=Decimal(20)), None)
        )

    def carrying(self, record: RegistroAlta, **members: Any) -> Message:  # noqa: ANN401 - of a `Message`
        """Return a message that carries a record."""
        header = Cabecera(
            ObligadoEmision=PersonaES(
                NombreRazon=record.NombreRazonEmisor, NIF=record.IDFactura.IDEmisorFactura
            )
        )
        sent = {"credential": self.credential} | members
        return enclosed(written(header, record), CHANNEL, sent)

    @override
    def rows(self, message: Message) -> list[dict[str, Any]]:
        digest = record_in(message).Huella
        return [one for one in self.shown("ledger")["records"] if one["digest"] == digest]


@contextmanager
def local_verifactu(directory: Path) -> Iterator[VerifactuParty]:
    """Run an authority with its two doors."""
    with two_doors(Office(directory)) as (url, records, client):
        yield VerifactuParty(url, records, directory / "ca.pem", directory, client)
