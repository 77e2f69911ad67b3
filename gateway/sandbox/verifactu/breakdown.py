"""What the authority finds wrong with the breakdown of a registration, by code.

Source: AEAT, Validaciones y errores VeriFactu 1.0.9, section 3.1.3, point 15.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from gateway.sandbox.verifactu.record import Part, Record

_RATES = frozenset(map(Decimal, ("0", "2", "4", "5", "7.5", "10", "21")))
_SURCHARGES = frozenset(map(Decimal, ("0", "0.26", "0.5", "0.62", "1", "1.4", "1.75", "5.2")))
_SURCHARGE_OF = {
    Decimal(21): ("1162", frozenset(map(Decimal, ("5.2", "1.75")))),
    Decimal(10): ("1163", frozenset({Decimal("1.4")})),
    Decimal(4): ("1164", frozenset({Decimal("0.5")})),
}
_FIVE = (datetime.date(2022, 7, 1), datetime.date(2024, 9, 30))
_TWO = (datetime.date(2024, 10, 1), datetime.date(2024, 12, 31))
_NAMED = frozenset({"F1", "F3", "R1", "R2", "R3", "R4"})
_PUBLIC = frozenset("PQSV")
_SUBJECT = frozenset({"01", "03"})  # IVA and IGIC have regimes
_KEYS = frozenset(f"{number:02}" for number in (*range(1, 12), 14, 15, *range(17, 22)))
_CENTS = Decimal(10)  # euros that a tax may be off
_SIMPLIFIED = Decimal(3010)
_TAXES = ("TipoImpositivo", "CuotaRepercutida")
_EXTRA = ("TipoRecargoEquivalencia", "CuotaRecargoEquivalencia")


def findings(record: Record) -> Iterator[str]:
    """Yield the codes of what is wrong with a registration's breakdown."""
    lines = record.parts("Desglose/DetalleDesglose")
    for line in lines:
        yield from _kind(record, line)
        yield from _rates(record, line)
        yield from _regime(record, line)
        yield from _tax(record, line)
    total = sum(
        (one.amount("BaseImponibleOimporteNoSujeto") + one.amount("CuotaRepercutida"))
        for one in lines
    )
    agreed = record.has("NumRegistroAcuerdoFacturacion")
    unnamed = record.text("FacturaSinIdentifDestinatarioArt61d") == "S"
    if record.text("TipoFactura") == "F2" and total > _SIMPLIFIED and not (agreed or unnamed):
        yield "1150"


def _tax_of(line: Part) -> str:
    return line.text("Impuesto") or "01"


def _kind(record: Record, line: Part) -> Iterator[str]:
    kind, exempt, tax = (
        line.text("CalificacionOperacion"),
        line.text("OperacionExenta"),
        _tax_of(line),
    )
    zeros = all(line.has(one) and line.amount(one) == 0 for one in _TAXES)
    taxed = _any(line, *_TAXES, *_EXTRA)
    general = line.text("ClaveRegimen") == "01" and tax in _SUBJECT
    national = any(one.has("NIF") for one in record.parts("Destinatarios/IDDestinatario"))
    checks = {
        "1195": not kind and not exempt,
        "1196": bool(kind and exempt),
        "1197": kind == "S2" and record.text("TipoFactura") not in _NAMED,
        "1198": kind == "S2" and not zeros,
        "1237": kind in {"N1", "N2"} and tax == "01" and taxed,
        "1238": bool(exempt) and taxed,
        "1182": tax == "01" and exempt in {"E7", "E8"},
        "1199": general and exempt in {"E2", "E3"},
        "1289": exempt == "E5" and tax == "01" and national,
    }
    yield from (code for code, broken in checks.items() if broken)


def _any(line: Part, *names: str) -> bool:
    return any(line.has(one) for one in names)


