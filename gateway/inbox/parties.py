"""Who a received document is from, and whether it is for the entity it reached."""

from collections.abc import Iterator

from formats.en16931 import Invoice
from formats.en16931.group import SchemedIdentifier
from formats.en16931.party import Buyer, Seller
from gateway.compliance.addressing import SELF_BILLED


def supplier_of(invoice: Invoice) -> Seller | Buyer:
    """Return who wrote a document: its seller, or the buyer of a self-billed one."""
    return invoice.buyer if invoice.type_code in SELF_BILLED else invoice.seller


def receiver_of(invoice: Invoice) -> Seller | Buyer:
    """Return who a document is for."""
    return invoice.seller if invoice.type_code in SELF_BILLED else invoice.buyer


def keys_of(party: Seller | Buyer) -> tuple[str, ...]:
    """Return what names a party for ever: VAT identifier, registrations, electronic address.

    A party without any goes by its name. In capitals, without spaces, each once.
    """
    found = dict.fromkeys(_compact(key) for key in _identifiers(party))
    if not found and party.name:
        found = {_compact(party.name): None}
    return tuple(found)


def is_misaddressed(invoice: Invoice, entity: Seller) -> bool:
    """Tell whether a document names another receiver than the entity.

    One identifier in common is enough. A receiver without identifiers is compared by name; one
    that the document does not name at all is no contradiction.
    """
    receiver = receiver_of(invoice)
    named = {_compact(key) for key in _identifiers(receiver)}
    own = {_compact(key) for key in _identifiers(entity)}
    if named and own:
        return named.isdisjoint(own)
    names = {_compact(name) for name in (receiver.name, receiver.trading_name) if name}
    return bool(names) and names.isdisjoint(
        _compact(name) for name in (entity.name, entity.trading_name) if name
    )


def _identifiers(party: Seller | Buyer) -> Iterator[str]:
    if party.vat_identifier:
        yield party.vat_identifier
    others = party.identifiers if isinstance(party, Seller) else (party.identifier,)
    for one in (party.legal_registration_identifier, party.electronic_address, *others):
        if isinstance(one, SchemedIdentifier) and one.value:
            yield one.value


def _compact(text: str) -> str:
    return "".join(text.split()).upper()
