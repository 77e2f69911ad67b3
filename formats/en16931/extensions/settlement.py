"""What extensions add about money on the document: terms, payments in part, charges, taxes."""

from typing import Annotated

from formats.en16931.amounts import VatBreakdown
from formats.en16931.extensions.parties import TradeParty, address, contact, party
from formats.en16931.group import Group, IsoDate, IsoTime, Text
from formats.en16931.money import Amount, Percentage, Quantity
from formats.en16931.terms import Term

_PAYEE_OF_TERMS = party(
    identifiers=(506, 507),
    name=504,
    trading_name=505,
    role=511,
    legal=508,
    vat=509,
    electronic=510,
    at=address("BG-X-79", 518),
    reached_at=contact("BG-X-78", 512, 513, 514, 515, 516, 517),
    seated_at=address("BG-X-80", 525),
)


class PaymentPenalty(Group):
    """BG-X-43: what a late payment costs."""

    basis_date: Annotated[IsoDate | None, Term("BT-X-276")] = None
    basis_period: Annotated[Quantity | None, Term("BT-X-277")] = None
    basis_period_unit_code: Annotated[Text | None, Term("BT-X-278")] = None
    base_amount: Annotated[Amount | None, Term("BT-X-279")] = None
    percentage: Annotated[Percentage | None, Term("BT-X-280")] = None
    amount: Annotated[Amount | None, Term("BT-X-281")] = None


class PaymentDiscount(Group):
    """BG-X-44: what an early payment saves."""

    basis_date: Annotated[IsoDate | None, Term("BT-X-282")] = None
    basis_period: Annotated[Quantity | None, Term("BT-X-283")] = None
    basis_period_unit_code: Annotated[Text | None, Term("BT-X-284")] = None
    base_amount: Annotated[Amount | None, Term("BT-X-285")] = None
    percentage: Annotated[Percentage | None, Term("BT-X-286")] = None
    amount: Annotated[Amount | None, Term("BT-X-287")] = None


class PaymentTerms(Group):
    """The terms of a payment or of one instalment.

    Attributes:
        description: BT-20, of further terms; that of the first is the invoice's.
        due_date: BT-9 of further terms in CII; in UBL `cbc:InstallmentDueDate`, of the first too.
    """

    description: Annotated[Text | None, Term("BT-20", repeats=True)] = None
    due_date: Annotated[IsoDate | None, Term("IBT-177")] = None
    payment_means_identifier: Annotated[Text | None, Term("IBT-187")] = None
    mandate_reference_identifier: Annotated[Text | None, Term("BT-89", repeats=True)] = None
    partial_payment_amount: Annotated[Amount | None, Term("BT-X-275", also=("IBT-176",))] = None
    penalty: Annotated[PaymentPenalty | None, Term("BG-X-43")] = None
    discount: Annotated[PaymentDiscount | None, Term("BG-X-44")] = None
    payee: Annotated[TradeParty | None, Term("BG-X-77", parts=_PAYEE_OF_TERMS)] = None


class Prepayment(Group):
    """IBG-35, BG-DEX-09: a payment made before, or one that a third party is to get.

    One UBL element (`cac:PrepaidPayment`) for two things; the profile tells which.

    Attributes:
        identifier: Of the payment; XRechnung: the type of the third party payment.
        instruction: PINT: the type of payment; XRechnung: the description.
    """

    identifier: Annotated[Text | None, Term("IBT-179", also=("BT-DEX-001",))] = None
    amount: Annotated[Amount | None, Term("IBT-180", also=("BT-DEX-002",))] = None
    received_date: Annotated[IsoDate | None, Term("IBT-181")] = None
    paid_time: Annotated[IsoTime | None, Term("UBL-PaidTime")] = None
    instruction: Annotated[Text | None, Term("IBT-182", also=("BT-DEX-003",))] = None


class ThirdPartyPayment(Group):
    """BG-34: an amount collected for somebody else; it is part of the amount due."""

    amount: Annotated[Amount | None, Term("BT-179")] = None
    description: Annotated[Text | None, Term("BT-180")] = None


class AdvancePaymentTax(Group):
    """BG-X-46: the VAT in an advance payment."""

    amount: Annotated[Amount | None, Term("BT-X-293")] = None
    type_code: Annotated[Text | None, Term("BT-X-294")] = None
    exemption_reason_text: Annotated[Text | None, Term("BT-X-295")] = None
    category_code: Annotated[Text | None, Term("BT-X-296")] = None
    exemption_reason_code: Annotated[Text | None, Term("BT-X-297")] = None
    rate: Annotated[Percentage | None, Term("BT-X-298")] = None


class AdvancePayment(Group):
    """BG-X-45: a payment that was asked for by an invoice of its own."""

    amount: Annotated[Amount | None, Term("BT-X-291")] = None
    received_date: Annotated[IsoDate | None, Term("BT-X-292")] = None
    taxes: Annotated[tuple[AdvancePaymentTax, ...], Term("BG-X-46")] = ()
    invoice_reference: Annotated[Text | None, Term("BT-X-558", "BG-X-85")] = None
    invoice_type_code: Annotated[Text | None, Term("BT-X-559", "BG-X-85")] = None
    invoice_issue_date: Annotated[IsoDate | None, Term("BT-X-560", "BG-X-85")] = None


class LogisticsServiceChargeTax(Group):
    """The VAT on a logistics service charge."""

    type_code: Annotated[Text | None, Term("BT-X-273-0")] = None
    category_code: Annotated[Text | None, Term("BT-X-273")] = None
    rate: Annotated[Percentage | None, Term("BT-X-274")] = None
    exemption_reason_text: Annotated[Text | None, Term("BT-X-591")] = None
    exemption_reason_code: Annotated[Text | None, Term("BT-X-592")] = None


class LogisticsServiceCharge(Group):
    """BG-X-42: freight, packing, insurance; a charge on the document beside BG-21."""

    description: Annotated[Text | None, Term("BT-X-271")] = None
    amount: Annotated[Amount | None, Term("BT-X-272")] = None
    taxes: Annotated[tuple[LogisticsServiceChargeTax, ...], Term("BT-X-273-00")] = ()


class AccountingReference(Group):
    """A further account of the buyer (BT-19)."""

    reference: Annotated[Text | None, Term("BT-19", repeats=True)] = None
    type_code: Annotated[Text | None, Term("BT-X-290", repeats=True)] = None


class AccountingVatBreakdown(Group):
    """A row of IBG-37: the VAT of a category in the accounting currency (BT-6)."""

    category_taxable_amount: Annotated[Amount | None, Term("UBL-TaxableAmount")] = None
    category_tax_amount: Annotated[Amount | None, Term("IBT-190")] = None
    category_code: Annotated[Text | None, Term("IBT-192")] = None
    category_rate: Annotated[Percentage | None, Term("IBT-193")] = None


class FurtherTaxTotal(Group):
    """A tax total beside BT-110 and BT-111: the rules count them (PEPPOL-EN16931-R053, R054)."""

    amount: Annotated[Amount | None, Term("UBL-TaxTotal-TaxAmount")] = None
    currency_code: Annotated[Text | None, Term("UBL-TaxTotal-currencyID")] = None
    vat_breakdown: Annotated[tuple[VatBreakdown, ...], Term("BG-23", repeats=True)] = ()
