"""The AEAT's published validations of a registration, before it is sent: the code is named.

Source: AEAT, Validaciones y errores VeriFactu 1.0.9, section 3.1.3. Left out is what only the AEAT
knows: the census, agreements, what is registered already.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from countries.es import union_numbers
from countries.es.counterparts import nif_of
from countries.es.filing import finding
from countries.es.line_rules import Broken, broken
from formats.en16931.money import add
from formats.findings import Finding, Flag
from formats.verifactu.parties import Persona
from formats.verifactu.records import RegistroAlta

BEGAN = datetime.date(2024, 10, 28)
"""Before this day no invoice is taken."""

_NAMED = frozenset({"F1", "F3", "R1", "R2", "R3", "R4"})
_CORRECTIVE = frozenset({"R1", "R2", "R3", "R4", "R5"})
_LATER = frozenset({"14", "15"})
_NO_TOTAL = frozenset({"03", "05", "06", "08", "09"})
_SUBJECT = frozenset({None, "01", "03"})
_MACRO = Decimal(100_000_000)
_MARGIN = Decimal(10)
_SIMPLIFIED = Decimal(3010)
_TOO_MUCH = Decimal(10) ** 12
_LONGEST_ID = 20


def check(record: RegistroAlta, today: datetime.date) -> tuple[Finding, ...]:
    """Return the findings about a record: `ES-09` it would be refused, `ES-10` remarked upon."""
    refused = [
        finding("ES-09", f"{one.message} (AEAT {one.code})", term=one.term)
        for one in refusals(record, today)
    ]
    remarked = [
        finding(
            "ES-10",
            f"{one.message} (AEAT {one.code})",
            term=one.term,
            flag=Flag.WARNING,
        )
        for one in remarks(record)
    ]
    return (*refused, *remarked)


def refusals(record: RegistroAlta, today: datetime.date) -> Iterator[Broken]:
    """Yield what the AEAT would refuse a record for."""
    yield from _figures(record)
    yield from _days(record, today)
    yield from _kind(record)
    yield from _parties(record)
    for line in record.Desglose:
        yield from broken(record, line)
    total = add(
        amount
        for one in record.Desglose
        for amount in (one.BaseImponibleOimporteNoSujeto, one.CuotaRepercutida)
    )
    unnamed = record.FacturaSinIdentifDestinatarioArt61d == "S"
    agreed = record.NumRegistroAcuerdoFacturacion is not None
    if record.TipoFactura == "F2" and total > _SIMPLIFIED and not (unnamed or agreed):
        yield Broken(
            "1150", "A simplified invoice is of 3,000 euros at most: identify the buyer", "BG-7"
        )


def remarks(record: RegistroAlta) -> Iterator[Broken]:
    """Yield what the AEAT would accept a record with, and have mended."""
    taxes = add(
        amount
        for one in record.Desglose
        for amount in (one.CuotaRepercutida, one.CuotaRecargoEquivalencia)
    )
    bases = add(one.BaseImponibleOimporteNoSujeto for one in record.Desglose)
    special = any(one.ClaveRegimen in _NO_TOTAL for one in record.Desglose)
    if not special and abs(record.ImporteTotal - bases - taxes) > _MARGIN:
        yield Broken("2005", "The total is not the sum of the breakdown", "BT-112")
    if abs(record.CuotaTotal - taxes) > _MARGIN:
        yield Broken("2006", "The total tax is not the sum of the breakdown", "BT-110")


def _figures(record: RegistroAlta) -> Iterator[Broken]:
    """Yield what the schema has no room for: ImporteSgn12.2Type and Tipo2.2Type."""
    replaced = record.ImporteRectificacion
    amounts = [record.CuotaTotal, record.ImporteTotal]
    if replaced is not None:
        amounts += [replaced.BaseRectificada, replaced.CuotaRectificada]
    for line in record.Desglose:
        amounts.append(line.BaseImponibleOimporteNoSujeto)
        amounts += [one for one in (line.CuotaRepercutida, line.CuotaRecargoEquivalencia) if one]
        for rate in (line.TipoImpositivo, line.TipoRecargoEquivalencia):
            if rate is not None and rate != round(rate, 2):
                yield Broken("4102", f"The rate {rate} has more than two decimals", "BT-119")
    for amount in amounts:
        if abs(amount) >= _TOO_MUCH:
            yield Broken("4102", f"{amount} has more than twelve digits", "BT-112")


def _days(record: RegistroAlta, today: datetime.date) -> Iterator[Broken]:
    issued, done = record.IDFactura.FechaExpedicionFactura, record.FechaOperacion
    if issued > today:
        yield Broken("1112", "The invoice is dated after today", "BT-2")
    if issued < BEGAN:
        yield Broken("1152", f"The invoice is dated before {BEGAN}", "BT-2")
    if done is None:
        return
    subject = [one for one in record.Desglose if one.Impuesto in _SUBJECT]
    later = all(one.ClaveRegimen in _LATER for one in subject)
    if done.year < today.year - 20:
        yield Broken("1134", "The operation is of more than twenty years ago", "BT-72")
    if done.year > today.year + 1:
        yield Broken("1125", "The operation is later than next year", "BT-72")
    if issued < done and not later:
        yield Broken("1146", "The operation is later than the invoice", "BT-72")
    if done > today and not later:
        yield Broken("1173", "The operation is in the future", "BT-72")


def _kind(record: RegistroAlta) -> Iterator[Broken]:
    kind, way = record.TipoFactura, record.TipoRectificativa
    corrective, mends = kind in _CORRECTIVE, record.Subsanacion == "S"
    checks = {
        "1153": (record.RechazoPrevio == "X" and not mends, "RechazoPrevio X needs Subsanacion S"),
        "1161": (record.RechazoPrevio == "S" and not mends, "RechazoPrevio S needs Subsanacion S"),
        "1114": (corrective and way is None, "A correction is by substitution or differences"),
        "1115": (not corrective and way is not None, "Only a correction is by substitution"),
        "1117": (
            not corrective and bool(record.FacturasRectificadas),
            "Only a correction names corrected invoices",
        ),
        "1116": (
            kind != "F3" and bool(record.FacturasSustituidas),
            "Only F3 names simplified invoices that it stands for",
        ),
        "1118": (
            way == "S" and record.ImporteRectificacion is None,
            "A substitution says what the replaced invoices amounted to",
        ),
        "1119": (
            way != "S" and record.ImporteRectificacion is not None,
            "Only a substitution says what invoices amounted to",
        ),
        "1183": (
            record.FacturaSimplificadaArt7273 == "S" and kind not in _NAMED,
            "FacturaSimplificadaArt7273 goes with F1, F3, R1 to R4 alone",
        ),
        "1185": (
            record.FacturaSinIdentifDestinatarioArt61d == "S" and kind in _NAMED,
            "FacturaSinIdentifDestinatarioArt61d goes with F2 and R5 alone",
        ),
        "1139": (
            abs(record.ImporteTotal) >= _MACRO and record.Macrodato != "S",
            "An invoice of 100,000,000 euros or more says so (Macrodato)",
        ),
        "1157": (record.Cupon == "S" and kind not in {"R1", "R5"}, "Cupon goes with R1 and R5"),
    }
    terms = {"1118": "BG-3", "1117": "BG-3"}
    for code, (wrong, message) in checks.items():
        if wrong:
            yield Broken(code, message, terms.get(code))


def _parties(record: RegistroAlta) -> Iterator[Broken]:
    named, kind = record.Destinatarios, record.TipoFactura
    issuer, third = record.EmitidaPorTerceroODestinatario, record.Tercero
    if kind in _NAMED and not named:
        yield Broken("1189", f"An invoice {kind} names its recipient with a number", "BG-7")
    if kind not in _NAMED and named:
        yield Broken("1190", f"An invoice {kind} names no recipient", "BG-7")
    if (issuer == "T" and third is None) or (issuer == "D" and not named):
        yield Broken("1158", "Who issued it is not there")
    if third is not None:
        if issuer != "T":
            yield Broken("1187", "A third party is named that did not issue it")
        if record.IDFactura.IDEmisorFactura == third.NIF:
            yield Broken("1188", "The third party is the seller")
        if third.IDOtro is not None and third.IDOtro.IDType == "07":
            yield Broken("1211", "A third party is in the census")
        yield from _person(third, frozenset({"03"}))
    for one in named:
        yield from _person(one, frozenset({"03", "07"}))


def _person(person: Persona, spanish: frozenset[str]) -> Iterator[Broken]:
    other = person.IDOtro
    if other is None:
        if nif_of(person.NIF) != person.NIF:
            yield Broken("1123", f"{person.NIF} is no NIF", "BT-48")
        return
    if len(other.ID) > _LONGEST_ID:
        yield Broken("4102", f"{other.ID} has more than {_LONGEST_ID} characters", "BT-46")
    if other.IDType == "02":
        if not union_numbers.is_well_formed(other.ID):
            yield Broken("1103", f"{other.ID} has not the form of a VAT number", "BT-48")
        return
    if other.CodigoPais is None:
        yield Broken("1111", "A number that is no VAT number of the Union has a country", "BT-55")
    home = other.CodigoPais == "ES"
    if (home and other.IDType not in spanish) or (other.IDType == "07" and not home):
        yield Broken(
            "1126", "In Spain a recipient has a NIF, a passport, or is not censused", "BG-7"
        )
