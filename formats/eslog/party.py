"""Who: seller, buyer, payee, tax representative, and where it was delivered (NAD groups)."""

from formats.en16931.comparison import is_empty
from formats.en16931.group import SchemedIdentifier
from formats.en16931.model import Invoice
from formats.en16931.party import (
    BuyerContact,
    DeliveryInformation,
    Payee,
    SellerContact,
    SellerTaxRepresentative,
)
from formats.eslog import payment
from formats.eslog.head import (
    electronic,
    reference,
    registration,
)
from formats.eslog.nodes import (
    Node,
    leaf,
    node,
    numbered,
)

SELLER, BUYER, PAYEE, DELIVERY, REPRESENTATIVE = "SE", "BY", "PE", "DP", "LC"
VAT, TAX = "VA", "AHP"
ROUTING, ACCOUNTING = "CR", "AOU"
ADDRESS, SELLER_CONTACT, BUYER_CONTACT = "IC", "SU", "PD"
PHONE, EMAIL = "TE", "EM"


def written(invoice: Invoice) -> list[Node | None]:
    """Return the parties of an invoice."""
    return [
        _buyer(invoice),
        _seller(invoice),
        _payee(invoice.payee),
        _representative(invoice.seller_tax_representative),
        _delivery(invoice.delivery_information),
    ]


def _payee(payee: Payee | None) -> Node | None:
    if payee is None:
        return None
    return _party(
        PAYEE,
        _name(PAYEE, payee.identifier, payee.name),
        _numbers(registration(payee.legal_registration_identifier)),
    )


def _representative(one: SellerTaxRepresentative | None) -> Node | None:
    if one is None:
        return None
    return _party(
        REPRESENTATIVE,
        _name(REPRESENTATIVE, None, one.name, address=one.postal_address),
        _numbers(reference(VAT, one.vat_identifier)),
    )


def _party(qualifier: str, name: Node, *parts: list[Node]) -> Node | None:
    """Return a party; None where nothing but what it is would be said."""
    inner = [one for part in parts for one in part]
    silent = name.inner == (leaf("D_3035", qualifier),) and not inner
    return None if silent else node("G_SG2", name, *inner)


def _name(
    qualifier: str,
    identifier: SchemedIdentifier | None,
    *names: str | None,
    address: object = None,
) -> Node:
    """Return name and address of a party."""

    def part(field: str) -> str | None:
        value: str | None = getattr(address, field, None)
        return value

    number = leaf("D_3039", identifier.value if identifier else None)
    scheme = leaf("D_1131", identifier.scheme_identifier if identifier else None)
    made = node(
        "S_NAD",
        leaf("D_3035", qualifier),
        number and node("C_C082", number, scheme),
        node("C_C080", *numbered("D_3036", *names)),
        node("C_C059", *numbered("D_3042", part("line_1"), part("line_2"), part("line_3"))),
        leaf("D_3164", part("city")),
        node("C_C819", leaf("D_3228", part("country_subdivision"))),
        leaf("D_3251", part("post_code")),
        leaf("D_3207", part("country_code")),
    )
    return made or Node("S_NAD")


def _numbers(*references: Node | None) -> list[Node]:
    return [Node("G_SG3", None, (one,)) for one in references if one is not None]


def _contacts(
    address: SchemedIdentifier | None,
    qualifier: str,
    contact: SellerContact | BuyerContact | None,
) -> list[Node]:
    made = []
    if (found := electronic(address)) is not None:
        made.append(_contact(ADDRESS, None, found))
    if contact is not None and not is_empty(contact):
        ways = [
            value and node("S_COM", node("C_C076", value, leaf("D_3155", kind)))
            for kind, value in (
                (PHONE, leaf("D_3148", contact.telephone_number)),
                (EMAIL, leaf("D_3148", contact.email_address)),
            )
        ]
        made.append(_contact(qualifier, contact.point, *ways))
    return made


def _contact(qualifier: str, name: str | None, *ways: Node | None) -> Node:
    who = node("S_CTA", leaf("D_3139", qualifier), node("C_C056", leaf("D_3412", name)))
    return Node("G_SG5", None, tuple(one for one in (who, *ways) if one is not None))


def _seller(invoice: Invoice) -> Node | None:
    seller = invoice.seller
    identifier = next(iter(seller.identifiers), None)
    return node(
        "G_SG2",
        _name(SELLER, identifier, seller.name, seller.trading_name, address=seller.postal_address),
        *payment.accounts(invoice),
        *_numbers(
            registration(seller.legal_registration_identifier),
            reference(VAT, seller.vat_identifier),
            reference(TAX, seller.tax_registration_identifier),
        ),
        *_contacts(seller.electronic_address, SELLER_CONTACT, seller.contact),
    )


def _buyer(invoice: Invoice) -> Node | None:
    buyer = invoice.buyer
    own = invoice.extensions.slovenia if invoice.extensions else None
    return node(
        "G_SG2",
        _name(
            BUYER, buyer.identifier, buyer.name, buyer.trading_name, address=buyer.postal_address
        ),
        *payment.of_the_buyer(invoice),
        *_numbers(
            reference(ROUTING, invoice.buyer_reference),
            reference(ACCOUNTING, invoice.buyer_accounting_reference),
            registration(buyer.legal_registration_identifier),
            reference(VAT, buyer.vat_identifier),
            reference(TAX, own.buyer_tax_number if own else None),
            *payment.mandate(invoice),
        ),
        *_contacts(buyer.electronic_address, BUYER_CONTACT, buyer.contact),
    )


def _delivery(delivery: DeliveryInformation | None) -> Node | None:
    if delivery is None:
        return None
    return _party(
        DELIVERY,
        _name(
            DELIVERY,
            delivery.deliver_to_location_identifier,
            delivery.deliver_to_party_name,
            address=delivery.deliver_to_address,
        ),
    )
