"""What the authority finds wrong with a registration or a cancellation, by code.

Source: AEAT, Validaciones y errores VeriFactu 1.0.9, sections 3.1.3 to 3.1.5. The first code found
is the one that is answered, so identity comes before content.
"""

import datetime
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from gateway.sandbox.verifactu import breakdown
from gateway.sandbox.verifactu.numbers import is_nif, union_code
from gateway.sandbox.verifactu.record import Part, Record

_SYSTEM_ID = re.compile(r"[A-Z0-9]{2}", re.ASCII)
_PRINTABLE = re.compile(r"[ -~]{1,60}")
_HUELLA = re.compile(r"[0-9A-F]{64}", re.ASCII)
_BEGAN = datetime.date(2024, 10, 28)
_AHEAD = datetime.timedelta(seconds=240)
_MACRO = Decimal(100_000_000)
_MARGIN = Decimal(10)
_CORRECTIVE = frozenset({"R1", "R2", "R3", "R4", "R5"})
_NAMED = frozenset({"F1", "F3", "R1", "R2", "R3", "R4"})
_EXCEPT = frozenset({"03", "05", "06", "08", "09"})


@dataclass(frozen=True, slots=True)
class Terms:
    """What a record is judged against.

    Attributes:
        seller: The NIF of the header.
        now: By the authority's clock.
        unknown: NIFs of right form that are in no census.
    """

    seller: str
    now: datetime.datetime
    unknown: Collection[str] = ()

    @property
    def today(self) -> datetime.date:
        """The day, as far as a day without a zone can tell."""
        return (self.now + datetime.timedelta(hours=2)).date()


def refusals(record: Record, terms: Terms) -> Iterator[str]:
    """Yield the codes by which a record is refused."""
    issuer, number, _ = record.names
    if not is_nif(issuer):
        yield "1123"
    if issuer != terms.seller:
        yield "1108"
    if not _PRINTABLE.fullmatch(number):
        yield "1130"
    yield from _system(record)
    if record.made_at is None:
        yield "1244"
    if record.is_alta:
        yield from _alta(record, terms)
        yield from breakdown.findings(record)
    else:
        yield from _anulacion(record, terms)


def remarks(record: Record, terms: Terms) -> Iterator[str]:
    """Yield the codes with which a record is accepted and must be mended."""
    if not record.has_right_huella():
        yield "2000"
    recipients = record.parts("Destinatarios/IDDestinatario")
    if any(one.text("NIF") in terms.unknown for one in recipients if one.has("NIF")):
        yield "2001"
    if not record.is_first and not _HUELLA.fullmatch(record.previous):
        yield "2002" if len(record.previous) != 64 else "2003"  # noqa: PLR2004 - a huella's length
    if not record.is_first and record.previous == record.huella:
        yield "2008"
    if record.made_at is not None and record.made_at > terms.now + _AHEAD:
        yield "2004"
    if record.is_alta:
        yield from _totals(record)


def _alta(record: Record, terms: Terms) -> Iterator[str]:
    yield from _days(record, terms)
    sort, way = record.text("TipoFactura"), record.text("TipoRectificativa")
    mends = record.text("Subsanacion") == "S"
    before = record.text("RechazoPrevio")
    macro = abs(record.amount("ImporteTotal")) >= _MACRO
    issued = record.text("EmitidaPorTerceroODestinatario")
    third = record.has("Tercero")
    recipients = record.parts("Destinatarios/IDDestinatario")
    checks = {
        "1153": before == "X" and not mends,
        "1161": before == "S" and not mends,
        "1114": sort in _CORRECTIVE and not way,
        "1115": sort not in _CORRECTIVE and bool(way),
        "1117": sort not in _CORRECTIVE and record.has("FacturasRectificadas"),
        "1116": sort != "F3" and record.has("FacturasSustituidas"),
        "1118": way == "S" and not record.has("ImporteRectificacion"),
        "1119": way != "S" and record.has("ImporteRectificacion"),
        "1183": record.text("FacturaSimplificadaArt7273") == "S" and sort not in _NAMED,
        "1185": record.text("FacturaSinIdentifDestinatarioArt61d") == "S"
        and sort not in {"F2", "R5"},
        "1139": macro and record.text("Macrodato") != "S",
        "1158": (issued == "T" and not third) or (issued == "D" and not recipients),
        "1187": third and issued != "T",
        "1188": third and record.text("Tercero/NIF") == terms.seller,
        "1211": third and record.text("Tercero/IDOtro/IDType") == "07",
        "1189": sort in _NAMED and not recipients,
        "1190": sort not in _NAMED and bool(recipients),
        "1157": record.text("Cupon") == "S" and sort not in {"R1", "R5"},
    }
    yield from (code for code, broken in checks.items() if broken)
    third_party = record.part("Tercero")
    if third_party is not None:
        yield from _person(third_party, record, terms, frozenset({"03"}))
    for one in recipients:
        yield from _person(one, record, terms, frozenset({"03", "07"}))
        if one.text("IDOtro/IDType") == "02" and sort not in _NAMED:
            yield "1156"


