"""Parties that only extensions know, and what one is called where.

`Trade...` are composite types, like `SchemedIdentifier`: a class for all places, so their fields
carry no term; the field that holds one says in `Term.parts` which terms they are there.
"""

from collections.abc import Mapping
from typing import TypeAlias

from formats.en16931.group import Group, Identifier, Text

Parts: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Fields of a composite type with their identifiers in one place, as `Term.parts` has them."""


class TradeAddress(Group):
    """A postal address, with the field names of BG-5."""

    line_1: Text | None = None
    line_2: Text | None = None
    line_3: Text | None = None
    city: Text | None = None
    post_code: Text | None = None
    country_subdivision: Text | None = None
    country_code: Text | None = None
    country_subdivision_code: Text | None = None


class TradeContact(Group):
    """A contact, with the field names of BG-6 and three of Factur-X EXTENDED.

    Attributes:
        type_code: UNTDID 3139.
    """

    point: Text | None = None
    department_name: Text | None = None
    type_code: Text | None = None
    telephone_number: Text | None = None
    fax_number: Text | None = None
    email_address: Text | None = None


class TradeParty(Group):
    """A party, with the field names of BG-4.

    Attributes:
        role_code: UNTDID 3035.
        description: Other legal information, as BT-33 is for the seller.
    """

    name: Text | None = None
    trading_name: Text | None = None
    identifiers: tuple[Identifier, ...] = ()
    role_code: Text | None = None
    description: Text | None = None
    legal_registration_identifier: Identifier | None = None
    legal_address: TradeAddress | None = None
    vat_identifier: Text | None = None
    tax_registration_identifier: Text | None = None
    electronic_address: Identifier | None = None
    postal_address: TradeAddress | None = None
    contacts: tuple[TradeContact, ...] = ()


ADDRESS = (
    "post_code",
    "line_1",
    "line_2",
    "line_3",
    "city",
    "country_code",
    "country_subdivision",
)
CONTACT = (
    "point",
    "department_name",
    "type_code",
    "telephone_number",
    "fax_number",
    "email_address",
)

_FRENCH_PARTY = {
    "name": 0,
    "role_code": 1,
    "trading_name": 2,
    "identifiers": 3,
    "legal_registration_identifier": 5,
    "vat_identifier": 8,
    "electronic_address": 9,
    "postal_address": 11,
    "postal_address.line_1": 12,
    "postal_address.line_2": 13,
    "postal_address.line_3": 14,
    "postal_address.post_code": 15,
    "postal_address.city": 16,
    "postal_address.country_subdivision": 17,
    "postal_address.country_code": 18,
    "contacts": 19,
    "contacts.point": 20,
    "contacts.telephone_number": 21,
    "contacts.email_address": 22,
}
"""AFNOR numbers the fields of each of its five parties in the same order, from its name on."""


def address(group: str, first: int) -> Parts:
    """Return the parts of an address: Factur-X numbers its seven fields in a row."""
    return (("", (group,)), *((name, (f"BT-X-{first + i}",)) for i, name in enumerate(ADDRESS)))


def contact(group: str, *numbers: int | str) -> Parts:
    """Return the parts of a contact, in the order of `CONTACT`."""
    ids = (number if isinstance(number, str) else f"BT-X-{number}" for number in numbers)
    return (("", (group,)), *((name, (id_,)) for name, id_ in zip(CONTACT, ids, strict=True)))


def inside(field: str, parts: Parts) -> Parts:
    """Return the parts of a composite type as parts of the one that holds it in a field."""
    return tuple((f"{field}.{name}".rstrip("."), ids) for name, ids in parts)


def party(  # noqa: PLR0913 - one for each thing a party has
    *,
    identifiers: tuple[int | str, int | str],
    name: int,
    trading_name: int,
    role: int,
    legal: int,
    vat: int,
    electronic: int,
    at: Parts,
    reached_at: Parts,
    seated_at: Parts = (),
    description: int | None = None,
    tax: int | None = None,
    french: int | None = None,
    omani: Mapping[str, str] | None = None,
) -> Parts:
    """Return the parts of a party of Factur-X EXTENDED by the numbers of its terms.

    `identifiers` are those without and with a scheme (`ram:ID`, `ram:GlobalID`); `at` are the
    parts of the postal address, `reached_at` of a contact, `seated_at` of the address of the
    legal organisation; `french` is the number of the party's name with AFNOR (`EXT-FR-FE-3`);
    `omani` are Oman's numbers of the fields it has.
    """
    numbers: dict[str, tuple[int | str, ...]] = {
        "name": (name,),
        "trading_name": (trading_name,),
        "identifiers": identifiers,
        "role_code": (role,),
        "legal_registration_identifier": (legal,),
        "vat_identifier": (vat,),
        "electronic_address": (electronic,),
    }
    if description is not None:
        numbers["description"] = (description,)
    if tax is not None:
        numbers["tax_registration_identifier"] = (tax,)
    parts = {
        field: tuple(n if isinstance(n, str) else f"BT-X-{n}" for n in ids)
        for field, ids in numbers.items()
    }
    parts |= dict(inside("postal_address", at)) | dict(inside("contacts", reached_at))
    parts |= dict(inside("legal_address", seated_at))
    if french is not None:
        for field, offset in _FRENCH_PARTY.items():
            parts[field] = (*parts[field], f"EXT-FR-FE-{french + offset:02}")
    for field, number in (omani or {}).items():
        parts[field] = (*parts[field], f"BTOM-{number}")
    return tuple(parts.items())
