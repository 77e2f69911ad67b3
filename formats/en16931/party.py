"""Who: the parties of an invoice (BG-4 to BG-12) and where the goods went (BG-13 to BG-15)."""

from typing import Annotated

from formats.en16931.extensions.delivery import (
    DeliverToAddressExtensions,
    DeliveryInformationExtensions,
    InvoicingPeriodExtensions,
)
from formats.en16931.extensions.party import (
    BuyerContactExtensions,
    BuyerExtensions,
    BuyerPostalAddressExtensions,
    PayeeExtensions,
    SellerContactExtensions,
    SellerExtensions,
    SellerPostalAddressExtensions,
    SellerTaxRepresentativeExtensions,
    TaxRepresentativePostalAddressExtensions,
)
from formats.en16931.group import Group, Identifier, IsoDate, Text
from formats.en16931.terms import Term


class SellerPostalAddress(Group):
    """BG-5."""

    line_1: Annotated[Text | None, Term("BT-35")] = None
    line_2: Annotated[Text | None, Term("BT-36")] = None
    line_3: Annotated[Text | None, Term("BT-162")] = None
    city: Annotated[Text | None, Term("BT-37")] = None
    post_code: Annotated[Text | None, Term("BT-38")] = None
    country_subdivision: Annotated[Text | None, Term("BT-39")] = None
    country_code: Annotated[Text | None, Term("BT-40")] = None
    extensions: SellerPostalAddressExtensions | None = None


class SellerContact(Group):
    """BG-6."""

    point: Annotated[Text | None, Term("BT-41")] = None
    telephone_number: Annotated[Text | None, Term("BT-42")] = None
    email_address: Annotated[Text | None, Term("BT-43")] = None
    extensions: SellerContactExtensions | None = None


class Seller(Group):
    """BG-4: who issues the invoice."""

    name: Annotated[Text | None, Term("BT-27")] = None
    trading_name: Annotated[Text | None, Term("BT-28")] = None
    identifiers: Annotated[tuple[Identifier, ...], Term("BT-29")] = ()
    legal_registration_identifier: Annotated[Identifier | None, Term("BT-30")] = None
    vat_identifier: Annotated[Text | None, Term("BT-31")] = None
    tax_registration_identifier: Annotated[Text | None, Term("BT-32")] = None
    additional_legal_information: Annotated[Text | None, Term("BT-33")] = None
    electronic_address: Annotated[Identifier | None, Term("BT-34")] = None
    postal_address: Annotated[SellerPostalAddress | None, Term("BG-5")] = None
    contact: Annotated[SellerContact | None, Term("BG-6")] = None
    extensions: SellerExtensions | None = None


class BuyerPostalAddress(Group):
    """BG-8."""

    line_1: Annotated[Text | None, Term("BT-50")] = None
    line_2: Annotated[Text | None, Term("BT-51")] = None
    line_3: Annotated[Text | None, Term("BT-163")] = None
    city: Annotated[Text | None, Term("BT-52")] = None
    post_code: Annotated[Text | None, Term("BT-53")] = None
    country_subdivision: Annotated[Text | None, Term("BT-54")] = None
    country_code: Annotated[Text | None, Term("BT-55")] = None
    extensions: BuyerPostalAddressExtensions | None = None


class BuyerContact(Group):
    """BG-9."""

    point: Annotated[Text | None, Term("BT-56")] = None
    telephone_number: Annotated[Text | None, Term("BT-57")] = None
    email_address: Annotated[Text | None, Term("BT-58")] = None
    extensions: BuyerContactExtensions | None = None


class Buyer(Group):
    """BG-7: who gets the invoice."""

    name: Annotated[Text | None, Term("BT-44")] = None
    trading_name: Annotated[Text | None, Term("BT-45")] = None
    identifier: Annotated[Identifier | None, Term("BT-46")] = None
    legal_registration_identifier: Annotated[Identifier | None, Term("BT-47")] = None
    vat_identifier: Annotated[Text | None, Term("BT-48")] = None
    electronic_address: Annotated[Identifier | None, Term("BT-49")] = None
    postal_address: Annotated[BuyerPostalAddress | None, Term("BG-8")] = None
    contact: Annotated[BuyerContact | None, Term("BG-9")] = None
    extensions: BuyerExtensions | None = None


class Payee(Group):
    """BG-10: who gets the money, when it is not the seller."""

    name: Annotated[Text | None, Term("BT-59")] = None
    identifier: Annotated[Identifier | None, Term("BT-60")] = None
    legal_registration_identifier: Annotated[Identifier | None, Term("BT-61")] = None
    extensions: PayeeExtensions | None = None


class TaxRepresentativePostalAddress(Group):
    """BG-12."""

    line_1: Annotated[Text | None, Term("BT-64")] = None
    line_2: Annotated[Text | None, Term("BT-65")] = None
    line_3: Annotated[Text | None, Term("BT-164")] = None
    city: Annotated[Text | None, Term("BT-66")] = None
    post_code: Annotated[Text | None, Term("BT-67")] = None
    country_subdivision: Annotated[Text | None, Term("BT-68")] = None
    country_code: Annotated[Text | None, Term("BT-69")] = None
    extensions: TaxRepresentativePostalAddressExtensions | None = None


class SellerTaxRepresentative(Group):
    """BG-11: who answers for the seller's VAT in the country of taxation."""

    name: Annotated[Text | None, Term("BT-62")] = None
    vat_identifier: Annotated[Text | None, Term("BT-63")] = None
    postal_address: Annotated[TaxRepresentativePostalAddress | None, Term("BG-12")] = None
    extensions: SellerTaxRepresentativeExtensions | None = None


class InvoicingPeriod(Group):
    """BG-14: the period the invoice covers."""

    start_date: Annotated[IsoDate | None, Term("BT-73")] = None
    end_date: Annotated[IsoDate | None, Term("BT-74")] = None
    extensions: InvoicingPeriodExtensions | None = None


class DeliverToAddress(Group):
    """BG-15."""

    line_1: Annotated[Text | None, Term("BT-75")] = None
    line_2: Annotated[Text | None, Term("BT-76")] = None
    line_3: Annotated[Text | None, Term("BT-165")] = None
    city: Annotated[Text | None, Term("BT-77")] = None
    post_code: Annotated[Text | None, Term("BT-78")] = None
    country_subdivision: Annotated[Text | None, Term("BT-79")] = None
    country_code: Annotated[Text | None, Term("BT-80")] = None
    extensions: DeliverToAddressExtensions | None = None


class DeliveryInformation(Group):
    """BG-13: where and when the goods or services were delivered."""

    deliver_to_party_name: Annotated[Text | None, Term("BT-70")] = None
    deliver_to_location_identifier: Annotated[Identifier | None, Term("BT-71")] = None
    actual_delivery_date: Annotated[IsoDate | None, Term("BT-72")] = None
    invoicing_period: Annotated[InvoicingPeriod | None, Term("BG-14")] = None
    deliver_to_address: Annotated[DeliverToAddress | None, Term("BG-15")] = None
    extensions: DeliveryInformationExtensions | None = None