def _days(record: Record, terms: Terms) -> Iterator[str]:
    issued, done = record.day("IDFactura/FechaExpedicionFactura"), record.day("FechaOperacion")
    if issued is None:
        yield "1105"
        return
    if issued > terms.today:
        yield "1112"
    if issued < _BEGAN:
        yield "1152"
    if done is None:
        return
    lines = record.parts("Desglose/DetalleDesglose")
    pending = all(
        one.text("ClaveRegimen") in {"14", "15"}
        for one in lines
        if one.text("Impuesto") in {"", "01", "03"}
    )
    if done.year < terms.today.year - 20:
        yield "1134"
    if done.year > terms.today.year + 1:
        yield "1125"
    if issued < done and not pending:
        yield "1146"
    if done > terms.today and not pending:
        yield "1173"


def _anulacion(record: Record, terms: Terms) -> Iterator[str]:
    by, maker = record.text("GeneradoPor"), record.part("Generador")
    if bool(by) != (maker is not None):
        yield "1224"
    if maker is None:
        return
    if by == "E" and not maker.has("NIF"):
        yield "1227"
    if by == "T" and maker.text("IDOtro/IDType") == "07":
        yield "1229"
    if by != "E" and maker.text("NIF") == terms.seller:
        yield "1259"
    spanish = frozenset({"03"}) if by == "T" else frozenset({"03", "07"})
    yield from _person(maker, record, terms, spanish, censused="1109")


def _person(
    person: Part, record: Record, terms: Terms, spanish: frozenset[str], *, censused: str = ""
) -> Iterator[str]:
    number = person.text("NIF")
    if person.has("NIF"):
        if not is_nif(number):
            yield "1123"
        elif censused and number in terms.unknown:
            yield censused
        return
    kind, country = person.text("IDOtro/IDType"), person.text("IDOtro/CodigoPais")
    identifier = person.text("IDOtro/ID")
    if not identifier:
        yield "1222"
    if kind == "02":
        code = union_code(identifier, record.operation_day)
        if code is not None:
            yield code
        return
    if not country:
        yield "1111"
    if (country == "ES" and kind not in spanish) or (kind == "07" and country != "ES"):
        yield "1126"


def _system(record: Record) -> Iterator[str]:
    inside = record.part("SistemaInformatico")
    if inside is None or not _SYSTEM_ID.fullmatch(inside.text("IdSistemaInformatico")):
        yield "1177"


def _totals(record: Record) -> Iterator[str]:
    lines = record.parts("Desglose/DetalleDesglose")
    tax = sum(
        (one.amount("CuotaRepercutida") + one.amount("CuotaRecargoEquivalencia")) for one in lines
    )
    bases = sum(one.amount("BaseImponibleOimporteNoSujeto") for one in lines)
    if not any(one.text("ClaveRegimen") in _EXCEPT for one in lines) and (
        abs(record.amount("ImporteTotal") - bases - tax) > _MARGIN
    ):
        yield "2005"
    if abs(record.amount("CuotaTotal") - tax) > _MARGIN:
        yield "2006"
