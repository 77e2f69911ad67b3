"""What FURS is told of an invoice: of a device, or of a numbered book (VKR).

Names and limits: FiscalVerificationSchema.json and .xsd, Tehnična dokumentacija 1.3, 3.1.
"""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from typing_extensions import override

from formats.furs.kinds import Boolean, Code, Day, Moment, Number, TaxNumber, Text
from formats.furs.structure import Element, Named

AMOUNT = Number(below=10**14)
RATE = Number(below=10**5)
TAX_NUMBER = TaxNumber()
PART = Text(20, pattern="[0-9a-zA-Z]+", says="letters and digits")
SEQUENCE = Text(20, pattern="[0-9]+", says="digits")
PROTECTED_ID = Text(32, least=32)
NOTES = Text(1000)
_UP_TO_20 = Text(20)


@dataclass(frozen=True, kw_only=True)
class Identifier(Element):
    """The number of an invoice, in its three parts.

    Attributes:
        premise: BusinessPremiseID.
        device: ElectronicDeviceID.
        number: The sequence.
    """

    premise: Annotated[str, Named("BusinessPremiseID", PART)]
    device: Annotated[str, Named("ElectronicDeviceID", PART)]
    number: Annotated[str, Named("InvoiceNumber", SEQUENCE)]


@dataclass(frozen=True, kw_only=True)
class SalesBookIdentifier(Element):
    """The number of an invoice of a numbered book.

    Attributes:
        number: Of the invoice.
        set_number: Of the set in the book, two characters.
        serial_number: Of the book, twelve characters: `5001-0001018`.
    """

    number: Annotated[str, Named("InvoiceNumber", _UP_TO_20)]
    set_number: Annotated[str, Named("SetNumber", Text(2, least=2))]
    serial_number: Annotated[str, Named("SerialNumber", Text(12, least=12))]


@dataclass(frozen=True, kw_only=True)
class Vat(Element):
    """VAT at one rate, in percent."""

    rate: Annotated[Decimal, Named("TaxRate", RATE)]
    taxable: Annotated[Decimal, Named("TaxableAmount", AMOUNT)]
    tax: Annotated[Decimal, Named("TaxAmount", AMOUNT)]


@dataclass(frozen=True, kw_only=True)
class FlatRate(Element):
    """Compensation at a flat rate, of farmers ("pavšalno nadomestilo")."""

    rate: Annotated[Decimal, Named("FlatRateRate", RATE)]
    taxable: Annotated[Decimal, Named("FlatRateTaxableAmount", AMOUNT)]
    amount: Annotated[Decimal, Named("FlatRateAmount", AMOUNT)]


@dataclass(frozen=True, kw_only=True)
class SellerTaxes(Element):
    """The taxes of one seller; one document may sell for several.

    Attributes:
        seller: His tax number; None for the issuer himself.
        vat: By rate.
        flat_rate: By rate.
        other_taxes: Other taxes and duties.
        exempt: Supplies exempt from VAT.
        reverse: Supplies of which the customer pays VAT.
        not_taxable: Supplies that are not subject to VAT.
        special: Supplies under margin schemes, travel agencies'.
    """

    seller: Annotated[str | None, Named("SellerTaxNumber", TAX_NUMBER)] = None
    vat: Annotated[tuple[Vat, ...], Named("VAT", Vat, many=True)] = ()
    flat_rate: Annotated[
        tuple[FlatRate, ...], Named("FlatRateCompensation", FlatRate, many=True)
    ] = ()
    other_taxes: Annotated[Decimal | None, Named("OtherTaxesAmount", AMOUNT)] = None
    exempt: Annotated[Decimal | None, Named("ExemptVATTaxableAmount", AMOUNT)] = None
    reverse: Annotated[Decimal | None, Named("ReverseVATTaxableAmount", AMOUNT)] = None
    not_taxable: Annotated[Decimal | None, Named("NontaxableAmount", AMOUNT)] = None
    special: Annotated[Decimal | None, Named("SpecialTaxRulesAmount", AMOUNT)] = None


@dataclass(frozen=True, kw_only=True)
class ReferenceInvoice(Element):
    """An earlier invoice that this one changes.

    Attributes:
        identifier: Its number.
        issued_at: When; only an invoice of a book may leave it out, and only in XML.
    """

    identifier: Annotated[Identifier, Named("ReferenceInvoiceIdentifier", Identifier)]
    issued_at: Annotated[
        datetime.datetime | None, Named("ReferenceInvoiceIssueDateTime", Moment())
    ] = None


