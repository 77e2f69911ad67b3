"""A taxpayer who makes records by the published rule alone, and the local AEAT that it tells."""

import datetime
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from lxml import etree

from gateway.sandbox.kit.door import running
from gateway.sandbox.verifactu.office import SERVICE, Office
from gateway.sandbox.verifactu.schema import Schemas

BASE = (
    "https://www2.agenciatributaria.gob.es/static_files/common/internet/dep/aplicaciones"
    "/es/aeat/tike/cont/ws/"
)
NIF, OTHER = "89890001K", "B12345674"
NOW = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
LINE = (
    "<ClaveRegimen>01</ClaveRegimen><CalificacionOperacion>S1</CalificacionOperacion>"
    "<TipoImpositivo>21</TipoImpositivo>"
    "<BaseImponibleOimporteNoSujeto>100</BaseImponibleOimporteNoSujeto>"
    "<CuotaRepercutida>21</CuotaRepercutida>"
)
TO = f"<NombreRazon>Cliente</NombreRazon><NIF>{OTHER}</NIF>"


@dataclass
class Seller:
    """Makes records by the published rule alone, one after the other."""

    number: int = 0
    last: tuple[str, str, str] | None = None
    nif: str = NIF
    made: list[str] = field(default_factory=list)

    def alta(self, number: str | None = None, **members: str) -> str:
        self.number += 1
        values = {
            "number": number or f"A/{self.number}",
            "day": "22-11-2026",
            "sort": "F1",
            "way": "",
            "references": "",
            "operation": "",
            "flags": "",
            "to": f"<Destinatarios><IDDestinatario>{TO}</IDDestinatario></Destinatarios>",
            "lines": f"<DetalleDesglose>{LINE}</DetalleDesglose>",
            "tax": "21",
            "total": "121",
            "mends": "",
            "system": "GW",
            "at": f"2026-11-22T09:{self.number:02}:00+01:00",
            "issuer": self.nif,
        } | members
        text = (
            f"IDEmisorFactura={values['issuer']}&NumSerieFactura={values['number']}"
            f"&FechaExpedicionFactura={values['day']}&TipoFactura={values['sort']}"
            f"&CuotaTotal={values['tax']}&ImporteTotal={values['total']}"
            f"&Huella={self.last[2] if self.last else ''}"
            f"&FechaHoraHusoGenRegistro={values['at']}"
        )
        huella = members.get("huella") or hashlib.sha256(text.encode()).hexdigest().upper()
        record = (
            "<RegistroAlta><IDVersion>1.0</IDVersion><IDFactura>"
            f"<IDEmisorFactura>{values['issuer']}</IDEmisorFactura>"
            f"<NumSerieFactura>{values['number']}</NumSerieFactura>"
            f"<FechaExpedicionFactura>{values['day']}</FechaExpedicionFactura></IDFactura>"
            f"<NombreRazonEmisor>Una empresa</NombreRazonEmisor>{values['mends']}"
            f"<TipoFactura>{values['sort']}</TipoFactura>{values['way']}{values['references']}"
            f"{values['operation']}<DescripcionOperacion>Venta</DescripcionOperacion>"
            f"{values['flags']}{values['to']}<Desglose>{values['lines']}</Desglose>"
            f"<CuotaTotal>{values['tax']}</CuotaTotal>"
            f"<ImporteTotal>{values['total']}</ImporteTotal>"
            f"{self._end(values['system'], values['at'], huella)}</RegistroAlta>"
        )
        self.last = (values["number"], values["day"], huella)
        return record

    def anulacion(self, number: str, *, more: str = "", day: str = "22-11-2026") -> str:
        self.number += 1
        at = f"2026-11-22T09:{self.number:02}:00+01:00"
        text = (
            f"IDEmisorFacturaAnulada={self.nif}&NumSerieFacturaAnulada={number}"
            f"&FechaExpedicionFacturaAnulada={day}"
            f"&Huella={self.last[2] if self.last else ''}&FechaHoraHusoGenRegistro={at}"
        )
        huella = hashlib.sha256(text.encode()).hexdigest().upper()
        record = (
            "<RegistroAnulacion><IDVersion>1.0</IDVersion><IDFactura>"
            f"<IDEmisorFacturaAnulada>{self.nif}</IDEmisorFacturaAnulada>"
            f"<NumSerieFacturaAnulada>{number}</NumSerieFacturaAnulada>"
            f"<FechaExpedicionFacturaAnulada>{day}</FechaExpedicionFacturaAnulada></IDFactura>"
            f"{more}{self._end('GW', at, huella)}</RegistroAnulacion>"
        )
        self.last = (number, day, huella)
        return record

    def _end(self, system: str, at: str, huella: str) -> str:
        link = "<PrimerRegistro>S</PrimerRegistro>"
        if self.last is not None:
            number, day, before = self.last
            link = (
                f"<RegistroAnterior><IDEmisorFactura>{self.nif}</IDEmisorFactura>"
                f"<NumSerieFactura>{number}</NumSerieFactura>"
                f"<FechaExpedicionFactura>{day}</FechaExpedicionFactura>"
                f"<Huella>{before}</Huella></RegistroAnterior>"
            )
        return (
            f"<Encadenamiento>{link}</Encadenamiento><SistemaInformatico>"
            f"<NombreRazon>Software</NombreRazon><NIF>{OTHER}</NIF>"
            "<NombreSistemaInformatico>Gateway</NombreSistemaInformatico>"
            f"<IdSistemaInformatico>{system}</IdSistemaInformatico><Version>1</Version>"
            "<NumeroInstalacion>1</NumeroInstalacion>"
            "<TipoUsoPosibleSoloVerifactu>S</TipoUsoPosibleSoloVerifactu>"
            "<TipoUsoPosibleMultiOT>S</TipoUsoPosibleMultiOT>"
            "<IndicadorMultiplesOT>N</IndicadorMultiplesOT></SistemaInformatico>"
            f"<FechaHoraHusoGenRegistro>{at}</FechaHoraHusoGenRegistro>"
            f"<TipoHuella>01</TipoHuella><Huella>{huella}</Huella>"
        )


