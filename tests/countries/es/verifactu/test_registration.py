from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from countries.es.chain import sealed
from countries.es.filing import RULES, NotRegistrableError, Surcharge
from countries.es.registration import registration
from formats.findings import Flag
from formats.verifactu.parties import Persona
from formats.verifactu.records import Factura, Rectificado, RegistroAlta
from formats.verifactu.submission import written
from tests.countries.es.verifactu.invoices import (
    AMERICAN,
    FRENCH,
    STANDARD,
    TODAY,
    filing,
    invoice,
    row,
)
from tests.formats.verifactu.conftest import schema
from tests.formats.verifactu.records import CABECERA

__all__ = ["schema"]

BEFORE = {"preceding_invoice_references": [{"reference": "A/0", "issue_date": "2026-11-01"}]}
REPLACED = Rectificado(BaseRectificada=Decimal(90), CuotaRectificada=Decimal("18.90"))


def told(*rows: Any, filed: Any = None, **members: Any) -> RegistroAlta:  # noqa: ANN401 - JSON
    record, _ = registration(invoice(*rows, **members), filed or filing(), TODAY)
    return record


def refused(*rows: Any, filed: Any = None, **members: Any) -> list[str]:  # noqa: ANN401 - JSON
    with pytest.raises(NotRegistrableError) as caught:
        told(*rows, filed=filed, **members)
    assert {one.rule for one in caught.value.findings} <= RULES.keys()
    assert all(one.flag is Flag.FATAL for one in caught.value.findings)
    return [one.rule for one in caught.value.findings]


def test_an_ordinary_invoice() -> None:
    record = told()
    assert (record.TipoFactura, record.TipoRectificativa) == ("F1", None)
    assert record.Destinatarios == (Persona(NombreRazon="Cliente, S.L.", NIF="B12345674"),)
    (line,) = record.Desglose
    assert (line.Impuesto, line.ClaveRegimen, line.CalificacionOperacion) == ("01", "01", "S1")
    assert (record.CuotaTotal, record.ImporteTotal) == (Decimal("21.00"), Decimal("121.00"))
    assert record.DescripcionOperacion == "Servicio"
    assert record.FechaHoraHusoGenRegistro == "2026-11-22T09:30:00+00:00"


@pytest.mark.parametrize(
    ("members", "filed", "expected"),
    [
        ({}, {}, ("F1", None)),
        ({"buyer": {"name": "Alguien"}}, {}, ("F2", None)),
        ({"type_code": "381", **BEFORE}, {}, ("R1", "I")),
        ({"type_code": "381", "buyer": {}, **BEFORE}, {}, ("R5", "I")),
        ({"type_code": "384"}, {"replaced_amounts": REPLACED}, ("R1", "S")),
        ({"type_code": "381"}, {"invoice_type": "R4"}, ("R4", "I")),
        (
            {},
            {
                "replaced": (
                    Factura(
                        IDEmisorFactura="89890001K",
                        NumSerieFactura="T/1",
                        FechaExpedicionFactura=TODAY,
                    ),
                )
            },
            ("F3", None),
        ),
    ],
)
def test_the_kind_follows_from_the_law_or_is_said(
    members: dict[str, Any], filed: dict[str, Any], expected: tuple[str, str | None]
) -> None:
    record = told(filed=filing(**filed), **members)
    assert (record.TipoFactura, record.TipoRectificativa) == expected
    assert bool(record.Destinatarios) == (expected[0] not in {"F2", "R5"})


def test_a_credit_note_corrects_by_differences_and_is_negative() -> None:
    record = told(type_code="381", **BEFORE)
    (line,) = record.Desglose
    assert line.BaseImponibleOimporteNoSujeto == Decimal("-100.00")
    assert (record.CuotaTotal, record.ImporteTotal) == (Decimal("-21.00"), Decimal("-121.00"))
    assert [one.NumSerieFactura for one in record.FacturasRectificadas] == ["A/0"]


