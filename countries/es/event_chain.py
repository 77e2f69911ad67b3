"""Events of a system that does not send its records, in their chain; see `chain` for records.

Sources: Orden HAC/1177/2024, artículos 9 and 13; AEAT, huella 0.1.2, section 5.3.
"""

import datetime
from dataclasses import replace

from countries.es.chain import UNSEALED, ChainBreak
from countries.es.huella import EventoInput
from countries.es.program import Program
from formats.verifactu.events import (
    CadenaEventos,
    ClaveTipoEvento,
    DatosEvento,
    DatosPropios,
    EventoPrevio,
    RegistroEvento,
)
from formats.verifactu.parties import PersonaES
from formats.verifactu.values import Moment


def event(  # noqa: PLR0913 - what an event says
    kind: ClaveTipoEvento,
    program: Program,
    seller: PersonaES,
    at: Moment,
    *,
    own: DatosPropios | None = None,
    other: str | None = None,
) -> RegistroEvento:
    """Return an event, which is not in its chain yet (`sealed`).

    Args:
        kind: What happened.
        program: In which program.
        seller: Whose records it keeps.
        at: When.
        own: What events of the kind say.
        other: What else there is to say, 100 characters.
    """
    return RegistroEvento(
        Evento=DatosEvento(
            SistemaInformatico=program.in_events(),
            ObligadoEmision=seller,
            FechaHoraHusoGenEvento=at,
            TipoEvento=kind,
            DatosPropiosEvento=own,
            OtrosDatosEvento=other,
            Encadenamiento=CadenaEventos(PrimerEvento="S"),
            HuellaEvento=UNSEALED,
        )
    )


def sealed(one: RegistroEvento, previous: RegistroEvento | None) -> RegistroEvento:
    """Return an event with its link and its huella; it is complete when it is signed."""
    linked = replace(one, Evento=replace(one.Evento, Encadenamiento=_link(previous)))
    huella = input_of(linked).huella()
    return replace(linked, Evento=replace(linked.Evento, HuellaEvento=huella))


def input_of(one: RegistroEvento) -> EventoInput:
    """Return what an event's huella is made of."""
    said = one.Evento
    program, before = said.SistemaInformatico, said.Encadenamiento.EventoAnterior
    return EventoInput(
        NIF=program.NIF or "",
        ID="" if program.IDOtro is None else program.IDOtro.ID,
        IdSistemaInformatico=program.IdSistemaInformatico,
        Version=program.Version,
        NumeroInstalacion=program.NumeroInstalacion,
        NIF_=said.ObligadoEmision.NIF,
        TipoEvento=said.TipoEvento,
        HuellaEvento="" if before is None else before.HuellaEvento,
        FechaHoraHusoGenEvento=said.FechaHoraHusoGenEvento,
    )


def breaks(events: list[RegistroEvento]) -> list[ChainBreak]:
    """Return where a chain of events, given from its first, does not hold."""
    found: list[ChainBreak] = []
    previous: RegistroEvento | None = None
    for index, one in enumerate(events):
        link = one.Evento.Encadenamiento
        if (link.PrimerEvento is not None) != (previous is None):
            found.append(ChainBreak(index, "first"))
        elif previous is not None and link != _link(previous):
            found.append(ChainBreak(index, "link"))
        if not input_of(one).gives(one.Evento.HuellaEvento):
            found.append(ChainBreak(index, "huella"))
        if previous is not None and _moment(one) < _moment(previous):
            found.append(ChainBreak(index, "time"))
        previous = one
    return found


def _moment(one: RegistroEvento) -> datetime.datetime:
    return one.Evento.FechaHoraHusoGenEvento.moment


def _link(previous: RegistroEvento | None) -> CadenaEventos:
    if previous is None:
        return CadenaEventos(PrimerEvento="S")
    said = previous.Evento
    return CadenaEventos(
        EventoAnterior=EventoPrevio(
            TipoEvento=said.TipoEvento,
            FechaHoraHusoGenEvento=said.FechaHoraHusoGenEvento,
            HuellaEvento=said.HuellaEvento,
        )
    )
