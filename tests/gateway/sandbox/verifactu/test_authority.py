"""The local AEAT over its sockets: what it takes, what it refuses, and with which code."""

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import NameOID
from lxml import etree

from gateway.sandbox.kit import certificates
from gateway.sandbox.kit.call import Call
from gateway.sandbox.kit.certificates import Use
from gateway.sandbox.verifactu.office import ON_DEMAND, SERVICE, Office
from gateway.sandbox.verifactu.schema import Schemas
from tests.gateway.sandbox.verifactu.taxpayer import (
    BASE,
    LINE,
    NIF,
    NOW,
    OTHER,
    TO,
    Aeat,
    Seller,
    envelope,
    submission,
)

pytestmark = pytest.mark.official


def test_a_chain_of_records_is_accepted_and_proved(aeat: Aeat) -> None:
    seller = Seller()
    answer = aeat.send(submission(*(seller.alta() for _ in range(3))))
    assert answer.findtext("{*}EstadoEnvio") == "Correcto"
    assert (answer.findtext("{*}CSV") or "").startswith("A-")
    assert answer.findtext("{*}DatosPresentacion/{*}NIFPresentador") == NIF
    assert answer.findtext("{*}TiempoEsperaEnvio") == "0"
    report = aeat.office.compliance()
    chain = next(one for one in report["rules"] if one["rule"] == "CHAIN")
    assert (chain["kept"], chain["broken"]) == (3, 0)
    assert report["judged_by_schema"] == {"submission": True, "query": True}


def test_what_is_answered_is_valid_by_the_schema(aeat: Aeat, schemas: Schemas) -> None:
    seller = Seller()
    first = seller.alta()
    for records in ((first,), (first, seller.alta(sort="R1"))):
        answer = aeat.send(submission(*records))
        assert schemas.broken("response", answer) == []
    asked = _question()
    assert schemas.broken("query-response", aeat.send(asked)) == []


def test_a_wrong_huella_is_accepted_with_errors(aeat: Aeat) -> None:
    seller = Seller()
    assert aeat.lines(seller.alta(huella="0" * 64)) == [("AceptadoConErrores", "2000", "")]
    answer = aeat.send(submission(seller.alta(huella="1" * 64), seller.alta()))
    assert answer.findtext("{*}EstadoEnvio") == "ParcialmenteCorrecto"


def test_the_same_again_is_a_duplicate_and_says_how_the_first_stands(aeat: Aeat) -> None:
    seller = Seller()
    first = seller.alta("A/1")
    assert aeat.states(first) == ["Correcto"]
    assert aeat.lines(first) == [("Incorrecto", "3000", "Correcta")]
    assert aeat.lines(seller.alta("A/1")) == [("Incorrecto", "3000", "Correcta")]
    wrong = seller.alta("A/2", huella="2" * 64)
    aeat.states(wrong)
    assert aeat.lines(wrong) == [("Incorrecto", "3000", "AceptadaConErrores")]
    cancelled = seller.anulacion("A/1")
    assert aeat.states(cancelled) == ["Correcto"]
    assert aeat.lines(cancelled) == [("Incorrecto", "3001", "Anulada")]
    assert aeat.lines(first) == [("Incorrecto", "3000", "Anulada")]
    rows = {row["number"]: row["repeats"] for row in aeat.office.ledger.registered.rows()}
    assert rows["A/2"] == 1


MENDS = "<Subsanacion>S</Subsanacion>"
X, S = "<RechazoPrevio>X</RechazoPrevio>", "<RechazoPrevio>S</RechazoPrevio>"
ALONE = "<SinRegistroPrevio>S</SinRegistroPrevio>"


def test_operations_of_alta_are_those_of_annex_5_1(aeat: Aeat) -> None:
    seller = Seller()
    mends = {"plain": "", "mends": MENDS, "rejected": MENDS + S, "unknown": MENDS + X}
    table = {
        kind: [
            aeat.codes(seller.alta(f"{kind}-{state}", mends=how))[0]
            if _stands(aeat, seller, f"{kind}-{state}", state)
            else ""
            for state in ("none", "alta", "anulada")
        ]
        for kind, how in mends.items()
    }
    assert table == {
        "plain": ["", "3000", "3000"],
        "mends": ["3002", "", ""],
        "rejected": ["3002", "", ""],
        "unknown": ["", "3000", "3000"],
    }