@pytest.mark.parametrize(
    ("given", "members", "expected"),
    [
        (row("S", "100.00", "10.00", "10"), {"total": "110.00"}, ("01", "01", "S1", None)),
        (row("L", "100.00", "7.00", "7"), {"total": "107.00"}, ("03", "01", "S1", None)),
        (row("M", "100.00", "4.00", "4"), {"total": "104.00"}, ("02", None, "S1", None)),
        (row("AE", "100.00"), {"total": "100.00"}, ("01", "01", "S2", None)),
        (row("AE", "100.00"), {"total": "100.00", "buyer": FRENCH}, ("01", "01", "N2", None)),
        (row("AE", "100.00"), {"total": "100.00", "buyer": AMERICAN}, ("01", "01", "N2", None)),
        (row("O", "100.00"), {"total": "100.00"}, ("01", "01", "N1", None)),
        (row("O", "100.00"), {"total": "100.00", "buyer": FRENCH}, ("01", "01", "N2", None)),
        (row("E", "100.00"), {"total": "100.00"}, ("01", "01", None, "E1")),
        (row("G", "100.00"), {"total": "100.00"}, ("01", "02", None, "E2")),
        (row("K", "100.00"), {"total": "100.00", "buyer": FRENCH}, ("01", "01", None, "E5")),
        (
            row("E", "100.00", exemption_reason_code="VATEX-EU-151"),
            {"total": "100.00"},
            ("01", "02", None, "E3"),
        ),
        (
            row("E", "100.00", exemption_reason_code="VATEX-EU-159"),
            {"total": "100.00"},
            ("01", "01", None, "E4"),
        ),
        (
            row("E", "100.00", exemption_reason_code="VATEX-EU-309"),
            {"total": "100.00"},
            ("01", "01", None, "E6"),
        ),
    ],
)
def test_every_vat_category_has_its_place(
    given: Any,  # noqa: ANN401 - JSON
    members: dict[str, Any],
    expected: tuple[str | None, ...],
    schema: Callable[[str, bytes], list[str]],
) -> None:
    record = told(given, **members)
    (line,) = record.Desglose
    found = (line.Impuesto, line.ClaveRegimen, line.CalificacionOperacion, line.OperacionExenta)
    assert found == expected
    assert schema("submission", written(CABECERA, sealed(record, None))) == []


def test_a_foreign_recipient_is_named_by_the_kind_of_his_number() -> None:
    cases = {
        "02": (FRENCH, None, "FR52422961982"),
        "04": (
            {"name": "Inc", "vat_identifier": "123", "postal_address": {"country_code": "US"}},
            "US",
            "123",
        ),
        "06": (
            {
                "name": "Inc",
                "identifier": {"value": "9"},
                "postal_address": {"country_code": "US"},
            },
            "US",
            "9",
        ),
    }
    for kind, (buyer, country, number) in cases.items():
        (named,) = told(buyer=buyer).Destinatarios
        assert named.IDOtro is not None
        assert (named.IDOtro.IDType, named.IDOtro.CodigoPais, named.IDOtro.ID) == (
            kind,
            country,
            number,
        )


def test_a_surcharge_comes_beside_the_invoice() -> None:
    extra = Surcharge(vat_rate=Decimal(21), rate=Decimal("5.2"), amount=Decimal("5.20"))
    record = told(filed=filing(surcharges=(extra,)))
    (line,) = record.Desglose
    assert (line.ClaveRegimen, line.TipoRecargoEquivalencia) == ("18", Decimal("5.2"))
    assert (record.CuotaTotal, record.ImporteTotal) == (Decimal("26.20"), Decimal("126.20"))


def test_what_verifactu_cannot_say_is_refused() -> None:
    assert refused(currency_code="USD") == ["ES-01"]
    assert refused(seller={"name": "x", "vat_identifier": "ES89890001X"}) == ["ES-02"]
    assert refused(number="Ñ1") == ["ES-03"]
    assert refused(number="a=b") == ["ES-03"]
    assert refused(seller={"vat_identifier": "ES89890001K"}) == ["ES-04"]
    assert refused(row("B", "100.00")) == ["ES-05"]
    assert refused(row("E", "1", exemption_reason_code="VATEX-EU-F")) == ["ES-05"]
    assert refused(*[STANDARD] * 13) == ["ES-06"]
    assert refused(type_code="384") == ["ES-07"]
    assert refused(lines=[]) == ["ES-08"]


