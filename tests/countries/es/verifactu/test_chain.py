from dataclasses import replace
from decimal import Decimal

from countries.es.chain import breaks, input_of, sealed
from formats.verifactu.records import FacturaAnulada, Registro, RegistroAnulacion
from formats.verifactu.values import Moment
from tests.formats.verifactu.records import NIF, SISTEMA, alta


def _chain() -> list[Registro]:
    first = sealed(alta(), None)
    named = first.IDFactura
    second = sealed(
        alta(
            IDFactura=replace(named, NumSerieFactura="A/2"),
            FechaHoraHusoGenRegistro=Moment("2026-11-22T09:31:00+01:00"),
        ),
        first,
    )
    gone = RegistroAnulacion(
        IDFactura=FacturaAnulada(
            IDEmisorFacturaAnulada=NIF,
            NumSerieFacturaAnulada="A/2",
            FechaExpedicionFacturaAnulada=named.FechaExpedicionFactura,
        ),
        Encadenamiento=first.Encadenamiento,
        SistemaInformatico=SISTEMA,
        FechaHoraHusoGenRegistro=Moment("2026-11-22T08:32:00Z"),
        Huella="",
    )
    third = sealed(gone, second)
    return [
        first,
        second,
        third,
        sealed(alta(FechaHoraHusoGenRegistro=gone.FechaHoraHusoGenRegistro), third),
    ]


def _found(records: list[Registro]) -> list[tuple[int, str]]:
    return [(one.index, one.reason) for one in breaks(records)]


def test_records_of_both_kinds_follow_each_other() -> None:
    records = _chain()
    assert _found(records) == []
    assert records[0].Encadenamiento.PrimerRegistro == "S"
    link = records[3].Encadenamiento.RegistroAnterior
    assert link is not None
    assert (link.NumSerieFactura, link.Huella) == ("A/2", records[2].Huella)
    assert input_of(records[1]).text().count(records[0].Huella) == 1


def test_whatever_is_changed_afterwards_shows() -> None:
    records = _chain()
    changed = alta(ImporteTotal=Decimal(1))
    forged = replace(changed, Encadenamiento=records[0].Encadenamiento, Huella=records[0].Huella)
    assert _found([forged, *records[1:]]) == [(0, "huella")]
    assert _found([records[0], *records[2:]]) == [(1, "link")]
    assert _found(records[1:]) == [(0, "first")]
    assert _found([records[0], records[0]]) == [(1, "first")]
    early = sealed(alta(FechaHoraHusoGenRegistro=Moment("2026-11-22T09:29:59+01:00")), records[0])
    assert _found([records[0], early]) == [(1, "time")]
