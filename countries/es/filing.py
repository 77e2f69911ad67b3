"""What a VeriFactu record says that the canonical invoice does not, and the rules' ids."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from formats.findings import Finding, Flag
from formats.verifactu.parties import Persona, Sistema
from formats.verifactu.records import (
    ClaveImpuesto,
    ClaveTipoFactura,
    ClaveTipoRectificativa,
    Exencion,
    Factura,
    Rectificado,
)

RULE_SET = "es.gateway:verifactu:1"

RULES = {
    "ES-01": "An invoice told to the AEAT is in EUR.",
    "ES-02": "Its seller has a NIF with a right control character.",
    "ES-03": "Its number has 1 to 60 printable ASCII characters, none of them < > \" ' =.",
    "ES-04": "It has a day of issue, a name of its seller, totals and a breakdown.",
    "ES-05": "Its VAT categories are among those VeriFactu has a place for.",
    "ES-06": "Its breakdown has at most 12 rows.",
    "ES-07": "A correction by substitution says what the replaced invoices amounted to.",
    "ES-08": "It says what was sold.",
    "ES-09": "Its record keeps the AEAT's published validations; the code is named.",
    "ES-10": "Its record keeps what the AEAT only remarks upon (warning); the code is named.",
    "ES-11": "What extensions.spain says fits the document, and the AEAT is told of it.",
}
"""By id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surcharge:
    """Recargo de equivalencia on what bears a VAT rate: EN 16931 has no place for it.

    Attributes:
        vat_rate: The rate it goes with.
        rate: Its own.
        amount: In euros, with the sign of the taxable amount.
    """

    vat_rate: Decimal
    rate: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What comes beside the invoice; what is None follows from the law, see `registration`.

    Attributes:
        system: The program.
        generated_at: The record's moment, with its zone.
        invoice_type: TipoFactura.
        correction: By substitution (S) or by differences (I).
        corrected: The invoices that are corrected, where BG-3 does not name them with their days.
        replaced: The simplified invoices that this one stands for (F3).
        replaced_amounts: What the corrected invoices amounted to, for a substitution.
        operation_date: The day of operation.
        description: What was sold.
        tax: Another tax than the VAT categories say.
        regime: ClaveRegimen, of L8A or L8B.
        exemptions: OperacionExenta by VATEX code; "" for an exemption without a code.
        surcharges: Recargo de equivalencia.
        third_party: Who issued it for the seller.
        issued_by_recipient: The recipient did (self-billing).
        mends: It mends a record of the same invoice (Subsanacion).
        rejected: RechazoPrevio: S, X.
        coupon: It corrects for a coupon.
        recipient: Who bought, where he is another to the AEAT than the invoice makes him.
        with_recipient: A simplified invoice names its recipient (artículo 7.2, 7.3).
        without_recipient: An invoice need not name him (artículo 6.1.d).
        reference: RefExterna: what it is called here.
    """

    system: Sistema
    generated_at: datetime.datetime
    invoice_type: ClaveTipoFactura | None = None
    correction: ClaveTipoRectificativa | None = None
    corrected: tuple[Factura, ...] = ()
    replaced: tuple[Factura, ...] = ()
    replaced_amounts: Rectificado | None = None
    operation_date: datetime.date | None = None
    description: str | None = None
    tax: ClaveImpuesto | None = None
    regime: str | None = None
    exemptions: Mapping[str, Exencion] = field(default_factory=lambda: MappingProxyType({}))
    surcharges: tuple[Surcharge, ...] = ()
    third_party: Persona | None = None
    issued_by_recipient: bool = False
    mends: bool = False
    rejected: Literal["S", "X"] | None = None
    coupon: bool = False
    recipient: Persona | None = None
    with_recipient: bool = False
    without_recipient: bool = False
    reference: str | None = None


class NotRegistrableError(ValueError):
    """An invoice that VeriFactu cannot be told of.

    Attributes:
        findings: Why not.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(f"{one.rule}: {one.message}" for one in findings))
        self.findings = findings


def finding(  # noqa: PLR0913 - what a finding says
    rule: str,
    message: str,
    *,
    term: str | None = None,
    pointer: str | None = None,
    fix: str | None = None,
    flag: Flag = Flag.FATAL,
) -> Finding:
    """Return a finding of these rules."""
    return Finding(
        rule=rule,
        rule_set=RULE_SET,
        flag=flag,
        message=message,
        term=term,
        pointer=pointer,
        fix=fix,
    )