def _rates(record: Record, line: Part) -> Iterator[str]:
    if _any(line, *_EXTRA):
        if line.text("CalificacionOperacion") != "S1":
            yield "1281"
        if not all(line.has(one) for one in _EXTRA):
            yield "1284"
    if _tax_of(line) != "01" or line.text("CalificacionOperacion") != "S1":
        return
    if line.has("TipoImpositivo"):
        yield from _rate(line.amount("TipoImpositivo"), record.operation_day or _FIVE[0])
    if line.has("TipoRecargoEquivalencia"):
        yield from _surcharge(line)


def _rate(rate: Decimal, day: datetime.date) -> Iterator[str]:
    if rate not in _RATES:
        yield "1124"
    if rate == Decimal(5) and not _FIVE[0] <= day <= _FIVE[1]:
        yield "1194"
    if rate in {Decimal(2), Decimal("7.5")} and not _TWO[0] <= day <= _TWO[1]:
        yield "1235"


def _surcharge(line: Part) -> Iterator[str]:
    extra = line.amount("TipoRecargoEquivalencia")
    code, right = _SURCHARGE_OF.get(line.amount("TipoImpositivo"), ("1127", _SURCHARGES))
    if extra not in _SURCHARGES:
        yield "1127"
    elif extra not in right:
        yield code


def _regime(record: Record, line: Part) -> Iterator[str]:
    tax, key = _tax_of(line), line.text("ClaveRegimen")
    if tax not in _SUBJECT:
        if key:
            yield "1246"
        return
    if not key:
        yield "1245"
        return
    if key not in _KEYS:
        yield "1246"
    kind, exempt = line.text("CalificacionOperacion"), line.text("OperacionExenta")
    sort = record.text("TipoFactura")
    broken = {
        "02": ("1286", not exempt),
        "03": ("1200", kind not in {"", "S1"}),
        "04": ("1201", kind != "S2" and not exempt),
        "06": ("1202", sort in {"F2", "F3", "R5"} or not line.has("BaseImponibleACoste")),
        "07": ("1203", kind in {"S2", "N1", "N2"} or exempt in {"E2", "E3", "E4", "E5"}),
        "08": ("1252", kind != "N2"),
        "10": ("1205", kind != "N1" or sort != "F1" or not _all_nif(record)),
        "11": ("1206", tax == "01" and line.amount("TipoImpositivo") != Decimal(21)),
    }
    if key in broken and broken[key][1]:
        yield broken[key][0]
    if key == "14":
        yield from _public(record, sort)


def _all_nif(record: Record) -> bool:
    return all(one.has("NIF") for one in record.parts("Destinatarios/IDDestinatario"))


def _public(record: Record, sort: str) -> Iterator[str]:
    issued = record.day("IDFactura/FechaExpedicionFactura")
    done = record.day("FechaOperacion")
    if done is None or issued is None or done <= issued:
        yield "1147"
    if sort not in {"F1", "R1", "R2", "R3", "R4"}:
        yield "1148"
    recipients = record.parts("Destinatarios/IDDestinatario")
    if any(one.text("NIF")[:1] not in _PUBLIC or not one.has("NIF") for one in recipients):
        yield "1149"


def _tax(record: Record, line: Part) -> Iterator[str]:
    kind, cost = line.text("CalificacionOperacion"), line.has("BaseImponibleACoste")
    if cost and line.text("ClaveRegimen") != "06" and _tax_of(line) not in {"02", "05"}:
        yield "1257"
    tax = line.amount("CuotaRepercutida")
    if tax != 0 and kind != "S1" and not line.has("OperacionExenta"):
        yield "1207"
    if kind != "S1":
        return
    if not all(line.has(one) for one in _TAXES):
        yield "1208"
        return
    if record.text("TipoRectificativa") == "I" or record.text("TipoFactura") in {"R2", "R3"}:
        return
    name = "BaseImponibleACoste" if cost else "BaseImponibleOimporteNoSujeto"
    base = line.amount(name)
    if base * tax < 0:
        yield "1140" if cost else "1143"
    if abs(base * line.amount("TipoImpositivo") / 100 - tax) > _CENTS:
        yield "1144" if cost else "1142"