@dataclass(frozen=True, kw_only=True)
class ReferenceSalesBook(Element):
    """An earlier invoice of a numbered book that this one changes."""

    identifier: Annotated[
        SalesBookIdentifier, Named("ReferenceSalesBookIdentifier", SalesBookIdentifier)
    ]
    issued_on: Annotated[datetime.date, Named("ReferenceSalesBookIssueDate", Day())]


@dataclass(frozen=True, kw_only=True)
class Invoice(Element):
    """An invoice of an electronic device.

    Attributes:
        tax_number: The issuer's.
        issued_at: As on the invoice, in local time.
        numbering: `B`: each device counts; `C`: the premise counts.
        identifier: Its number.
        customer: VAT identifier or tax number, where the invoice names it.
        amount: With VAT and all duties, less discounts.
        returns: What the customer gets back, as for packaging.
        payment: What is to be paid.
        taxes: By seller.
        operator: Tax number of who issued it; the issuer's where nobody was there.
        foreign_operator: True where the operator has no Slovenian tax number.
        protected_id: ZOI. None only in samples that a client is to complete.
        subsequent: It was issued without an EOR, and is sent afterwards.
        references: Invoices that it changes.
        sales_book_references: Invoices of books that it changes.
        notes: Anything else.
    """

    tax_number: Annotated[str, Named("TaxNumber", TAX_NUMBER)]
    issued_at: Annotated[datetime.datetime, Named("IssueDateTime", Moment())]
    numbering: Annotated[str, Named("NumberingStructure", Code("[BC]"))]
    identifier: Annotated[Identifier, Named("InvoiceIdentifier", Identifier)]
    customer: Annotated[str | None, Named("CustomerVATNumber", _UP_TO_20)] = None
    amount: Annotated[Decimal, Named("InvoiceAmount", AMOUNT)]
    returns: Annotated[Decimal | None, Named("ReturnsAmount", AMOUNT)] = None
    payment: Annotated[Decimal, Named("PaymentAmount", AMOUNT)]
    taxes: Annotated[tuple[SellerTaxes, ...], Named("TaxesPerSeller", SellerTaxes, many=True)]
    operator: Annotated[str | None, Named("OperatorTaxNumber", TAX_NUMBER)] = None
    foreign_operator: Annotated[bool | None, Named("ForeignOperator", Boolean())] = None
    protected_id: Annotated[str | None, Named("ProtectedID", PROTECTED_ID)] = None
    subsequent: Annotated[bool | None, Named("SubsequentSubmit", Boolean())] = None
    references: Annotated[
        tuple[ReferenceInvoice, ...], Named("ReferenceInvoice", ReferenceInvoice, many=True)
    ] = ()
    sales_book_references: Annotated[
        tuple[ReferenceSalesBook, ...], Named("ReferenceSalesBook", ReferenceSalesBook, many=True)
    ] = ()
    notes: Annotated[str | None, Named("SpecialNotes", NOTES)] = None

    @override
    def problem(self) -> str | None:
        """Both schemas want the moment of an invoice that a device's invoice changes."""
        if any(one.issued_at is None for one in self.references):
            return "ReferenceInvoice needs ReferenceInvoiceIssueDateTime"
        return None


@dataclass(frozen=True, kw_only=True)
class SalesBookInvoice(Element):
    """An invoice written by hand into a numbered book; it has no ZOI."""

    tax_number: Annotated[str, Named("TaxNumber", TAX_NUMBER)]
    issued_on: Annotated[datetime.date, Named("IssueDate", Day())]
    identifier: Annotated[
        SalesBookIdentifier | None, Named("SalesBookIdentifier", SalesBookIdentifier)
    ] = None
    premise: Annotated[str, Named("BusinessPremiseID", PART)]
    customer: Annotated[str | None, Named("CustomerVATNumber", _UP_TO_20)] = None
    amount: Annotated[Decimal, Named("InvoiceAmount", AMOUNT)]
    returns: Annotated[Decimal | None, Named("ReturnsAmount", AMOUNT)] = None
    payment: Annotated[Decimal, Named("PaymentAmount", AMOUNT)]
    taxes: Annotated[tuple[SellerTaxes, ...], Named("TaxesPerSeller", SellerTaxes, many=True)]
    sales_book_references: Annotated[
        tuple[ReferenceSalesBook, ...], Named("ReferenceSalesBook", ReferenceSalesBook, many=True)
    ] = ()
    references: Annotated[
        tuple[ReferenceInvoice, ...], Named("ReferenceInvoice", ReferenceInvoice, many=True)
    ] = ()
    notes: Annotated[str | None, Named("SpecialNotes", NOTES)] = None
