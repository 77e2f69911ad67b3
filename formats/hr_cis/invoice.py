"""What CIS is told of an invoice (`Racun`): English names here, the schema's own beside them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from formats.hr_cis.values import (
    IS_AMOUNT,
    IS_OIB,
    IS_RATE,
    Check,
    CisError,
    is_flag,
    is_moment,
    text,
)

_NAME = text(r"(?s:.{1,100})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """The number of an invoice (`BrRac`), in the order in which it is printed.

    Attributes:
        sequence: BrOznRac.
        premise: OznPosPr.
        device: OznNapUr.
    """

    sequence: str
    premise: str
    device: str

    def __post_init__(self) -> None:
        _check("BrOznRac", self.sequence, text(r"[0-9]{1,20}"))
        _check("OznPosPr", self.premise, text(r"[0-9a-zA-Z]{1,20}"))
        _check("OznNapUr", self.device, text(r"[0-9]{1,20}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tax:
    """A tax at a rate (`Porez`).

    Attributes:
        rate: Stopa, in percent.
        base: Osnovica.
        amount: Iznos.
        name: Naziv, of taxes that are neither VAT nor the tax on consumption.
    """

    rate: Decimal
    base: Decimal
    amount: Decimal
    name: str | None = None

    def __post_init__(self) -> None:
        _check("Stopa", self.rate, IS_RATE)
        _check("Osnovica", self.base, IS_AMOUNT)
        _check("Iznos", self.amount, IS_AMOUNT)
        if self.name is not None:
            _check("Naziv", self.name, _NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """A fee, as the deposit on packaging (`Naknada`).

    Attributes:
        name: NazivN.
        amount: IznosN.
    """

    name: str
    amount: Decimal

    def __post_init__(self) -> None:
        _check("NazivN", self.name, _NAME)
        _check("IznosN", self.amount, IS_AMOUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice.

    Attributes:
        oib: Oib: the issuer's.
        in_vat: USustPdv: whether he is a taxable person for VAT.
        issued_at: DatVrijeme: in Croatian local time, without a zone.
        numbering: OznSlijed: `N` each device counts, `P` the premise counts.
        number: BrRac.
        vat: Pdv.
        consumption: Pnp, the tax on consumption of drinks in bars and restaurants.
        other: OstaliPor; each has a name.
        exempt: IznosOslobPdv.
        margin: IznosMarza.
        not_taxable: IznosNePodlOpor.
        fees: Naknade.
        total: IznosUkupno.
        payment: NacinPlac: `G` cash, `K` card, `T` bank transfer, `O` anything else.
        operator: OibOper: of who issued it.
        zki: ZastKod; None until it is made.
        late: NakDost: it was handed over without a JIR.
        paragon: ParagonBrRac: the number of the invoice by hand that it copies.
        purpose: SpecNamj.
        recipient: OibPrimateljaRacuna: of a business that pays in cash or by card.
    """

    oib: str
    in_vat: bool
    issued_at: datetime.datetime
    numbering: str
    number: Number
    vat: tuple[Tax, ...] = ()
    consumption: tuple[Tax, ...] = ()
    other: tuple[Tax, ...] = ()
    exempt: Decimal | None = None
    margin: Decimal | None = None
    not_taxable: Decimal | None = None
    fees: tuple[Fee, ...] = ()
    total: Decimal
    payment: str
    operator: str
    zki: str | None = None
    late: bool = False
    paragon: str | None = None
    purpose: str | None = None
    recipient: str | None = None

    def __post_init__(self) -> None:
        for field, (name, check) in _CHECKS.items():
            value = getattr(self, field)
            if value is not None or field in _NEEDED:
                _check(name, value, check)
        if any(tax.name is None for tax in self.other):
            raise CisError("Naziv", "is missing")
        if any(tax.name is not None for tax in (*self.vat, *self.consumption)):
            raise CisError("Naziv", "is for other taxes alone")


_NEEDED = frozenset(
    {"oib", "in_vat", "issued_at", "numbering", "total", "payment", "operator", "late"}
)
_CHECKS: Mapping[str, tuple[str, Check]] = MappingProxyType(
    {
        "oib": ("Oib", IS_OIB),
        "in_vat": ("USustPdv", is_flag),
        "issued_at": ("DatVrijeme", is_moment),
        "numbering": ("OznSlijed", text("[NP]")),
        "exempt": ("IznosOslobPdv", IS_AMOUNT),
        "margin": ("IznosMarza", IS_AMOUNT),
        "not_taxable": ("IznosNePodlOpor", IS_AMOUNT),
        "total": ("IznosUkupno", IS_AMOUNT),
        "payment": ("NacinPlac", text("[GKTO]")),
        "operator": ("OibOper", IS_OIB),
        "zki": ("ZastKod", text("[a-f0-9]{32}")),
        "late": ("NakDost", is_flag),
        "paragon": ("ParagonBrRac", _NAME),
        "purpose": ("SpecNamj", text(r"(?s:.{1,1000})")),
        "recipient": ("OibPrimateljaRacuna", IS_OIB),
    }
)


def _check(name: str, value: object, check: Check) -> None:
    if not check(value):
        raise CisError(
            name, f"cannot be {str(value)[:40]!r}" if value is not None else "is missing"
        )
