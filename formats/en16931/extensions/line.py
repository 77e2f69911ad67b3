"""What extensions add to an invoice line: its place among lines, references, parties, delivery."""

from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator

from formats.en16931.extensions.facturae import FeLine
from formats.en16931.extensions.item import (
    AdditionalItemIdentifier,
    IncludedProduct,
    ItemInstance,
    ItemSpecification,
    LineTax,
    PriceReduction,
)
from formats.en16931.extensions.parties import Parts, TradeParty, address, contact, party
from formats.en16931.extensions.poland.line import FaWiersz
from formats.en16931.extensions.references import (
    LineAccountingReference,
    LineCustomerOrder,
    LineDocument,
    LineNote,
)
from formats.en16931.group import Group, Identifier, IsoDate, Text
from formats.en16931.money import Amount, Percentage, Quantity, UnitPrice
from formats.en16931.sub_lines import few_levels
from formats.en16931.terms import Term

if TYPE_CHECKING:
    from formats.en16931.line import Line


def _with(parts: Parts, french: dict[str, int]) -> Parts:
    """Return parts with AFNOR's numbers beside those of Factur-X."""
    return tuple(
        (field, (*ids, f"EXT-FR-FE-{french[field]}") if field in french else ids)
        for field, ids in parts
    )


_SELLER = _with(
    party(
        identifiers=(567, 568),
        name=569,
        trading_name=573,
        role=570,
        description=571,
        legal=572,
        vat=587,
        tax=588,
        electronic=586,
        at=address("BG-X-92", 579),
        reached_at=contact("BG-X-91", 574, "BT-X-574-1", 575, 576, 577, 578),
    ),
    {
        "name": 164,
        "identifiers": 166,
        "legal_registration_identifier": 167,
        "vat_identifier": 168,
        "postal_address.country_code": 177,
    },
)
_MANUFACTURER = party(
    identifiers=(593, 594),
    name=595,
    trading_name=599,
    role=596,
    description=597,
    legal=598,
    vat=614,
    tax=615,
    electronic=613,
    at=address("BG-X-95", 606),
    reached_at=contact("BG-X-94", 600, 601, 602, 603, 604, 605),
)
_SHIP_TO = _with(
    party(
        identifiers=("BT-186-00", "BT-186"),
        name=50,
        trading_name=52,
        role=541,
        legal=51,
        vat=66,
        electronic=65,
        at=address("BG-X-9", 58),
        reached_at=contact("BG-X-8", 54, "BT-X-54-1", 315, 55, 56, 57),
    ),
    {
        "name": 149,
        "identifiers": 146,
        "postal_address.line_1": 151,
        "postal_address.line_2": 152,
        "postal_address.line_3": 153,
        "postal_address.city": 154,
        "postal_address.post_code": 155,
        "postal_address.country_subdivision": 156,
        "postal_address.country_code": 157,
    },
)
_ULTIMATE_SHIP_TO = party(
    identifiers=(67, 68),
    name=69,
    trading_name=71,
    role=542,
    legal=70,
    vat=84,
    electronic=83,
    at=address("BG-X-12", 76),
    reached_at=contact("BG-X-11", 72, "BT-X-72-1", 316, 73, 74, 75),
)


class LineChargeExtensions(Group):
    """Beside BG-28.

    Attributes:
        tax_type_code: The tax that the charge is, when it is one (UNTDID 5153).
    """

    tax_type_code: Annotated[Text | None, Term("BT-193")] = None


