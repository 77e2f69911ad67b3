"""What the seller says of a record himself."""

from decimal import Decimal
from typing import Any

import pytest

from countries.es.chain import sealed
from countries.es.declared import unfit, with_said
from countries.es.registration import registration
from formats.findings import Flag
from formats.verifactu.records import Factura, Rectificado, RegistroAlta
from formats.verifactu.submission import written
from tests.countries.es.verifactu.invoices import TODAY, filing, invoice
from tests.formats.verifactu.conftest import schema
from tests.formats.verifactu.records import CABECERA

__all__ = ["schema"]

NIF = "89890001K"
BEFORE = {"preceding_invoice_references": [{"reference": "A/0", "issue_date": "2026-11-01"}]}
CREDIT = {"type_code": "381", **BEFORE}
AMOUNTS = {"base_rectificada": "90.00", "cuota_rectificada": "18.90"}


def told(said: dict[str, Any], *, filed: Any = None, **members: Any) -> RegistroAlta:  # noqa: ANN401 - JSON
    given = invoice(**members, extensions={"spain": said})
    days = {"T/9": TODAY}
    assert list(unfit(given, days)) == []
    record, _ = registration(given, with_said(filed or filing(), given, NIF, days), TODAY)
    return record


@pytest.mark.parametrize("kind", ["R1", "R2", "R3", "R4"])
def test_the_reason_of_a_correction_is_said(schema: Any, kind: str) -> None:  # noqa: ANN401 - a fixture
    record = told({"tipo_factura": kind}, **CREDIT)
    assert (record.TipoFactura, record.TipoRectificativa) == (kind, "I")
    assert record.ImporteTotal == Decimal("-121.00")
    assert [one.NumSerieFactura for one in record.FacturasRectificadas] == ["A/0"]
    assert schema("submission", written(CABECERA, sealed(record, None))) == []


def test_a_simplified_invoice_is_corrected_as_one() -> None:
    record = told({"tipo_factura": "R5"}, **CREDIT)
    assert (record.TipoFactura, record.Destinatarios) == ("R5", ())


def test_a_correction_by_substitution_says_what_was_replaced() -> None:
    said = {
        "tipo_factura": "R4",
        "tipo_rectificativa": "S",
        "importe_rectificacion": {**AMOUNTS, "cuota_recargo_rectificado": "1.00"},
    }
    record = told(said, **BEFORE)
    assert (record.TipoFactura, record.TipoRectificativa) == ("R4", "S")
    assert record.ImporteRectificacion == Rectificado(
        BaseRectificada=Decimal("90.00"),
        CuotaRectificada=Decimal("18.90"),
        CuotaRecargoRectificado=Decimal("1.00"),
    )
    assert record.ImporteTotal == Decimal("121.00")


def test_a_correction_that_adds_is_by_differences() -> None:
    record = told({"tipo_factura": "R1"}, **BEFORE)
    assert (record.TipoRectificativa, record.ImporteTotal) == ("I", Decimal("121.00"))


def test_an_invoice_stands_for_simplified_ones() -> None:
    listed = [
        {"num_serie_factura": "T/8", "fecha_expedicion_factura": "2026-11-02"},
        {"num_serie_factura": "T/9"},
    ]
    record = told({"facturas_sustituidas": listed})
    assert (record.TipoFactura, record.TipoRectificativa) == ("F3", None)
    found = [
        (one.NumSerieFactura, one.FechaExpedicionFactura) for one in record.FacturasSustituidas
    ]
    assert [number for number, _ in found] == ["T/8", "T/9"]
    assert found[1][1] == TODAY


def test_an_invoice_in_place_of_the_simplified_one_that_it_corrects() -> None:
    named = Factura(IDEmisorFactura=NIF, NumSerieFactura="A/0", FechaExpedicionFactura=TODAY)
    filed = filing(corrected=(named,), correction="S")
    record = told({"tipo_factura": "F3"}, filed=filed, **BEFORE)
    assert record.FacturasSustituidas == (named,)
    assert (record.TipoRectificativa, record.FacturasRectificadas) == (None, ())


def test_all_else_that_is_said_stands_in_the_record() -> None:
    said = {
        "descripcion_operacion": "Alquiler",
        "clave_regimen": "07",
        "factura_simplificada_art_7273": True,
        "destinatario": {
            "nombre_razon": "Ana",
            "id_type": "03",
            "codigo_pais": "FR",
            "numero": "X1",
        },
    }
    record = told(said)
    assert record.DescripcionOperacion == "Alquiler"
    assert record.Desglose[0].ClaveRegimen == "07"
    assert record.FacturaSimplificadaArt7273 == "S"
    (recipient,) = record.Destinatarios
    assert recipient.IDOtro is not None
    assert (recipient.NombreRazon, recipient.IDOtro.ID) == ("Ana", "X1")
    unnamed = told({"factura_sin_identif_destinatario_art_61d": True, "tipo_factura": "F2"})
    assert (unnamed.FacturaSinIdentifDestinatarioArt61d, unnamed.Destinatarios) == ("S", ())
    assert told({"cupon": True}, **CREDIT).Cupon == "S"