def test_what_the_aeat_would_refuse_is_refused_with_its_code() -> None:
    cases: list[tuple[dict[str, Any], list[Any], str]] = [
        ({"issue_date": "2026-11-23"}, [], "1112"),
        ({"issue_date": "2024-10-27"}, [], "1152"),
        ({}, [row("S", "100.00", "22.00", "22")], "1124"),
        ({}, [row("S", "1000.00", "21.00", "21")], "1142"),
        ({}, [row("K", "100.00")], "1289"),
        ({"buyer": {}}, [row("S", "9000.00", "1890.00", "21")], "1150"),
        ({"buyer": {}}, [row("AE", "100.00")], "1197"),
    ]
    for members, rows, code in cases:
        with pytest.raises(NotRegistrableError) as caught:
            told(*rows, **members)
        (found,) = caught.value.findings
        assert found.rule == "ES-09"
        assert found.message.endswith(f"(AEAT {code})")


def test_what_the_aeat_would_only_remark_upon_is_a_warning() -> None:
    _, found = registration(invoice(total="140.00"), filing(), TODAY)
    assert [(one.rule, one.flag) for one in found] == [("ES-10", Flag.WARNING)]
    assert found[0].message.endswith("(AEAT 2005)")


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        (row("L", "100.00", "7.00", "7"), ("03", "01")),
        (row("M", "100.00", "4.00", "4"), ("02", None)),
        (row("S", "100.00", "21.00", "21"), ("01", "01")),
    ],
)
def test_what_is_not_taxed_belongs_to_the_tax_of_the_other_rows(
    beside: Any,  # noqa: ANN401 - JSON
    expected: tuple[str, str | None],
) -> None:
    _, exempt = told(beside, row("E", "10.00"), total="131.00").Desglose
    assert (exempt.Impuesto, exempt.ClaveRegimen) == expected


def test_a_rate_is_told_with_two_decimals() -> None:
    (line,) = told(row("S", "100.00", "21.00", "21.000")).Desglose
    assert str(line.TipoImpositivo) == "21.00"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("FR-52.422.961.982", "FR52422961982"),
        ("GR 123456789", "EL123456789"),
        ("EL123456789", "EL123456789"),
    ],
)
def test_a_number_of_the_union_is_told_without_separators(number: str, expected: str) -> None:
    country = {"FR": "FR"}.get(number[:2], "GR")
    buyer = {**FRENCH, "vat_identifier": number, "postal_address": {"country_code": country}}
    (recipient,) = told(row("K", "100.00"), total="100.00", buyer=buyer).Destinatarios
    assert recipient.IDOtro is not None
    assert (recipient.IDOtro.IDType, recipient.IDOtro.ID) == ("02", expected)


@pytest.mark.parametrize(
    ("rows", "members", "code"),
    [
        ((row("K", "100.00"),), {"buyer": {**FRENCH, "vat_identifier": "FR12"}}, "1103"),
        (
            (row("G", "100.00"),),
            {
                "buyer": {
                    "name": "Long",
                    "legal_registration_identifier": {"value": "A" * 21},
                    "postal_address": {"country_code": "US"},
                }
            },
            "4102",
        ),
        ((row("S", "1000000000000.00", "210000000000.00", "21"),), {}, "4102"),
        ((row("L", "1000.00", "63.75", "6.375"),), {}, "4102"),
    ],
)
def test_what_the_schema_or_the_census_refuses_is_found_before_the_number_is_used(
    rows: tuple[Any, ...], members: dict[str, Any], code: str
) -> None:
    with pytest.raises(NotRegistrableError) as caught:
        told(*rows, total="100.00", **members)
    assert any(f"(AEAT {code})" in one.message for one in caught.value.findings)
    assert {one.rule for one in caught.value.findings} == {"ES-09"}
