"""Where and when: BG-13 to BG-15, and BT-8, which shares an element with BG-14."""

from formats.binding import (
    AMOUNT,
    CODE,
    DATE,
    IDENTIFIER,
    INDICATOR,
    Branch,
    Each,
    Nested,
    Shape,
    Value,
)
from formats.en16931.extensions.delivery import FreightCharge
from formats.ubl.party import DELIVER_TO_ADDRESS

_EXTENSIONS = "delivery_information.extensions"

_FREIGHT_CHARGE = Shape(
    FreightCharge,
    Value("cbc:ChargeIndicator", "is_charge", INDICATOR),
    Value("cbc:AllowanceChargeReason", "reason"),
    Value("cbc:Amount", "amount", AMOUNT),
)

INVOICE_PERIOD = Branch(
    "cac:InvoicePeriod",
    Value("cbc:StartDate", "delivery_information.invoicing_period.start_date", DATE),  # BT-73
    Value("cbc:EndDate", "delivery_information.invoicing_period.end_date", DATE),  # BT-74
    Value("cbc:DescriptionCode", "value_added_tax_point_date_code", CODE),  # BT-8
    # BT-X-264
    Value("cbc:Description", "delivery_information.invoicing_period.extensions.description"),
    merges=True,  # some write BT-8 in a period of its own
)
"""BG-14 and BT-8."""

DELIVERY = Branch(
    "cac:Delivery",
    Value("cbc:ActualDeliveryDate", "delivery_information.actual_delivery_date", DATE),  # BT-72
    Branch(
        "cac:DeliveryLocation",
        Value(
            "cbc:ID", "delivery_information.deliver_to_location_identifier", IDENTIFIER
        ),  # BT-71
        Nested("cac:Address", "delivery_information.deliver_to_address", DELIVER_TO_ADDRESS),
    ),
    Branch(
        "cac:DeliveryParty",
        Each(
            "cac:PartyIdentification",
            f"{_EXTENSIONS}.deliver_to_party_identifiers",
            Value("cbc:ID", "", IDENTIFIER),
        ),
        Branch(
            "cac:PartyName",
            Value("cbc:Name", "delivery_information.deliver_to_party_name"),  # BT-70
        ),
        Branch(
            "cac:PartyLegalEntity",
            Value(  # BT-X-153
                "cbc:CompanyID",
                f"{_EXTENSIONS}.deliver_to_legal_registration_identifier",
                IDENTIFIER,
            ),
        ),
    ),
    Branch(
        "cac:DeliveryTerms",
        Value(  # BTOM-022
            "cbc:ID",
            f"{_EXTENSIONS}.terms_code",
            CODE,
            {"schemeID": f"{_EXTENSIONS}.terms_scheme_identifier"},
        ),
    ),
    Branch(
        "cac:Shipment",
        Value("cbc:ID", f"{_EXTENSIONS}.shipment_identifier", CODE),  # BTOM-021
        Branch(
            "cac:Consignment",
            Value("cbc:ID", f"{_EXTENSIONS}.consignment_identifier", CODE),
            Branch(
                "cac:DeliveryTerms",
                Value("cbc:ID", f"{_EXTENSIONS}.consignment_terms_code", CODE),
            ),
        ),
        Branch(
            "cac:Delivery",
            Value("cbc:ActualDeliveryDate", f"{_EXTENSIONS}.import_date", DATE),  # BTOM-030
        ),
        Nested("cac:FreightAllowanceCharge", f"{_EXTENSIONS}.freight_charges", _FREIGHT_CHARGE),
    ),
)
"""BG-13 and BG-15."""

DELIVERY_TERMS = Branch(
    "cac:DeliveryTerms",
    Value("cbc:ID", "extensions.delivery_terms_code", CODE),  # BT-X-145
    Branch(
        "cac:DeliveryLocation",
        Value("cbc:Name", "extensions.delivery_terms_location"),  # BT-X-564
        Branch(
            "cac:Address",
            Branch(
                "cac:Country",
                Value(  # BT-X-563
                    "cbc:IdentificationCode", "extensions.delivery_terms_country_code", CODE
                ),
            ),
        ),
    ),
)
"""BG-X-22."""