@pytest.mark.parametrize(
    ("said", "members", "places"),
    [
        ({"tipo_factura": "R6"}, {}, ["tipo_factura"]),
        ({"tipo_factura": "F1"}, CREDIT, ["tipo_factura"]),
        ({"tipo_rectificativa": "X"}, CREDIT, ["tipo_rectificativa"]),
        ({"tipo_rectificativa": "S"}, CREDIT, ["tipo_rectificativa"]),
        ({"facturas_sustituidas": [{"num_serie_factura": "?"}]}, {}, ["facturas_sustituidas/0"]),
        ({"importe_rectificacion": {"base_rectificada": "1"}}, {}, ["importe_rectificacion"]),
        ({"destinatario": {"nombre_razon": "Ana"}}, {}, ["destinatario"]),
        (
            {"destinatario": {"nombre_razon": "Ana", "nif": NIF, "numero": "1"}},
            {},
            ["destinatario"],
        ),
        (
            {"destinatario": {"nombre_razon": "Ana", "id_type": "01", "numero": "1"}},
            {},
            ["destinatario/id_type"],
        ),
    ],
    ids=str,
)
def test_what_cannot_be_said(
    said: dict[str, Any], members: dict[str, Any], places: list[str]
) -> None:
    found = list(unfit(invoice(**members, extensions={"spain": said}), {}))
    assert [one.pointer for one in found] == [f"/extensions/spain/{place}" for place in places]
    assert {(one.rule, one.flag) for one in found} == {("ES-11", Flag.FATAL)}
    assert all(one.fix for one in found)


@pytest.mark.parametrize(
    ("said", "replaces", "members", "field"),
    [
        ({"tipo_factura": "F1"}, True, BEFORE, "tipo_factura"),
        ({"tipo_factura": "F2"}, False, {"type_code": "384", **BEFORE}, "tipo_factura"),
        ({"tipo_factura": "F3"}, False, CREDIT, "tipo_factura"),
        ({"tipo_rectificativa": "I"}, True, BEFORE, "tipo_rectificativa"),
    ],
)
def test_a_correction_cannot_call_itself_an_ordinary_invoice(
    said: dict[str, Any],
    replaces: bool,  # noqa: FBT001 - a case
    members: dict[str, Any],
    field: str,
) -> None:
    given = invoice(**members, extensions={"spain": said})
    (found,) = unfit(given, {}, replaces=replaces)
    assert (found.rule, found.pointer) == ("ES-11", f"/extensions/spain/{field}")


def test_an_invoice_may_take_a_simplified_ones_place() -> None:
    members: dict[str, Any] = BEFORE
    given = invoice(**members, extensions={"spain": {"tipo_factura": "F3"}})
    assert list(unfit(given, {}, replaces=True)) == []


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"emitida_por_tercero_o_destinatario": "T"}, "tercero"),
        ({"tercero": {"nombre_razon": "A", "nif": "B12345674"}}, "tercero"),
        (
            {"emitida_por_tercero_o_destinatario": "T", "tercero": {"nif": "B12345674"}},
            "tercero",
        ),
        ({"emitida_por_tercero_o_destinatario": "X"}, "emitida_por_tercero_o_destinatario"),
    ],
)
def test_third_parties_are_complete(said: dict[str, Any], pointer: str) -> None:
    (found, *_) = unfit(invoice(extensions={"spain": said}), {})
    assert (found.rule, found.pointer) == ("ES-11", f"/extensions/spain/{pointer}")


def test_a_third_party_or_the_recipient_issued_it(schema: Any) -> None:  # noqa: ANN401 - a fixture
    third = {"nombre_razon": "Gestoría, S.L.", "nif": "A39200019"}
    record = told({"emitida_por_tercero_o_destinatario": "T", "tercero": third})
    assert record.EmitidaPorTerceroODestinatario == "T"
    assert record.Tercero is not None
    assert (record.Tercero.NombreRazon, record.Tercero.NIF) == ("Gestoría, S.L.", "A39200019")
    assert schema("submission", written(CABECERA, sealed(record, None))) == []
    itself = told({"emitida_por_tercero_o_destinatario": "D"})
    assert (itself.EmitidaPorTerceroODestinatario, itself.Tercero) == ("D", None)
