import dataclasses
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from formats.verifactu import soap
from formats.verifactu.elements import slots_of
from formats.verifactu.events import RegistroEvento, read_event, write_event
from formats.verifactu.parties import Persona
from formats.verifactu.query import (
    CabeceraConsulta,
    Consulta,
    Filtro,
    Mes,
    RespuestaConsulta,
    read_query,
    read_query_response,
    write_query,
    write_query_response,
)
from formats.verifactu.reading import read_record, write_record
from formats.verifactu.records import Rectificado, RegistroAlta, RegistroAnulacion
from formats.verifactu.response import Respuesta, read_response, write_response
from formats.verifactu.submission import Cabecera, Submission, joined, read_submission, written
from formats.xml import UnreadableDocumentError
from tests.formats.verifactu.records import CABECERA, alta, anything

Schema = Callable[[str, bytes], list[str]]
PERSON = Persona(NombreRazon="Otra", NIF="B12345674")
CHANCE = pytest.mark.parametrize("seed", range(12))

pytestmark = pytest.mark.official


def test_every_official_record_is_read_and_stays_what_it_was(official: Path) -> None:
    folder = official / "es-verifactu"
    files = [
        *folder.glob("records/Records/*.xml"),
        *folder.glob("firma-ejemplos/*.xml"),
        *folder.glob("schematron/examples/in/*.xml"),
    ]
    assert len(files) == 11
    for file in files:
        record = read_record(file.read_bytes())
        again = read_record(write_record(record))
        assert again == record, file.name
        assert write_record(again) == write_record(record)


def test_every_official_message_is_read_and_stays_what_it_was(official: Path) -> None:
    read = {}
    for file in (official / "es-verifactu" / "aeat").glob("example-*.xml"):
        printed = file.read_bytes()  # its namespaces have the line breaks of a page
        with pytest.raises(UnreadableDocumentError, match="not a valid URI"):
            read_submission(printed)
        whole = printed.replace(b"SuministroL\nR", b"SuministroLR")
        said = read_submission(whole.replace(b"Suministro\nInfo", b"SuministroInfo"))
        assert read_submission(written(said.Cabecera, *said.records)) == said
        read[file.stem] = said.records[0]
    assert set(read) == {"example-alta", "example-anulacion", "example-subsanacion"}
    first = read["example-alta"]
    assert isinstance(first, RegistroAlta)
    assert (first.ImporteTotal, first.Desglose[1].TipoImpositivo) == (
        Decimal("131.4"),
        Decimal(21),
    )
    assert isinstance(read["example-anulacion"], RegistroAnulacion)
    mended = read["example-subsanacion"]
    assert isinstance(mended, RegistroAlta)
    assert mended.Subsanacion == "S"


def test_the_message_that_begins_with_a_heading_is_no_xml(official: Path) -> None:
    sample = (official / "es-verifactu" / "records" / "sample.xml").read_bytes()
    with pytest.raises(UnreadableDocumentError, match="not-well-formed"):
        read_submission(sample)
    with pytest.raises(UnreadableDocumentError, match="unknown-root"):  # its namespace is XXX
        read_submission(sample[sample.index(b"<soapenv") :])


def test_the_examples_agree_with_the_schema_where_they_have_real_values(
    official: Path, schema: Schema
) -> None:
    for file in (official / "es-verifactu" / "records" / "Records").glob("*.xml"):
        assert schema("submission", written(CABECERA, read_record(file.read_bytes()))) == []


@CHANCE
def test_a_registration_is_valid_and_read_as_it_was(seed: int, schema: Schema) -> None:
    record = anything(RegistroAlta, seed)
    content = written(CABECERA, record)
    assert schema("submission", content) == []
    assert read_submission(content).records == (record,)


@CHANCE
def test_a_cancellation_is_valid_and_read_as_it_was(seed: int, schema: Schema) -> None:
    record, header = anything(RegistroAnulacion, seed), anything(Cabecera, seed)
    content = written(header, record, record)
    assert schema("submission", content) == []
    assert read_submission(content) == Submission(
        Cabecera=header, RegistroFactura=read_submission(content).RegistroFactura
    )
    assert read_submission(content).records == (record, record)


