"""Extension terms that UBL keeps elsewhere than the model: parties inside parties, and helpers."""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from formats.binding import (
    CODE,
    IDENTIFIER,
    Branch,
    Each,
    Nested,
    Odd,
    ReadContext,
    Shape,
    Value,
    WriteContext,
)
from formats.binding.construction import make
from formats.binding.markup import branch
from formats.binding.nodes import Values
from formats.en16931.extensions.document import InvoiceExtensions
from formats.en16931.extensions.parties import TradeAddress, TradeContact, TradeParty
from formats.en16931.group import Group
from formats.ubl.names import BINDING
from formats.ubl.vat import TAX_SCHEME, is_tax

_ELSEWHERE = "extension "


def address(model: type[Group], *further: Value) -> Shape:
    """Return an address (BG-5, BG-8, BG-12, BG-15): different terms, one shape."""
    return Shape(
        model,
        Value("cbc:StreetName", "line_1"),
        Value("cbc:AdditionalStreetName", "line_2"),
        Value("cbc:CityName", "city"),
        Value("cbc:PostalZone", "post_code"),
        Value("cbc:CountrySubentity", "country_subdivision"),
        *further,
        Branch("cac:AddressLine", Value("cbc:Line", "line_3")),
        Branch("cac:Country", Value("cbc:IdentificationCode", "country_code", CODE)),
    )


def subdivision_code() -> Value:
    """Return the code of the country subdivision, which Oman and Malaysia ask for."""
    return Value("cbc:CountrySubentityCode", "extensions.country_subdivision_code", CODE)


TRADE_ADDRESS = address(
    TradeAddress, Value("cbc:CountrySubentityCode", "country_subdivision_code", CODE)
)

TRADE_CONTACT = Shape(
    TradeContact,
    Value("cbc:Name", "point"),
    Value("cbc:Telephone", "telephone_number"),
    Value("cbc:Telefax", "fax_number"),
    Value("cbc:ElectronicMail", "email_address"),
)


def contact(field: str) -> Odd:
    """Return the contact of a party whose model has several: UBL has one."""
    *path, name = field.split(".")

    def read(nodes: Sequence[etree._Element], values: Values, context: ReadContext) -> None:
        first, *others = nodes
        for step in path:
            values = values.setdefault(step, {})
        if (found := BINDING.group(TRADE_CONTACT, first, context)) is not None:
            values[name] = [found]
        for node in others:
            context.unread(node)

    def write(group: Any, context: WriteContext) -> Sequence[str]:  # noqa: ANN401 - any party
        for step in path:
            group = getattr(group, step)
            if group is None:
                return ()
        contacts = getattr(group, name)
        if not contacts:
            return ()
        return (branch("cac:Contact", BINDING.inner(TRADE_CONTACT, contacts[0], context)),)

    return Odd(("cac:Contact",), read, write)


TRADE_PARTY = Shape(
    TradeParty,
    Value("cbc:EndpointID", "electronic_address", IDENTIFIER),
    Value("cbc:IndustryClassificationCode", "role_code", CODE),
    Each("cac:PartyIdentification", "identifiers", Value("cbc:ID", "", IDENTIFIER)),
    Branch("cac:PartyName", Value("cbc:Name", "trading_name")),
    Nested("cac:PostalAddress", "postal_address", TRADE_ADDRESS),
    Branch(
        "cac:PartyTaxScheme",
        Value("cbc:CompanyID", "vat_identifier", CODE),
        TAX_SCHEME,
        when=is_tax,
    ),
    Branch(
        "cac:PartyLegalEntity",
        Value("cbc:RegistrationName", "name"),
        Value("cbc:CompanyID", "legal_registration_identifier", IDENTIFIER),
        Value("cbc:CompanyLegalForm", "description"),
    ),
    contact("contacts"),
)
"""A party of the extensions, as France binds them (AFNOR XP Z12-012)."""


def elsewhere(tag: str, field: str, wrap: str | None = None, allowed: str | None = None) -> Odd:
    """Return a party of the invoice whose element stands inside another party's.

    The sales agent is an agent of the seller's party, the invoicee its service provider. Its
    reader notes it; `with_parties` gives it to the invoice.

    Args:
        tag: The element in the outer party.
        field: Field of `InvoiceExtensions`.
        wrap: Element around the party inside the tag, if there is one.
        allowed: Note without which nothing is written, for tags that stand in several places.
    """
    key = _ELSEWHERE + field

    def read(nodes: Sequence[etree._Element], _values: Values, context: ReadContext) -> None:
        for node in nodes:
            inner = node if wrap is None else node.find(BINDING.clark(wrap))
            if key in context.notes or inner is None:
                context.unread(node)
                continue
            context.notes[key] = BINDING.group(TRADE_PARTY, inner, context)
            for other in () if inner is node else node.iterchildren(etree.Element):
                if other is not inner:
                    context.unread(other)

    def write(_group: Any, context: WriteContext) -> Sequence[str]:  # noqa: ANN401 - any party
        extensions = context.invoice.extensions
        party = None if extensions is None else getattr(extensions, field)
        if party is None or (allowed is not None and allowed not in context.notes):
            return ()
        text = BINDING.inner(TRADE_PARTY, party, context)
        return (branch(tag, text if wrap is None else branch(wrap, text)),)

    return Odd((tag,), read, write)


def with_parties(values: Values, context: ReadContext) -> None:
    """Put the parties that other parties' readers noted into the values of the invoice."""
    update = {
        key.removeprefix(_ELSEWHERE): party
        for key, party in context.notes.items()
        if key.startswith(_ELSEWHERE) and party is not None
    }
    if update:
        extensions = values.get("extensions") or make(InvoiceExtensions, {})
        values["extensions"] = extensions.model_copy(update=update)


def take(values: Values, found: Values) -> None:
    """Add what an inner shape of the same group has read, its extensions to the group's."""
    extensions = found.pop("extensions", None)
    values |= found
    if extensions is not None:
        into = values.setdefault("extensions", {})
        into.update(said(extensions))


def said(group: Group) -> Values:
    """Return the fields of a group that say something."""
    return {name: value for name, value in group if value is not None and value != ()}
