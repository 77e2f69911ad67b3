"""What the adapter does with several records at once, and with each code of the AEAT."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from countries.es.cancellation import cancellation
from countries.es.chain import sealed
from formats.verifactu import soap
from formats.verifactu.parties import PersonaES
from formats.verifactu.period import OPERATION_MONTH
from formats.verifactu.period import noted as note
from formats.verifactu.query import (
    CabeceraConsulta,
    Consulta,
    DatosRegistro,
    EstadoRegistrado,
    Filtro,
    Mes,
    PeriodoRespondido,
    Registrado,
    RespuestaConsulta,
    write_query_response,
)
from formats.verifactu.records import RegistroAlta
from formats.verifactu.response import read_response
from formats.verifactu.submission import read_submission, written
from gateway.channels import es_verifactu_answers as answers
from gateway.kit.clock import now
from gateway.transmissions.adapter import Acknowledgement, Answer, Message
from gateway.transmissions.errors import Refused, Retry, TransmissionError, Unknown
from gateway.transmissions.states import Regulatory
from tests.contract_suite.verifactu import SYSTEM, VerifactuParty, local_verifactu, record_in, sale


@pytest.fixture(scope="module")
def aeat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VerifactuParty]:
    with local_verifactu(tmp_path_factory.mktemp("aeat")) as party:
        yield party


@pytest.fixture(autouse=True)
def told(aeat: VerifactuParty) -> Iterator[None]:
    yield
    aeat.tell("script", {})


def _chain(party: VerifactuParty, count: int, **odd: RegistroAlta) -> list[Message]:
    """Return the first records of one seller, in their chain; those of an index are changed."""
    messages, previous = [], None
    first = sale()
    for index in range(count):
        named = replace(
            first.IDFactura, NumSerieFactura=f"{first.IDFactura.NumSerieFactura}/{index}"
        )
        record = replace(odd.get(f"at_{index}", first), IDFactura=named)
        previous = sealed(record, previous)
        messages.append(party.carrying(previous))
    return messages


def _sent(
    party: VerifactuParty, messages: list[Message]
) -> list[Acknowledgement | TransmissionError]:
    adapter = party.adapter
    return list(adapter.interpret_all(messages, adapter.send(adapter.prepare_all(messages))))


def test_each_record_of_a_batch_has_an_outcome_of_its_own(aeat: VerifactuParty) -> None:
    aeat.tell("script", {"wait_seconds": 60})
    wrong = {"at_1": sale(TipoFactura="F1"), "at_2": sale(ImporteTotal=Decimal(500))}
    outcomes = _sent(aeat, _chain(aeat, 4, **wrong))
    right, refused, remarked, last = outcomes
    assert isinstance(right, Acknowledgement)
    assert isinstance(last, Acknowledgement)
    assert right.fact.regulatory is Regulatory.REPORTED
    assert right.wait == timedelta(seconds=60)
    assert right.stamps[0].identifier == last.stamps[0].identifier
    assert isinstance(refused, Refused)
    assert refused.reason == "1189"
    assert isinstance(remarked, Acknowledgement)
    assert remarked.fact.regulatory is Regulatory.ACCEPTED_WITH_WARNINGS


def test_many_records_travel_at_once_and_never_more_than_a_thousand(aeat: VerifactuParty) -> None:
    messages = _chain(aeat, 20)
    outcomes = _sent(aeat, messages)
    assert all(isinstance(one, Acknowledgement) for one in outcomes)
    with pytest.raises(ValueError, match="1 to 1000"):
        aeat.adapter.prepare_all(messages * 51)


def test_the_answer_to_other_records_proves_nothing(aeat: VerifactuParty) -> None:
    messages = _chain(aeat, 3)
    adapter = aeat.adapter
    answer = adapter.send(adapter.prepare_all(messages))
    for others in (messages[:2], [*messages[1:], messages[0]]):
        with pytest.raises(Unknown, match="invalid_answer"):
            adapter.interpret_all(others, answer)


def test_a_duplicate_is_asked_about(aeat: VerifactuParty) -> None:
    """Even one that we never sent, as we think: a backup that was put back knows less."""
    (message,) = _chain(aeat, 1)
    assert isinstance(_sent(aeat, [message])[0], Acknowledgement)
    for attempt in (1, 2):
        (again,) = _sent(aeat, [replace(message, attempt=attempt)])
        assert isinstance(again, Unknown)
        assert again.reason == "duplicate"
    found = aeat.adapter.reconcile(message)
    assert found is not None
    assert found.correlations["huella"] == record_in(message).Huella


def test_another_record_of_the_invoice_is_a_refusal_and_one_to_mend_is_not_there_yet(
    aeat: VerifactuParty,
) -> None:
    (message,) = _chain(aeat, 1)
    _sent(aeat, [message])
    other = sealed(replace(record_in(message), CuotaTotal=Decimal(20)), record_in(message))
    with pytest.raises(Refused, match="3000"):
        aeat.adapter.reconcile(aeat.carrying(other))
    mending = sealed(replace(other, Subsanacion="S"), record_in(message))
    assert aeat.adapter.reconcile(aeat.carrying(mending)) is None
    (taken,) = _sent(aeat, [aeat.carrying(mending)])
    assert isinstance(taken, Acknowledgement)


def test_two_installations_alike_in_all_their_huella_says_are_told_apart(
    aeat: VerifactuParty,
) -> None:
    """One NIF, one number, one second: the huella has no place for the program."""
    ours = sale()
    other = replace(SYSTEM, NumeroInstalacion="2")
    theirs = sealed(replace(ours, SistemaInformatico=other), None)
    assert theirs.Huella == ours.Huella
    assert isinstance(_sent(aeat, [aeat.carrying(ours)])[0], Acknowledgement)
    (answer,) = _sent(aeat, [aeat.carrying(theirs)])
    assert isinstance(answer, Unknown)
    with pytest.raises(Refused, match="3000"):
        aeat.adapter.reconcile(aeat.carrying(theirs))
    assert aeat.adapter.reconcile(aeat.carrying(ours)) is not None


def test_a_cancellation_is_asked_for_in_the_month_of_operation(aeat: VerifactuParty) -> None:
    sold = sale()
    issued = sold.IDFactura.FechaExpedicionFactura
    sold = sealed(replace(sold, FechaOperacion=issued - timedelta(days=40)), None)
    message = aeat.carrying(sold)
    assert isinstance(_sent(aeat, [message])[0], Acknowledgement)
    gone = sealed(cancellation(sold.IDFactura, SYSTEM, now()), sold)
    payload = written(read_submission(message.payload).Cabecera, gone)
    bare = aeat.carrying(sold, payload=payload)
    assert isinstance(_sent(aeat, [bare])[0], Acknowledgement)
    assert aeat.adapter.reconcile(bare) is None  # as if the AEAT had never seen it
    noted = {OPERATION_MONTH: note(gone.Huella, sold)}
    found = aeat.adapter.reconcile(replace(bare, correlations=noted))
    assert found is not None
    assert found.correlations["huella"] == gone.Huella


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("Correcto", Regulatory.REPORTED),
        ("Correcta", Regulatory.REPORTED),
        ("AceptadoConErrores", Regulatory.ACCEPTED_WITH_WARNINGS),
        ("AceptadaConErrores", Regulatory.ACCEPTED_WITH_WARNINGS),
    ],
)
def test_both_schemas_of_the_aeat_are_read(state: str, expected: Regulatory) -> None:
    record = sale()
    line = Registrado(
        IDFactura=record.IDFactura,
        DatosRegistroFacturacion=DatosRegistro(Huella=record.Huella),
        EstadoRegistro=EstadoRegistrado(
            TimestampUltimaModificacion=record.FechaHoraHusoGenRegistro,
            EstadoRegistro="Correcto",
        ),
    )
    of = CabeceraConsulta(
        ObligadoEmision=PersonaES(NombreRazon="Una empresa", NIF=record.IDFactura.IDEmisorFactura)
    )
    said = RespuestaConsulta(
        Cabecera=of,
        PeriodoImputacion=PeriodoRespondido(Ejercicio="2026", Periodo="11"),
        IndicadorPaginacion="N",
        ResultadoConsulta="ConDatos",
        RegistroRespuestaConsultaFactuSistemaFacturacion=(line,),
    )
    body = write_query_response(said).replace(b">Correcto<", f">{state}<".encode())
    asked = Consulta(
        Cabecera=of,
        FiltroConsulta=Filtro(
            PeriodoImputacion=Mes(Ejercicio="2026", Periodo="11"),
            NumSerieFactura=record.IDFactura.NumSerieFactura,
        ),
    )
    answer = Answer(200, body)
    (found,) = answers.found(answer, asked)
    known = answers.known(record, found, answer)  # without a program, the huella decides
    assert known is not None
    assert known.fact.regulatory is expected


def test_what_was_put_off_says_so_to_the_aeat(aeat: VerifactuParty) -> None:
    (message,) = _chain(aeat, 1)
    for deferred, expected in ((False, None), (True, "S")):
        request = aeat.adapter.prepare(replace(message, deferred=deferred))
        head = read_submission(request.body).Cabecera.RemisionVoluntaria
        assert (head.Incidencia if head else None) == expected


def _fault(side: str, text: str, status: int = 500) -> Answer:
    body = soap.envelope(
        f"<soapenv:Fault><faultcode>env:{side}</faultcode><faultstring>{text}</faultstring>"
        "</soapenv:Fault>"
    )
    return Answer(status, body)


@pytest.mark.parametrize(
    ("side", "text", "alone", "together", "reason"),
    [
        ("Server", "Error interno", Unknown, Unknown, "fault"),
        ("Client", "Codigo[4102].El XML no cumple el esquema.", Refused, Retry, "4102"),
        ("Client", "Codigo[4112].El titular", Retry, Retry, "credential_refused"),
        ("Client", "Codigo[4141].Suspendido", Retry, Retry, "4141"),
        ("Client", "Codigo[4110].Error técnico", Retry, Retry, "4110"),
        ("Client", "Codigo[3501].Error técnico de base de datos", Retry, Retry, "3501"),
        ("Client", "Codigo[4118].Error técnico: la dirección", Retry, Retry, "wrong_place"),
        ("Client", "Codigo[4104].NIF no identificado", Retry, Retry, "seller_unknown"),
        ("Client", "Algo", Unknown, Unknown, "fault"),
    ],
)
def test_a_fault_is_a_no_only_with_a_code(  # noqa: PLR0913, PLR0917
    side: str,
    text: str,
    alone: type[TransmissionError],
    together: type[TransmissionError],
    reason: str,
    aeat: VerifactuParty,
) -> None:
    messages = _chain(aeat, 2)
    for status in (200, 500):
        answer = _fault(side, text, status)
        with pytest.raises(alone, match=reason):
            aeat.adapter.interpret(messages[0], answer)
        with pytest.raises(together):
            aeat.adapter.interpret_all(messages, answer)


@pytest.mark.parametrize("code", [3500, 3501])
def test_a_technical_error_of_one_record_is_no_word_on_it(aeat: VerifactuParty, code: int) -> None:
    (message,) = _chain(aeat, 1)
    answer = aeat.adapter.send(aeat.adapter.prepare(message))
    said = read_response(answer.body)
    failed = replace(said.RespuestaLinea[0], EstadoRegistro="Incorrecto", CodigoErrorRegistro=code)
    outcome = answers.outcome(record_in(message), failed, said, answer)
    assert isinstance(outcome, Unknown)
    assert outcome.reason == "technical"


def test_the_wait_is_kept_by_whoever_is_told(aeat: VerifactuParty) -> None:
    aeat.tell("script", {"wait_seconds": 60, "enforce": True})
    messages = _chain(aeat, 2)
    assert isinstance(_sent(aeat, messages[:1])[0], Acknowledgement)
    with pytest.raises(Retry, match="4141"):
        _sent(aeat, messages[1:])


def test_one_header_is_for_records_of_one_seller_that_are_as_late(aeat: VerifactuParty) -> None:
    first, second = _chain(aeat, 2)
    assert aeat.adapter.goes_with(first, second)
    assert not aeat.adapter.goes_with(first, replace(second, deferred=True))
    named = b"<sum1:NombreRazon>"
    renamed = second.payload.replace(named, named + b"Otra ", 1)
    assert not aeat.adapter.goes_with(first, replace(second, payload=renamed))
    assert not aeat.adapter.goes_with(first, replace(second, payload=b"<no/>"))