def test_operations_of_anulacion_are_those_of_annex_5_2(aeat: Aeat) -> None:
    seller = Seller()
    ways = {"plain": "", "rejected": S, "alone": ALONE, "both": ALONE + S}
    table = {
        kind: [
            aeat.codes(seller.anulacion(f"{kind}-{state}", more=how))[0]
            if _stands(aeat, seller, f"{kind}-{state}", state)
            else ""
            for state in ("none", "alta", "anulada")
        ]
        for kind, how in ways.items()
    }
    assert table == {
        "plain": ["3002", "", ""],
        "rejected": ["3002", "", ""],
        "alone": ["", "3000", "3000"],
        "both": ["", "3000", "3000"],
    }


def _stands(aeat: Aeat, seller: Seller, number: str, state: str) -> bool:
    if state != "none":
        assert aeat.states(seller.alta(number)) == ["Correcto"]
    if state == "anulada":
        assert aeat.states(seller.anulacion(number)) == ["Correcto"]
    return True


def _line(**values: str) -> str:
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in values.items())
    return f"<DetalleDesglose>{inside}</DetalleDesglose>"


NET = {"BaseImponibleOimporteNoSujeto": "100"}
FRENCH = (
    "<Destinatarios><IDDestinatario><NombreRazon>Client</NombreRazon><IDOtro>{}</IDOtro>"
    "</IDDestinatario></Destinatarios>"
)
WRONG: dict[str, tuple[str, dict[str, str]]] = {
    "another issuer": ("1108", {"issuer": OTHER}),
    "tomorrow": ("1112", {"day": "24-11-2026"}),
    "too old": ("1152", {"day": "27-10-2024"}),
    "no way": ("1114", {"sort": "R1"}),
    "a way": ("1115", {"way": "<TipoRectificativa>I</TipoRectificativa>"}),
    "no amounts": ("1118", {"sort": "R1", "way": "<TipoRectificativa>S</TipoRectificativa>"}),
    "nobody": ("1189", {"to": ""}),
    "somebody": ("1190", {"sort": "F2"}),
    "characters": ("1130", {"number": "Ñ1"}),
    "system": ("1177", {"system": "g1"}),
    "rejected without mending": ("1161", {"mends": S}),
    "unknown without mending": ("1153", {"mends": X}),
    "coupon": ("1157", {"to": f"<Destinatarios><IDDestinatario>{TO}</IDDestinatario>"
                        "</Destinatarios><Cupon>S</Cupon>"}),
    "rate": ("1124", {"lines": f"<DetalleDesglose>{LINE.replace('>21<', '>22<', 1)}"
                      "</DetalleDesglose>"}),
    "old rate": ("1194", {"lines": f"<DetalleDesglose>{LINE.replace('>21<', '>5<')}"
                          "</DetalleDesglose>"}),
    "tax": ("1142", {"lines": f"<DetalleDesglose>{LINE.replace('>21</C', '>41</C')}"
                     "</DetalleDesglose>"}),
    "exempt by 21": ("1199", {"lines": _line(ClaveRegimen="01", OperacionExenta="E2", **NET)}),
    "exempt and taxed": ("1238", {"lines": _line(ClaveRegimen="01", OperacionExenta="E1",
                                                 TipoImpositivo="0", **NET)}),
    "E5 at home": ("1289", {"lines": _line(ClaveRegimen="01", OperacionExenta="E5", **NET)}),
    "export": ("1286", {"lines": _line(ClaveRegimen="02", CalificacionOperacion="N2", **NET)}),
    "no regime": ("1245", {"lines": _line(OperacionExenta="E1", **NET)}),
    "not subject": ("1237", {"lines": _line(ClaveRegimen="01", CalificacionOperacion="N1",
                                            TipoImpositivo="0", **NET)}),
    "reverse": ("1198", {"lines": _line(ClaveRegimen="01", CalificacionOperacion="S2",
                                        **NET)}),
    "vat number": ("1103", {"to": FRENCH.format("<IDType>02</IDType><ID>FR1</ID>")}),
    "no country": ("1111", {"to": FRENCH.format("<IDType>04</IDType><ID>1</ID>")}),
    "spanish card": ("1126", {"to": FRENCH.format(
        "<CodigoPais>ES</CodigoPais><IDType>04</IDType><ID>1</ID>")}),
    "nif": ("1123", {"to": f"<Destinatarios><IDDestinatario>{TO.replace('674', '675')}"
                     "</IDDestinatario></Destinatarios>"}),
    "value": ("1106", {"sort": "F7"}),
    "amount": ("1100", {"total": "12,1"}),
    "later": ("1146", {"operation": "<FechaOperacion>23-11-2026</FechaOperacion>"}),
    "surcharge": ("1162", {"lines": f"<DetalleDesglose>{LINE}<TipoRecargoEquivalencia>1.4"
                           "</TipoRecargoEquivalencia><CuotaRecargoEquivalencia>1.4"
                           "</CuotaRecargoEquivalencia></DetalleDesglose>"}),
    "simplified": ("1150", {"sort": "F2", "to": "", "lines": "<DetalleDesglose>" + LINE.replace(
        ">100<", ">3000<").replace(">21</C", ">630</C") + "</DetalleDesglose>"}),
}  # fmt: skip
REMARKS: dict[str, tuple[str, dict[str, str]]] = {
    "total": ("2005", {"total": "141"}),
    "taxes": ("2006", {"tax": "41"}),
    "from the future": ("2004", {"at": "2026-11-22T10:30:00+01:00"}),
    "right": ("", {}),
    "a cent": ("", {"total": "121.01"}),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_the_rules_refuse_is_refused_with_its_code(name: str, shared: Aeat) -> None:
    code, members = WRONG[name]
    own = {"number": name.replace(" ", "-"), "system": f"{list(WRONG).index(name):02}"}
    assert shared.lines(Seller().alta(**own | members)) == [("Incorrecto", code, "")]
    counted = {one["rule"]: one["broken"] for one in shared.office.compliance()["rules"]}
    assert counted[code] >= 1


@pytest.mark.parametrize("name", REMARKS)
def test_what_the_rules_remark_upon_is_accepted_with_its_code(name: str, shared: Aeat) -> None:
    code, members = REMARKS[name]
    own = {"number": f"R/{name}", "system": f"R{list(REMARKS).index(name)}"}
    state = "AceptadoConErrores" if code else "Correcto"
    assert shared.lines(Seller().alta(**own | members)) == [(state, code, "")]


def test_a_second_first_record_and_another_chain(aeat: Aeat) -> None:
    assert aeat.codes(Seller().alta("A/1")) == [""]
    assert aeat.codes(Seller(number=1).alta("A/2")) == ["2007"]
    assert aeat.codes(Seller(number=2).alta("A/3", system="G2")) == [""]


def test_some_may_be_refused_and_the_rest_is_taken(aeat: Aeat) -> None:
    seller = Seller()
    answer = aeat.send(submission(seller.alta(), seller.alta(sort="R1"), seller.alta()))
    assert answer.findtext("{*}EstadoEnvio") == "ParcialmenteCorrecto"
    refused = aeat.send(submission(seller.alta(sort="R1")))
    assert refused.findtext("{*}EstadoEnvio") == "Incorrecto"
    assert refused.find("{*}CSV") is None


def test_what_was_asked_for_is_taken_with_its_errors(aeat: Aeat) -> None:
    head = (
        "<i:RemisionRequerimiento><i:RefRequerimiento>R1</i:RefRequerimiento>"
        "</i:RemisionRequerimiento>"
    )
    seller = Seller()
    lines = aeat.lines(
        seller.alta(sort="R1"), seller.alta(issuer=OTHER), path=ON_DEMAND, head=head
    )
    assert [line[:2] for line in lines] == [("AceptadoConErrores", "1114"), ("Incorrecto", "1108")]


FAULTS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "no xml": ("4103", lambda: b"XML ENERO 2025\n<a/>", SERVICE),
    "a document type": ("4103", lambda: b"<!DOCTYPE a []>" + envelope("<a/>"), SERVICE),
    "something else": ("4118", lambda: envelope("<a/>"), SERVICE),
    "an element missing": (
        "4102",
        lambda: submission(Seller().alta().replace("<TipoHuella>01</TipoHuella>", "")),
        SERVICE,
    ),
    "the seller's number": ("4116", lambda: submission(Seller().alta(), nif="89890001X"), SERVICE),
    "no demand": ("4125", lambda: submission(Seller().alta()), ON_DEMAND),
    "a demand": (
        "4126",
        lambda: submission(
            Seller().alta(),
            head="<i:RemisionRequerimiento><i:RefRequerimiento>1</i:RefRequerimiento>"
            "</i:RemisionRequerimiento>",
        ),
        SERVICE,
    ),
    "the last day": (
        "4120",
        lambda: submission(
            Seller().alta(),
            head="<i:RemisionVoluntaria><i:FechaFinVeriFactu>30-12-2026</i:FechaFinVeriFactu>"
            "</i:RemisionVoluntaria>",
        ),
        SERVICE,
    ),
    "too many": ("4114", lambda: submission(*[Seller().alta()] * 1001), SERVICE),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_whole_request_is_turned_away_by_a_fault(name: str, shared: Aeat) -> None:
    code, content, path = FAULTS[name]
    assert shared.fault(content(), path) == code


def test_the_wait_is_commanded_and_enforced_as_the_script_says(aeat: Aeat) -> None:
    aeat.script(wait_seconds=60, enforce=True)
    seller = Seller()
    answer = aeat.send(submission(seller.alta()))
    assert answer.findtext("{*}TiempoEsperaEnvio") == "60"
    assert aeat.fault(submission(seller.alta())) == "4141"
    aeat.office.clock.set(stopped_at=(NOW + datetime.timedelta(seconds=60)).isoformat())
    assert aeat.codes(seller.alta()) == [""]


def test_a_recipient_in_no_census_is_remarked_upon(aeat: Aeat) -> None:
    aeat.script(unknown=[OTHER])
    assert aeat.codes(Seller().alta()) == ["2001"]
    aeat.script(unknown=[NIF])
    assert aeat.fault(submission(Seller().alta())) == "4104"


def _question(**filters: str) -> bytes:
    more = "".join(filters.values())
    return envelope(
        f'<c:ConsultaFactuSistemaFacturacion xmlns:c="{BASE}ConsultaLR.xsd"'
        f' xmlns:i="{BASE}SuministroInformacion.xsd"><c:Cabecera><i:IDVersion>1.0</i:IDVersion>'
        f"<i:ObligadoEmision><i:NombreRazon>Una empresa</i:NombreRazon><i:NIF>{NIF}</i:NIF>"
        "</i:ObligadoEmision></c:Cabecera><c:FiltroConsulta><c:PeriodoImputacion>"
        "<i:Ejercicio>2026</i:Ejercicio><i:Periodo>11</i:Periodo></c:PeriodoImputacion>"
        f"{more}</c:FiltroConsulta></c:ConsultaFactuSistemaFacturacion>"
    )


def _told(answer: etree._Element) -> list[tuple[str, str]]:
    inside = "{*}RegistroRespuestaConsultaFactuSistemaFacturacion"
    return [
        (
            one.findtext("{*}IDFactura/{*}NumSerieFactura") or "",
            one.findtext("{*}EstadoRegistro/{*}EstadoRegistro") or "",
        )
        for one in answer.findall(inside)
    ]


def test_questions_are_answered_page_by_page(aeat: Aeat) -> None:
    seller = Seller()
    aeat.states(*(seller.alta(f"A/{n}") for n in range(1, 6)), seller.anulacion("A/2"))
    aeat.script(page=2)
    seen, key = [], ""
    while True:
        answer = aeat.send(_question(key=key))
        seen += _told(answer)
        last = answer.find("{*}ClavePaginacion")
        if last is None:
            break
        inside = "".join(
            f"<i:{name}>{last.findtext('{*}' + name)}</i:{name}>"
            for name in ("IDEmisorFactura", "NumSerieFactura", "FechaExpedicionFactura")
        )
        key = f"<c:ClavePaginacion>{inside}</c:ClavePaginacion>"
    assert seen == [
        ("A/1", "Correcto"),
        ("A/2", "Anulado"),
        ("A/3", "Correcto"),
        ("A/4", "Correcto"),
        ("A/5", "Correcto"),
    ]
    one = aeat.send(_question(number="<c:NumSerieFactura>A/4</c:NumSerieFactura>"))
    assert _told(one) == [("A/4", "Correcto")]
    none = aeat.send(_question(number="<c:NumSerieFactura>B</c:NumSerieFactura>"))
    assert none.findtext("{*}ResultadoConsulta") == "SinDatos"


def _look(aeat: Aeat, page: str = "ValidarQR", **changed: str) -> Any:  # noqa: ANN401 - JSON
    values = {"nif": NIF, "numserie": "A/1", "fecha": "22-11-2026", "importe": "121.00"}
    given = {name: value for name, value in (values | changed).items() if value}
    answer = aeat.client.get(
        f"{aeat.url}/wlpl/TIKE-CONT/{page}", params={**given, "formato": "json"}
    )
    return json.loads(answer.content)


def test_a_qr_code_leads_to_what_is_registered(aeat: Aeat) -> None:
    seller = Seller()
    assert _look(aeat)["respuesta"]["resultado"] == "01"
    aeat.states(seller.alta("A/1"))
    assert _look(aeat)["mensaje"] == "Factura encontrada"
    assert _look(aeat, importe="122")["respuesta"]["resultado"] == "01"
    assert _look(aeat, "ValidarQRNoVerifactu")["respuesta"]["resultado"] == "02"
    assert _look(aeat, fecha="", importe="")["codigo_error"] == "1003.1004"
    wrong = {"nif": ("891K", "2001"), "importe": ("7,2", "2005"), "fecha": ("1-1-24", "2004")}
    for name, (value, code) in wrong.items():
        assert _look(aeat, **{name: value})["codigo_error"] == code
    assert _look(aeat, numserie="x" * 61)["codigo_error"] == "2002"
    aeat.states(seller.anulacion("A/1"))
    assert _look(aeat)["mensaje"] == "Factura no encontrada"
    shown = aeat.client.get(f"{aeat.url}/")
    assert "A/1" in shown.text


def test_third_party_samples_are_judged_as_the_specification_says(
    aeat: Aeat, official: Path
) -> None:
    folder = official / "es-verifactu"
    sample = (folder / "records" / "sample.xml").read_bytes()
    assert aeat.fault(sample) == "4103"
    for file in (folder / "aeat").glob("example-*.xml"):
        assert aeat.fault(file.read_bytes()) == "4103"  # a line break in its namespaces
        repaired = file.read_bytes().replace(b"SuministroL\nR", b"SuministroLR")
        repaired = repaired.replace(b"Suministro\nInf", b"SuministroInf")
        assert aeat.fault(repaired) == "4102"  # AAAA is no NIF
    signed = (folder / "firma-ejemplos" / "ejemploRegistro-firmado-epes-xades4j.xml").read_text()
    record = signed[signed.index("<sum1:RegistroAlta") :]
    content = submission().replace(
        b"</l:Cabecera>",
        f"</l:Cabecera><l:RegistroFactura>{record}</l:RegistroFactura>".encode(),
    )
    answer = aeat.send(content)
    (line,) = answer.findall("{*}RespuestaLinea")
    assert line.findtext("{*}EstadoRegistro") == "Correcto"


def test_without_schemas_it_says_so(tmp_path: Path) -> None:
    office = Office(tmp_path)
    assert office.compliance()["judged_by_schema"] == {"submission": False, "query": False}
    office.book.close()


def test_a_certificate_speaks_for_its_own_number_and_for_whom_it_represents(aeat: Aeat) -> None:
    agent = (
        f"<i:Representante><i:NombreRazon>Gestor</i:NombreRazon><i:NIF>{OTHER}</i:NIF>"
        "</i:Representante>"
    )
    office = aeat.office
    for number, head, kept in (
        (f"IDCES-{NIF}", "", True),
        (f"VATES-{OTHER}", "", False),
        (f"VATES-{OTHER}", agent, True),
        ("a test", "", True),  # it names nobody
    ):
        name = x509.Name([x509.NameAttribute(NameOID.SERIAL_NUMBER, number)])
        key = certificates.new_key()
        made = certificates.certificate(
            name,
            key.public_key(),
            office.ca.root,
            Use.CLIENT_TLS,
            NOW,
            signed_by=office.ca.root.key,
        )
        peer = made.public_bytes(serialization.Encoding.DER)
        content = submission(Seller().alta(f"{number}{len(head)}"), head=head)
        answer = office.answer(Call("POST", SERVICE, {}, content, peer))
        assert (answer.status == 200) == kept, answer.body
        assert kept or b"4112" in answer.body


def test_without_a_certificate_nothing_is_taken(tmp_path: Path) -> None:
    office = Office(tmp_path)
    answer = office.answer(Call("POST", SERVICE, {}, submission(Seller().alta())))
    assert answer.status == 403
    assert office.answer(Call("POST", "/elsewhere", {}, b"")).status == 404
    office.book.close()