@CHANCE
def test_an_answer_is_valid_and_read_as_it_was(seed: int, schema: Schema) -> None:
    answer = anything(Respuesta, seed)
    content = write_response(answer)
    assert schema("response", _bare(content)) == []
    assert read_response(content) == answer


@CHANCE
def test_questions_and_answers_are_valid_and_read_as_they_were(seed: int, schema: Schema) -> None:
    question, answer = anything(Consulta, seed), anything(RespuestaConsulta, seed)
    asked, answered = write_query(question), write_query_response(answer)
    assert schema("query", _bare(asked)) == []
    assert read_query(asked) == question
    assert schema("query-response", _as_records(_bare(answered))) == []
    assert read_query_response(answered) == answer


@CHANCE
def test_an_event_is_valid_but_for_its_signature_and_read_as_it_was(
    seed: int, schema: Schema
) -> None:
    event = anything(RegistroEvento, seed)
    content = write_event(event)
    wrong = schema("event", content)
    assert len(wrong) == 1
    assert "Signature" in wrong[0]
    assert read_event(content) == event


def _bare(envelope: bytes) -> bytes:
    written_out: bytes = etree.tostring(soap.opened(envelope))
    return written_out


def test_the_fields_stand_in_the_order_of_the_schema(schema: Schema) -> None:
    full = _full()
    assert schema("submission", written(CABECERA, full)) == []
    assert all(getattr(full, slot.name) for slot in slots_of(RegistroAlta)[:-1])


def _full() -> RegistroAlta:
    """Return an element with every field, but for the signature and alternatives."""
    return alta(
        RefExterna="x",
        Subsanacion="S",
        RechazoPrevio="X",
        TipoFactura="R1",
        TipoRectificativa="S",
        FacturasRectificadas=(alta().IDFactura,) * 2,
        FacturasSustituidas=(alta().IDFactura,),
        ImporteRectificacion=Rectificado(
            BaseRectificada=Decimal(1), CuotaRectificada=Decimal("-0.21")
        ),
        FechaOperacion=alta().IDFactura.FechaExpedicionFactura,
        FacturaSimplificadaArt7273="N",
        FacturaSinIdentifDestinatarioArt61d="N",
        Macrodato="N",
        EmitidaPorTerceroODestinatario="T",
        Tercero=PERSON,
        Destinatarios=(PERSON, PERSON),
        Cupon="S",
        NumRegistroAcuerdoFacturacion="1",
        IdAcuerdoSistemaInformatico="2",
    )


def test_submissions_of_one_header_become_one_and_their_records_stay_as_they_are(
    schema: Schema,
) -> None:
    first, second = written(CABECERA, alta()), written(CABECERA, alta(TipoFactura="F1"))
    made = joined([first, second], incident=True)
    assert schema("submission", _bare(made)) == []
    both = read_submission(made)
    assert [one.TipoFactura for one in both.records if isinstance(one, RegistroAlta)] == [
        "F2",
        "F1",
    ]
    assert both.Cabecera.RemisionVoluntaria is not None
    assert both.Cabecera.RemisionVoluntaria.Incidencia == "S"
    inside = first[first.index(b"<sum1:RegistroAlta>") : first.index(b"</sum:RegistroFactura>")]
    assert inside.partition(b">")[2] in made
    other = dataclasses.replace(CABECERA, Representante=CABECERA.ObligadoEmision)
    with pytest.raises(ValueError, match="different headers"):
        joined([first, written(other, alta())])


def test_a_submission_has_one_to_a_thousand_records() -> None:
    for few in ([], [alta()] * 1001):
        with pytest.raises(ValueError, match="1 to 1000"):
            written(CABECERA, *few)
    one = written(CABECERA, alta())
    with pytest.raises(ValueError, match="1 to 1000"):
        joined([one] * 1001)
    assert len(read_submission(joined([one] * 1000)).records) == 1000


