"""Records of VeriFactu in their chain: each is sealed with the huella that the next one names.

The chain belongs to a seller and an installation of a program; registrations and cancellations
stand in it in the order they are made, also those that the AEAT refuses.
"""

from dataclasses import dataclass, replace
from typing import TypeVar

from countries.es.huella import AltaInput, AnulacionInput, HuellaInput
from formats.verifactu.records import (
    Anterior,
    Cadena,
    Registro,
    RegistroAlta,
    RegistroAnulacion,
)
from formats.verifactu.values import written

R = TypeVar("R", RegistroAlta, RegistroAnulacion)

UNSEALED = ""
"""The huella of a record that has none yet."""


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """What is wrong at a place of a chain.

    Attributes:
        index: Of the record, from 0.
        reason: `huella`: it is not that of its values; `link`: it names another predecessor;
            `first`: it says to be the first and is not, or the other way; `time`: it was made
            before its predecessor.
    """

    index: int
    reason: str


def sealed(record: R, previous: Registro | None) -> R:
    """Return a record with its link and its huella.

    Args:
        record: All but these two; its moment is not before its predecessor's.
        previous: The record that the installation made before, for this seller; None for none.
    """
    linked = replace(record, Encadenamiento=_link(previous))
    return replace(linked, Huella=input_of(linked).huella())


def input_of(record: Registro) -> HuellaInput:
    """Return what a record's huella is made of."""
    before = record.Encadenamiento.RegistroAnterior
    previous = "" if before is None else before.Huella
    if isinstance(record, RegistroAlta):
        return AltaInput(
            IDEmisorFactura=record.IDFactura.IDEmisorFactura,
            NumSerieFactura=record.IDFactura.NumSerieFactura,
            FechaExpedicionFactura=written(record.IDFactura.FechaExpedicionFactura),
            TipoFactura=record.TipoFactura,
            CuotaTotal=written(record.CuotaTotal),
            ImporteTotal=written(record.ImporteTotal),
            Huella=previous,
            FechaHoraHusoGenRegistro=record.FechaHoraHusoGenRegistro,
        )
    return AnulacionInput(
        IDEmisorFacturaAnulada=record.IDFactura.IDEmisorFacturaAnulada,
        NumSerieFacturaAnulada=record.IDFactura.NumSerieFacturaAnulada,
        FechaExpedicionFacturaAnulada=written(record.IDFactura.FechaExpedicionFacturaAnulada),
        Huella=previous,
        FechaHoraHusoGenRegistro=record.FechaHoraHusoGenRegistro,
    )


def breaks(records: list[Registro]) -> list[ChainBreak]:
    """Return where a chain, given from its first record, does not hold."""
    found: list[ChainBreak] = []
    previous: Registro | None = None
    for index, record in enumerate(records):
        link = record.Encadenamiento
        if (link.PrimerRegistro is not None) != (previous is None):
            found.append(ChainBreak(index, "first"))
        elif previous is not None and link != _link(previous):
            found.append(ChainBreak(index, "link"))
        if not input_of(record).gives(record.Huella):
            found.append(ChainBreak(index, "huella"))
        if previous is not None and _before(record, previous):
            found.append(ChainBreak(index, "time"))
        previous = record
    return found


def _before(record: Registro, other: Registro) -> bool:
    moments = [one.FechaHoraHusoGenRegistro.moment for one in (record, other)]
    return moments[0] < moments[1]


def _link(previous: Registro | None) -> Cadena:
    if previous is None:
        return Cadena(PrimerRegistro="S")
    if isinstance(previous, RegistroAlta):
        named = previous.IDFactura
        issuer, number, day = (
            named.IDEmisorFactura,
            named.NumSerieFactura,
            named.FechaExpedicionFactura,
        )
    else:
        gone = previous.IDFactura
        issuer, number, day = (
            gone.IDEmisorFacturaAnulada,
            gone.NumSerieFacturaAnulada,
            gone.FechaExpedicionFacturaAnulada,
        )
    return Cadena(
        RegistroAnterior=Anterior(
            IDEmisorFactura=issuer,
            NumSerieFactura=number,
            FechaExpedicionFactura=day,
            Huella=previous.Huella,
        )
    )