class LineExtensions(Group):
    """Beside BG-25, and the groups BG-29 to BG-31 that a line has once.

    Attributes:
        sub_lines: Lines that make up this one (XRechnung); Factur-X and France keep all lines on
            one level and name the parent.
        parent_line_identifier: The line (BT-126) this one is part of.
        status_code: UNTDID 1229.
        status_reason_code: DETAIL, GROUP or INFORMATION: only the first counts in the totals.
        amount_with_vat, vat_amount: In the invoice currency.
        payable_amount, payable_vat_amount: PINT: the same in `payable_currency_code`, which may
            be the accounting currency (BT-6).
        classification_names: Names of the item classifications (BT-158), in their order; empty
            for one without.
        item_type_codes: Goods or services, one for each item classification (BT-158) that says it.
        taxes: Taxes of the line in full, where it has more than the VAT of BG-30.
        item_tax_categories: Categories of the item for other taxes than the document's.
    """

    sub_lines: Annotated[tuple["Line", ...], AfterValidator(few_levels), Term("BG-DEX-01")] = ()
    parent_line_identifier: Annotated[Text | None, Term("BT-X-304", also=("EXT-FR-FE-162",))] = (
        None
    )
    status_code: Annotated[Text | None, Term("BT-X-7")] = None
    status_reason_code: Annotated[Text | None, Term("BT-X-8", also=("EXT-FR-FE-163",))] = None
    note_content_code: Annotated[Text | None, Term("BT-X-9")] = None
    note_subject_code: Annotated[Text | None, Term("BT-X-10", also=("EXT-FR-FE-183",))] = None
    additional_notes: Annotated[tuple[LineNote, ...], Term("BT-127", repeats=True)] = ()

    item_identifier: Annotated[Text | None, Term("BT-X-305", "BG-31")] = None
    item_industry_identifier: Annotated[Text | None, Term("BT-X-532", "BG-31")] = None
    item_model_identifier: Annotated[Text | None, Term("BT-X-533", "BG-31")] = None
    item_batch_identifiers: Annotated[tuple[Text, ...], Term("BT-X-534", "BG-31")] = ()
    item_brand_name: Annotated[Text | None, Term("BT-X-535", "BG-31")] = None
    item_model_name: Annotated[Text | None, Term("BT-X-536", "BG-31")] = None
    item_classification_names: Annotated[tuple[Text, ...], Term("BT-X-13", "BG-31")] = ()
    item_instances: Annotated[tuple[ItemInstance, ...], Term("BG-X-84")] = ()
    item_manufacturer: Annotated[TradeParty | None, Term("BG-X-93", parts=_MANUFACTURER)] = None
    item_seller: Annotated[TradeParty | None, Term("BG-X-90", parts=_SELLER)] = None
    included_products: Annotated[tuple[IncludedProduct, ...], Term("BG-X-1")] = ()
    item_type_codes: Annotated[tuple[Text, ...], Term("BTAE-13")] = ()
    item_nature_code: Annotated[Text | None, Term("BTAE-09")] = None
    item_additional_information: Annotated[Text | None, Term("UBL-Item-AdditionalInformation")] = (
        None
    )
    additional_item_identifiers: Annotated[
        tuple[AdditionalItemIdentifier, ...], Term("UBL-AdditionalItemIdentification")
    ] = ()
    item_specifications: Annotated[
        tuple[ItemSpecification, ...], Term("UBL-ItemSpecificationDocumentReference")
    ] = ()

    purchase_order_reference: Annotated[
        Text | None, Term("BT-X-21", also=("EXT-FR-FE-135", "IBT-183", "HR-BT-9"))
    ] = None
    purchase_order_issue_date: Annotated[
        IsoDate | None, Term("BT-X-22", also=("EXT-FR-FE-200",))
    ] = None
    sales_order_reference: Annotated[
        Text | None, Term("BT-X-537", "BG-X-81", also=("EXT-FR-FE-144",))
    ] = None
    sales_order_line_reference: Annotated[
        Text | None, Term("BT-X-538", "BG-X-81", also=("EXT-FR-FE-145",))
    ] = None
    sales_order_issue_date: Annotated[IsoDate | None, Term("BT-X-539", "BG-X-81")] = None
    quotation_reference: Annotated[Text | None, Term("BT-X-310", "BG-X-47")] = None
    quotation_line_reference: Annotated[Text | None, Term("BT-X-311", "BG-X-47")] = None
    quotation_issue_date: Annotated[IsoDate | None, Term("BT-X-312", "BG-X-47")] = None
    contract_reference: Annotated[Text | None, Term("BT-X-24", "BG-X-2")] = None
    contract_line_reference: Annotated[Text | None, Term("BT-X-25", "BG-X-2")] = None
    contract_issue_date: Annotated[IsoDate | None, Term("BT-X-26", "BG-X-2")] = None
    despatch_advice_reference: Annotated[
        Text | None,
        Term("BT-X-86", "BG-X-13", also=("EXT-FR-FE-140", "IBT-184", "HR-BT-10")),
    ] = None
    despatch_advice_line_reference: Annotated[
        Text | None, Term("BT-X-87", "BG-X-13", also=("EXT-FR-FE-141",))
    ] = None
    despatch_advice_issue_date: Annotated[
        IsoDate | None, Term("BT-X-88", "BG-X-13", also=("EXT-FR-FE-201",))
    ] = None
    receiving_advice_reference: Annotated[
        Text | None, Term("BT-X-89", "BG-X-82", also=("EXT-FR-FE-142", "HR-BT-11"))
    ] = None
    receiving_advice_line_reference: Annotated[
        Text | None, Term("BT-X-90", "BG-X-82", also=("EXT-FR-FE-143",))
    ] = None
    receiving_advice_issue_date: Annotated[IsoDate | None, Term("BT-X-91", "BG-X-82")] = None
    delivery_note_reference: Annotated[Text | None, Term("BT-X-92", "BG-X-83")] = None
    delivery_note_line_reference: Annotated[Text | None, Term("BT-X-93", "BG-X-83")] = None
    delivery_note_issue_date: Annotated[IsoDate | None, Term("BT-X-94", "BG-X-83")] = None
    preceding_invoice_reference: Annotated[
        Text | None, Term("BT-X-331", "BG-X-48", also=("EXT-FR-FE-136",))
    ] = None
    preceding_invoice_type_code: Annotated[
        Text | None, Term("BT-X-332", "BG-X-48", also=("EXT-FR-FE-137",))
    ] = None
    preceding_invoice_issue_date: Annotated[
        IsoDate | None, Term("BT-X-333", "BG-X-48", also=("EXT-FR-FE-138",))
    ] = None
    preceding_invoice_line_reference: Annotated[
        Text | None, Term("BT-X-540", "BG-X-48", also=("EXT-FR-FE-139",))
    ] = None
    ultimate_customer_orders: Annotated[tuple[LineCustomerOrder, ...], Term("BG-X-5")] = ()
    documents: Annotated[tuple[LineDocument, ...], Term("BG-X-3", also=("IBG-36",))] = ()
    additional_object_identifiers: Annotated[
        tuple[Identifier, ...], Term("BT-128", repeats=True)
    ] = ()
    buyer_accounting_reference_type_code: Annotated[Text | None, Term("BT-X-99")] = None
    additional_buyer_accounting_references: Annotated[
        tuple[LineAccountingReference, ...], Term("BT-133", repeats=True)
    ] = ()

    delivery_terms_code: Annotated[Text | None, Term("BT-X-562", "BG-X-87")] = None
    delivery_terms_country_code: Annotated[Text | None, Term("BT-X-565", "BG-X-87")] = None
    delivery_terms_location: Annotated[Text | None, Term("BT-X-566", "BG-X-87")] = None
    ship_to: Annotated[
        TradeParty | None, Term("BG-X-7", also=("EXT-FR-FE-BG-10",), parts=_SHIP_TO)
    ] = None
    ultimate_ship_to: Annotated[TradeParty | None, Term("BG-X-10", parts=_ULTIMATE_SHIP_TO)] = None
    actual_delivery_date: Annotated[IsoDate | None, Term("BT-X-85", also=("EXT-FR-FE-158",))] = (
        None
    )
    charge_free_quantity: Annotated[Quantity | None, Term("BT-X-46")] = None
    charge_free_quantity_unit_code: Annotated[Text | None, Term("BT-X-46-0")] = None
    package_quantity: Annotated[Quantity | None, Term("BT-X-47")] = None
    package_quantity_unit_code: Annotated[Text | None, Term("BT-X-47-0")] = None
    units_per_package: Annotated[Quantity | None, Term("BT-X-561", also=("EXT-FR-FE-191",))] = None
    units_per_package_unit_code: Annotated[Text | None, Term("BT-X-561-0")] = None

    item_gross_price_base_quantity: Annotated[Quantity | None, Term("BT-149-1", "BG-29")] = None
    item_gross_price_base_quantity_unit_code: Annotated[Text | None, Term("BT-150-1", "BG-29")] = (
        None
    )
    item_price_discount_percentage: Annotated[Percentage | None, Term("BT-X-34", "BG-29")] = None
    item_price_discount_base_amount: Annotated[UnitPrice | None, Term("BT-X-35", "BG-29")] = None
    item_price_discount_reason: Annotated[
        Text | None, Term("BT-X-36", "BG-29", also=("EXT-FR-FE-195",))
    ] = None
    item_price_discount_reason_code: Annotated[
        Text | None, Term("BT-X-313", "BG-29", also=("EXT-FR-FE-196",))
    ] = None
    additional_item_price_discounts: Annotated[
        tuple[PriceReduction, ...], Term("BT-147", repeats=True)
    ] = ()
    item_price_charges: Annotated[tuple[PriceReduction, ...], Term("BT-X-302-00")] = ()
    item_price_taxes: Annotated[tuple[LineTax, ...], Term("BG-X-4")] = ()

    vat_category_name: Annotated[Text | None, Term("HR-BT-12")] = None
    vat_exemption_reason_text: Annotated[
        Text | None, Term("BT-X-96", "BG-30", also=("EXT-FR-FE-178", "IBT-185", "HR-BT-13"))
    ] = None
    vat_exemption_reason_code: Annotated[
        Text | None, Term("BT-X-97", "BG-30", also=("EXT-FR-FE-179", "IBT-186", "HR-BT-14"))
    ] = None
    vat_category_tax_amount: Annotated[Amount | None, Term("BT-X-95", "BG-30")] = None
    value_added_tax_point_date_code: Annotated[
        Text | None, Term("BT-X-589", "BG-30", also=("EXT-FR-FE-180",))
    ] = None
    taxes: Annotated[tuple[LineTax, ...], Term("BG-30", repeats=True)] = ()
    item_tax_categories: Annotated[tuple[LineTax, ...], Term("UBL-ClassifiedTaxCategory")] = ()
    sum_of_charges: Annotated[Amount | None, Term("BT-X-327")] = None
    sum_of_allowances: Annotated[Amount | None, Term("BT-X-328")] = None
    sum_of_allowances_and_charges: Annotated[Amount | None, Term("BT-X-98")] = None
    vat_amount: Annotated[Amount | None, Term("BT-X-329", also=("EXT-FR-FE-181",))] = None
    vat_amount_in_accounting_currency: Annotated[
        Amount | None, Term("BT-X-590", also=("EXT-FR-FE-182",))
    ] = None
    amount_with_vat: Annotated[Amount | None, Term("BT-X-330", also=("EXT-FR-FE-184",))] = None
    payable_amount: Annotated[Amount | None, Term("BTAE-10", also=("BTOM-017",))] = None
    payable_vat_amount: Annotated[Amount | None, Term("BTAE-08", also=("BTOM-016",))] = None
    payable_currency_code: Annotated[Text | None, Term("UBL-ItemPriceExtension-currencyID")] = None
    poland: Annotated[FaWiersz | None, Term("FA-FaWiersz")] = None
    facturae: Annotated[FeLine | None, Term("FE-InvoiceLine")] = None