HOSTILE = {
    "unknown": ("<sum1:TipoFactura>", "<sum1:Otro>1</sum1:Otro><sum1:TipoFactura>", "unknown-el"),
    "twice": ("<sum1:TipoFactura>", "<sum1:TipoFactura>F1</sum1:TipoFactura><sum1:TipoFactura>",
              "twice"),
    "code": (">F2<", ">F9<", "unknown-code"),
    "amount": (">121.00<", ">1e3<", "not-a-decimal"),
    "float": (">121.00<", ">NaN<", "not-a-decimal"),
    "day": (">22-11-2026<", ">2026-11-22<", "not-a-date"),
    "no day": (">22-11-2026<", ">31-02-2026<", "not-a-date"),
    "moment": (">2026-11-22T09:30:00+01:00<", ">yesterday<", "not-a-date"),
    "no moment": (">2026-11-22T09:30:00+01:00<", ">2026-11-22T29:30:00+01:00<", "not-a-date"),
    "missing": ("<sum1:CuotaTotal>21.00</sum1:CuotaTotal>", "", "missing"),
    "nested": (">F2<", "><x/>F2<", "unknown-element"),
    "foreign": ("<sum1:TipoFactura>F2</sum1:TipoFactura>",
                "<TipoFactura xmlns='urn:x'>F2</TipoFactura>", "unknown-element"),
    "list": ("<sum1:DetalleDesglose>", "<sum1:Linea/><sum1:DetalleDesglose>", "unknown-element"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_record_is_refused(name: str) -> None:
    old, new, code = HOSTILE[name]
    text = write_record(alta()).decode()
    assert old in text
    with pytest.raises(UnreadableDocumentError, match=code):
        read_record(text.replace(old, new, 1).encode())


def test_a_document_type_is_refused() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]>' + write_record(alta())
    with pytest.raises(UnreadableDocumentError, match="doctype"):
        read_record(bomb)


def test_an_answer_may_say_more_than_we_know() -> None:
    answer = Respuesta(Cabecera=CABECERA, TiempoEsperaEnvio=60, EstadoEnvio="Correcto")
    content = write_response(answer).replace(b"<tikR:Cabecera>", b"<tikR:Nuevo/><tikR:Cabecera>")
    assert read_response(content) == answer


@pytest.mark.parametrize(
    ("side", "text", "code"),
    [
        ("Client", "Codigo[4102].El XML no cumple el esquema.: NIF", "4102"),
        ("Server", "Error interno en el servidor", None),
    ],
)
def test_a_fault_says_who_is_to_blame(side: str, text: str, code: str | None) -> None:
    body = (
        f'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>'
        f"<faultcode>e:{side}</faultcode><faultstring>{text}</faultstring>"
        f"<detail><callstack>x</callstack></detail></e:Fault></e:Body></e:Envelope>"
    )
    with pytest.raises(soap.Fault) as caught:
        read_response(body.encode())
    fault = caught.value
    assert (fault.side, fault.code, fault.text) == (side, code, text)


QUESTION = Consulta(
    Cabecera=CabeceraConsulta(ObligadoEmision=CABECERA.ObligadoEmision),
    FiltroConsulta=Filtro(PeriodoImputacion=Mes(Ejercicio="2026", Periodo="11")),
)


def test_other_answers_are_none() -> None:
    for content in (b"<a/>", write_query(QUESTION), soap.envelope("<a/>")):
        with pytest.raises(UnreadableDocumentError):
            read_response(content)
        with pytest.raises(UnreadableDocumentError):
            read_query_response(content)


_SPELLED = (
    (b">Correcta<", b">Correcto<"),
    (b">AceptadaConErrores<", b">AceptadoConErrores<"),
    (b">Anulada<", b">Anulado<"),
)


def _as_records(content: bytes) -> bytes:
    """Return an answer with its states as the schema at hand spells them; another has the rest."""
    for other, state in _SPELLED:
        content = content.replace(other, state)
    return content
