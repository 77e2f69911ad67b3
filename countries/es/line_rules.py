"""The AEAT's validations of one line of a breakdown; see `record_rules`."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from formats.verifactu.records import Detalle, RegistroAlta

_RATES = frozenset(map(Decimal, ("0", "2", "4", "5", "7.5", "10", "21")))
_FIVE = (datetime.date(2022, 7, 1), datetime.date(2024, 9, 30))
_TWO = (datetime.date(2024, 10, 1), datetime.date(2024, 12, 31))
_SURCHARGES = {
    Decimal(21): ("1162", frozenset(map(Decimal, ("5.2", "1.75")))),
    Decimal(10): ("1163", frozenset({Decimal("1.4")})),
    Decimal(4): ("1164", frozenset({Decimal("0.5")})),
}
_KNOWN = frozenset(map(Decimal, ("0", "0.26", "0.5", "0.62", "1", "1.4", "1.75", "5.2")))
_NAMED = frozenset({"F1", "F3", "R1", "R2", "R3", "R4"})
_REGIMES = frozenset(f"{number:02}" for number in (*range(1, 12), 14, 15, *range(17, 22)))
_MARGIN = Decimal(10)
_SUBJECT = frozenset({"01", "03"})
_NOTHING = (Decimal(0), Decimal(0))


@dataclass(frozen=True, slots=True)
class Broken:
    """A validation that a record does not keep.

    Attributes:
        code: The AEAT's.
        message: What is wrong.
        term: The business term concerned, if one is.
    """

    code: str
    message: str
    term: str | None = None


def broken(record: RegistroAlta, line: Detalle) -> Iterator[Broken]:
    """Yield what the AEAT would refuse a record for because of one of its lines."""
    tax = line.Impuesto or "01"
    yield from _sort(record, line, tax)
    yield from _rates(record, line, tax)
    if tax in _SUBJECT:
        yield from _regime(record, line, tax)
    elif line.ClaveRegimen is not None:
        yield Broken("1246", "Only a line of IVA or IGIC has a regime")
    yield from _amount(record, line, tax)


def _sort(record: RegistroAlta, line: Detalle, tax: str) -> Iterator[Broken]:
    kind, exempt = line.CalificacionOperacion, line.OperacionExenta
    taxes = (line.TipoImpositivo, line.CuotaRepercutida)
    extra = (line.TipoRecargoEquivalencia, line.CuotaRecargoEquivalencia)
    taxed = any(one is not None for one in (*taxes, *extra))
    general = line.ClaveRegimen == "01" and tax in _SUBJECT
    national = any(one.NIF is not None for one in record.Destinatarios)
    checks = {
        "1195": (kind is None and exempt is None, "A line is taxed, exempt or not subject"),
        "1196": (kind is not None and exempt is not None, "A line is exempt or not, not both"),
        "1197": (
            kind == "S2" and record.TipoFactura not in _NAMED,
            "A reverse charge needs an invoice that names its recipient",
        ),
        "1198": (kind == "S2" and taxes != _NOTHING, "A reverse charge has rate and tax 0"),
        "1237": (
            kind in {"N1", "N2"} and tax == "01" and taxed,
            "What is not subject has neither rate nor tax",
        ),
        "1238": (exempt is not None and taxed, "What is exempt has neither rate nor tax"),
        "1182": (tax == "01" and exempt in {"E7", "E8"}, "E7 and E8 are for IGIC alone"),
        "1199": (general and exempt in {"E2", "E3"}, "E2 and E3 do not go with regime 01"),
        "1289": (
            exempt == "E5" and tax == "01" and national,
            "A supply within the Union has a recipient with a number of another member",
        ),
    }
    terms = {"1289": "BT-48", "1197": "BG-7"}
    for code, (wrong, message) in checks.items():
        if wrong:
            yield Broken(code, message, terms.get(code, "BT-118"))


def _rates(record: RegistroAlta, line: Detalle, tax: str) -> Iterator[Broken]:
    extra, amount = line.TipoRecargoEquivalencia, line.CuotaRecargoEquivalencia
    if (extra is not None or amount is not None) and line.CalificacionOperacion != "S1":
        yield Broken("1281", "Only what is taxed has a surcharge", "BT-118")
    if (extra is None) != (amount is None):
        yield Broken("1284", "A surcharge has a rate and an amount")
    if tax != "01" or line.CalificacionOperacion != "S1":
        return
    day = record.FechaOperacion or record.IDFactura.FechaExpedicionFactura
    rate = line.TipoImpositivo
    if rate is not None:
        if rate not in _RATES:
            yield Broken("1124", f"{rate} % is no rate of IVA", "BT-119")
        if rate == Decimal(5) and not _FIVE[0] <= day <= _FIVE[1]:
            yield Broken("1194", f"5 % was no rate on {day}", "BT-119")
        if rate in {Decimal(2), Decimal("7.5")} and not _TWO[0] <= day <= _TWO[1]:
            yield Broken("1235", f"{rate} % was no rate on {day}", "BT-119")
    if extra is not None:
        code, right = _SURCHARGES.get(rate or Decimal(0), ("1127", _KNOWN))
        if extra not in right:
            known = extra in _KNOWN
            yield Broken(code if known else "1127", f"A surcharge of {extra} % goes with {rate} %")


def _regime(record: RegistroAlta, line: Detalle, tax: str) -> Iterator[Broken]:
    key, kind, exempt = line.ClaveRegimen, line.CalificacionOperacion, line.OperacionExenta
    sort = record.TipoFactura
    if not key:
        yield Broken("1245", "A line of IVA or IGIC has a regime")
        return
    if key not in _REGIMES:
        yield Broken("1246", f"{key} is no regime")
    all_nif = all(one.NIF is not None for one in record.Destinatarios)
    checks = {
        "02": ("1286", exempt is None),
        "03": ("1200", kind not in {None, "S1"}),
        "04": ("1201", kind != "S2" and exempt is None),
        "06": ("1202", sort in {"F2", "F3", "R5"} or line.BaseImponibleACoste is None),
        "07": ("1203", kind in {"S2", "N1", "N2"} or exempt in {"E2", "E3", "E4", "E5"}),
        "08": ("1252", kind != "N2"),
        "10": ("1205", kind != "N1" or sort != "F1" or not all_nif),
        "11": ("1206", tax == "01" and line.TipoImpositivo != Decimal(21)),
    }
    code, wrong = checks.get(key, ("", False))
    if wrong:
        yield Broken(code, f"The line is none of regime {key}", "BT-118")
    if key == "14":
        yield from _public(record)


def _public(record: RegistroAlta) -> Iterator[Broken]:
    issued, done = record.IDFactura.FechaExpedicionFactura, record.FechaOperacion
    if done is None or done <= issued:
        yield Broken("1147", "Regime 14 has a later day of operation", "BT-72")
    if record.TipoFactura not in _NAMED - {"F3"}:
        yield Broken("1148", "Regime 14 goes with F1 and R1 to R4")
    if any((one.NIF or "-")[0] not in "PQSV" for one in record.Destinatarios):
        yield Broken("1149", "Regime 14 is for public bodies", "BT-48")


def _amount(record: RegistroAlta, line: Detalle, tax: str) -> Iterator[Broken]:
    cost, kind = line.BaseImponibleACoste, line.CalificacionOperacion
    quota = line.CuotaRepercutida or Decimal(0)
    if cost is not None and line.ClaveRegimen != "06" and tax not in {"02", "05"}:
        yield Broken("1257", "A base at cost goes with regime 06, IPSI and other taxes")
    if quota != 0 and kind != "S1" and line.OperacionExenta is None:
        yield Broken("1207", "Only what is taxed has a tax", "BT-117")
    if kind != "S1":
        return
    if line.TipoImpositivo is None or line.CuotaRepercutida is None:
        yield Broken("1208", "What is taxed has a rate and a tax", "BT-119")
        return
    if record.TipoRectificativa == "I" or record.TipoFactura in {"R2", "R3"}:
        return
    base = line.BaseImponibleOimporteNoSujeto if cost is None else cost
    if base * quota < 0:
        code = "1143" if cost is None else "1140"
        yield Broken(code, "Base and tax have the same sign", "BT-117")
    if abs(base * line.TipoImpositivo / 100 - quota) > _MARGIN:
        code = "1142" if cost is None else "1144"
        yield Broken(code, "The tax is not the rate of its base", "BT-117")