def envelope(body: str) -> bytes:
    return (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/><s:Body>'
        f"{body}</s:Body></s:Envelope>"
    ).encode()


def submission(*records: str, nif: str = NIF, head: str = "") -> bytes:
    held = "".join(
        f'<l:RegistroFactura><r xmlns="{BASE}SuministroInformacion.xsd">{one}</r>'
        "</l:RegistroFactura>"
        for one in records
    )
    held = held.replace(f'<r xmlns="{BASE}SuministroInformacion.xsd">', "").replace("</r>", "")
    held = held.replace("<Registro", f'<Registro_ xmlns="{BASE}SuministroInformacion.xsd"')
    for kind in ("Alta", "Anulacion"):
        held = held.replace(
            f'<Registro_ xmlns="{BASE}SuministroInformacion.xsd"{kind}>',
            f'<Registro{kind} xmlns="{BASE}SuministroInformacion.xsd">',
        )
    held = held.replace(
        f'<Registro_ xmlns="{BASE}SuministroInformacion.xsd"Anterior>', "<RegistroAnterior>"
    )
    return envelope(
        f'<l:RegFactuSistemaFacturacion xmlns:l="{BASE}SuministroLR.xsd"'
        f' xmlns:i="{BASE}SuministroInformacion.xsd"><l:Cabecera><i:ObligadoEmision>'
        f"<i:NombreRazon>Una empresa</i:NombreRazon><i:NIF>{nif}</i:NIF></i:ObligadoEmision>"
        f"{head}</l:Cabecera>{held}</l:RegFactuSistemaFacturacion>"
    )


@dataclass
class Aeat:
    """The authority and a client of its own."""

    url: str
    office: Office
    client: httpx2.Client

    def send(self, content: bytes, path: str = SERVICE) -> etree._Element:
        answer = self.client.post(self.url + path, content=content)
        return etree.fromstring(answer.content)[1][0]

    def codes(self, *records: str, path: str = SERVICE, head: str = "") -> list[str]:
        return [line[1] for line in self.lines(*records, path=path, head=head)]

    def states(self, *records: str) -> list[str]:
        return [line[0] for line in self.lines(*records)]

    def lines(
        self, *records: str, path: str = SERVICE, head: str = ""
    ) -> list[tuple[str, str, str]]:
        answer = self.send(submission(*records, head=head), path)
        return [
            (
                one.findtext("{*}EstadoRegistro") or "",
                one.findtext("{*}CodigoErrorRegistro") or "",
                one.findtext("{*}RegistroDuplicado/{*}EstadoRegistroDuplicado") or "",
            )
            for one in answer.findall("{*}RespuestaLinea")
        ]

    def fault(self, content: bytes, path: str = SERVICE) -> str:
        answer = self.send(content, path)
        assert answer.tag.endswith("Fault"), etree.tostring(answer)  # type: ignore[union-attr, arg-type]
        return (answer.findtext("faultstring") or "")[7:11]

    def script(self, **members: Any) -> None:  # noqa: ANN401 - of a script
        answer = self.client.put(f"{self.url}/__sandbox/script", json=members)
        assert answer.status_code == 200


@contextmanager
def opened(directory: Path, schemas: Schemas) -> Iterator[Aeat]:
    office = Office(directory, schemas, mutual_tls=False)
    office.clock.set(stopped_at=NOW.isoformat())
    with running(office) as door, httpx2.Client(trust_env=False, timeout=10) as client:
        yield Aeat(door.url, office, client)
    office.book.close()
