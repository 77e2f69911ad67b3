"""The VAT breakdown (BG-23) as VeriFactu's Desglose has it.

Sources: Ley 37/1992 (LIVA), articles 20 to 25, 69, 70, 84; lists L1, L8A, L8B, L9 and L10 of Orden
HAC/1177/2024; Validaciones 1.0.9, 15.6. Which exemption a VATEX code stands for is ours, and a
`Filing` may say otherwise.

A reverse charge (AE) is Spain's own only where the recipient has a NIF (LIVA 84.Uno.2): then S2.
Who has none owes the tax of his own country; here the rules of place leave nothing subject: N2.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from countries.es.filing import Filing, Surcharge, finding
from formats.en16931.amounts import VatBreakdown
from formats.findings import Finding
from formats.verifactu.records import Calificacion, ClaveImpuesto, Detalle, Exencion

MOST = 12
_ZERO = Decimal("0.00")
_PLACES = 2
_GENERAL = "01"
_EXPORT = "02"
_RETAIL = "18"
_IVA: ClaveImpuesto = "01"
_TAX: dict[str, ClaveImpuesto] = {"S": _IVA, "Z": _IVA, "L": "03", "M": "02"}
_WITH_REGIMES = frozenset({_IVA, "03"})
_TAXED = frozenset({"S", "Z", "L", "M"})
_OTHERS = frozenset({"E", "G", "K", "AE", "O"})
_MARGIN = frozenset({"VATEX-EU-D", "VATEX-EU-F", "VATEX-EU-I", "VATEX-EU-J"})
_EXEMPT: tuple[tuple[str, Exencion], ...] = (
    ("VATEX-EU-132", "E1"),  # LIVA 20
    ("VATEX-EU-135", "E1"),
    ("VATEX-EU-146", "E2"),  # LIVA 21: exports
    ("VATEX-EU-G", "E2"),
    ("VATEX-EU-148", "E3"),  # LIVA 22: ships, aircraft
    ("VATEX-EU-151", "E3"),  # and diplomats, organisations, forces
    ("VATEX-EU-159", "E4"),  # LIVA 23 and 24: customs and other warehouses
    ("VATEX-EU-IC", "E5"),  # LIVA 25: supplies within the Union
)


def unsayable(rows: tuple[VatBreakdown, ...]) -> Iterator[Finding]:
    """Yield a finding for each row that VeriFactu has no place for."""
    for index, row in enumerate(rows):
        pointer = f"/vat_breakdown/{index}"
        code = row.category_code or ""
        if code not in _TAXED | _OTHERS:
            message = f"VAT category {code or 'none'} has no place in a VeriFactu record."
            yield finding("ES-05", message, term="BT-118", pointer=f"{pointer}/category_code")
        elif row.exemption_reason_code in _MARGIN:
            message = (
                f"{row.exemption_reason_code} is a margin scheme: the AEAT wants its base and tax,"
                " which this invoice does not say."
            )
            yield finding(
                "ES-05", message, term="BT-121", pointer=f"{pointer}/exemption_reason_code"
            )
        if row.category_taxable_amount is None:
            message = "A row of the VAT breakdown has no taxable amount."
            yield finding("ES-04", message, term="BT-116", pointer=pointer)
    if len(rows) > MOST:
        message = f"The VAT breakdown has {len(rows)} rows; a record has at most {MOST}."
        yield finding("ES-06", message, term="BG-23", pointer="/vat_breakdown")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the recipient is.

    Attributes:
        abroad: He sits outside Spain.
        known: He has a NIF, or nothing says who he is.
    """

    abroad: bool
    known: bool


def details(
    rows: tuple[VatBreakdown, ...], filing: Filing, *, sign: int, place: Place
) -> tuple[Detalle, ...]:
    """Return the breakdown.

    Args:
        rows: BG-23, without what is `unsayable`.
        filing: What comes beside it.
        sign: -1 for a credit note, whose amounts are corrections by differences.
        place: Where the recipient is.
    """
    usual = filing.tax or _usual_tax(rows)
    return tuple(_detail(row, filing, sign, place, usual) for row in rows)


def _usual_tax(rows: tuple[VatBreakdown, ...]) -> ClaveImpuesto:
    """Return the tax of rows whose category names none: that of the others, where it is one."""
    said = {_TAX[code] for row in rows if (code := row.category_code or "") in _TAX}
    return said.pop() if len(said) == 1 else _IVA


def _detail(
    row: VatBreakdown, filing: Filing, sign: int, place: Place, usual_tax: ClaveImpuesto
) -> Detalle:
    code = row.category_code or ""
    tax = filing.tax or _TAX.get(code, usual_tax)
    base = sign * (row.category_taxable_amount or _ZERO)

    def regime(usual: str) -> str | None:
        return (filing.regime or usual) if tax in _WITH_REGIMES else None

    if code in _TAXED:
        extra = _surcharge(row, filing)
        return Detalle(
            Impuesto=tax,
            ClaveRegimen=regime(_RETAIL if extra else _GENERAL),
            CalificacionOperacion="S1",
            TipoImpositivo=_two_places(row.category_rate or Decimal(0)),
            BaseImponibleOimporteNoSujeto=base,
            CuotaRepercutida=sign * (row.category_tax_amount or _ZERO),
            TipoRecargoEquivalencia=extra.rate if extra else None,
            CuotaRecargoEquivalencia=sign * extra.amount if extra else None,
        )
    if code == "AE" and place.known:
        return Detalle(
            Impuesto=tax,
            ClaveRegimen=regime(_GENERAL),
            CalificacionOperacion="S2",
            TipoImpositivo=Decimal(0),
            BaseImponibleOimporteNoSujeto=base,
            CuotaRepercutida=Decimal(0),
        )
    if code in {"AE", "O"}:
        subject: Calificacion = "N2" if code == "AE" or place.abroad else "N1"
        return Detalle(
            Impuesto=tax,
            ClaveRegimen=regime(_GENERAL),
            CalificacionOperacion=subject,
            BaseImponibleOimporteNoSujeto=base,
        )
    exempt = _exemption(code, row.exemption_reason_code or "", filing)
    usual = _EXPORT if exempt == "E2" else _GENERAL
    if exempt == "E3":
        usual = _EXPORT  # 01 goes with neither E2 nor E3 (1199)
    return Detalle(
        Impuesto=tax,
        ClaveRegimen=regime(usual),
        OperacionExenta=exempt,
        BaseImponibleOimporteNoSujeto=base,
    )


def _two_places(rate: Decimal) -> Decimal:
    """Return a rate with no more than two decimals, where no digit is lost (Tipo2.2Type)."""
    short = rate.quantize(_ZERO)
    return short if short == rate and rate.as_tuple().exponent < -_PLACES else rate  # type: ignore[operator] # finite


def _exemption(code: str, reason: str, filing: Filing) -> Exencion:
    if reason in filing.exemptions:
        return filing.exemptions[reason]
    if code == "G":
        return "E2"
    if code == "K":
        return "E5"
    usual: Exencion = "E1" if not reason else "E6"
    return next((kind for prefix, kind in _EXEMPT if reason.startswith(prefix)), usual)


def _surcharge(row: VatBreakdown, filing: Filing) -> Surcharge | None:
    return next((one for one in filing.surcharges if one.vat_rate == row.category_rate), None)
