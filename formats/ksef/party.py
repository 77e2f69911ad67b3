"""Seller, buyer and tax representative: Podmiot1, Podmiot2 and PodmiotUpowazniony.

FA(3) has two lines for an address. Street lines go into the first and place into the second,
parted by semicolons where they are several, so that they are told apart again when read.
"""

import re
from typing import Any

from formats.en16931.model import Invoice
from formats.en16931.party import BuyerPostalAddress, SellerPostalAddress
from formats.en16931.party import TaxRepresentativePostalAddress as RepresentativeAddress
from formats.ksef.code_lists import COUNTRIES, UNION
from formats.ksef.tree import Tree

_POST_AND_CITY = re.compile(r"([^ ;]*[0-9][^ ;]*) ([^ ;0-9][^;]*)")
_POLISH_PLACE = re.compile(r"[0-9]{2}-[0-9]{3} [^;0-9]+")
_PART = "; "
_STREET_LINES = 3
_REPRESENTATIVE = "3"
"""RolaPU of a tax representative."""

_COUNTRY = 2
_SWISS = "CHE"
_GREECE, _ELLAS = "GR", "EL"


def filled(**elements: object) -> Tree:
    """Return a tree of what is there."""
    return {name: value for name, value in elements.items() if value not in (None, "", {}, [])}


def seller(invoice: Invoice) -> Tree:
    """Return Podmiot1 as it follows from BG-4."""
    party = invoice.seller
    return filled(
        DaneIdentyfikacyjne=filled(NIP=_polish(party.vat_identifier), Nazwa=party.name),
        Adres=_address(party.postal_address),
        DaneKontaktowe=_contact(party.contact),
    )


def take_seller(tree: Tree) -> Tree:
    """Return BG-4 as Podmiot1 has it."""
    who = tree.get("DaneIdentyfikacyjne", {})
    return filled(
        name=who.get("Nazwa"),
        vat_identifier=f"PL{who['NIP']}" if "NIP" in who else None,
        postal_address=_taken_address(tree.get("Adres", {})),
        contact=_taken_contact(tree),
    )


def buyer(invoice: Invoice) -> Tree:
    """Return Podmiot2 as it follows from BG-7; JST and GV are "no" unless the extension says."""
    party = invoice.buyer
    identified = _identified(party.vat_identifier)
    if not identified:
        legal = party.legal_registration_identifier
        plain = legal.value if legal and legal.scheme_identifier is None else None
        identified = {"NrID": plain} if plain else {"BrakID": "1"}
    customer = party.identifier
    return filled(
        DaneIdentyfikacyjne=identified | filled(Nazwa=party.name),
        Adres=_buyers_address(party.postal_address),
        DaneKontaktowe=_contact(party.contact),
        NrKlienta=customer.value if customer and customer.scheme_identifier is None else None,
        JST="2",
        GV="2",
    )


def take_buyer(tree: Tree) -> Tree:
    """Return BG-7 as Podmiot2 has it."""
    who = tree.get("DaneIdentyfikacyjne", {})
    number = who.get("NrID")
    vat = None
    if "NIP" in who:
        vat = f"PL{who['NIP']}"
    elif "NrVatUE" in who:
        vat = who.get("KodUE", "") + who["NrVatUE"]
    elif number and "KodKraju" in who:
        country = "" if number.startswith(_SWISS) else who["KodKraju"]
        vat, number = country + number, None
    return filled(
        name=who.get("Nazwa"),
        vat_identifier=vat,
        legal_registration_identifier={"value": number} if number else None,
        identifier={"value": tree["NrKlienta"]} if tree.get("NrKlienta") else None,
        postal_address=_taken_address(tree.get("Adres", {})),
        contact=_taken_contact(tree),
    )


def representative(invoice: Invoice) -> Tree:
    """Return PodmiotUpowazniony as it follows from BG-11."""
    party = invoice.seller_tax_representative
    if party is None or not _polish(party.vat_identifier):
        return {}
    return filled(
        DaneIdentyfikacyjne=filled(NIP=_polish(party.vat_identifier), Nazwa=party.name),
        Adres=_address(party.postal_address),
        RolaPU=_REPRESENTATIVE,
    )


def take_representative(tree: Tree) -> Tree | None:
    """Return BG-11, when the authorised party is a tax representative."""
    if tree.get("RolaPU") != _REPRESENTATIVE:
        return None
    who = tree.get("DaneIdentyfikacyjne", {})
    return filled(
        name=who.get("Nazwa"),
        vat_identifier=f"PL{who['NIP']}" if "NIP" in who else None,
        postal_address=_taken_address(tree.get("Adres", {})),
    )


def _polish(vat_identifier: str | None) -> str | None:
    number = (vat_identifier or "").strip()
    return number.removeprefix("PL") if number.startswith("PL") else None


def _identified(vat_identifier: str | None) -> Tree:
    """Return the number a buyer is known by: NIP, EU VAT number or one of another country."""
    number = (vat_identifier or "").strip()
    country, rest = number[:_COUNTRY], number[_COUNTRY:]
    if not rest:
        return {}
    if country == "PL":
        return {"NIP": rest}
    if country in UNION or country == _GREECE:  # what is read is EL: KSeF knows no VAT number GR
        return {"KodUE": _ELLAS if country == _GREECE else country, "NrVatUE": rest}
    if number.startswith(_SWISS):  # the E is of the number, not of its country
        return {"KodKraju": country, "NrID": number}
    return {"KodKraju": country, "NrID": rest} if country in COUNTRIES else {}


def _buyers_address(address: BuyerPostalAddress | None) -> Tree:
    """Return a buyer's address; one of which only the country is known is none, and a remark."""
    made = _address(address)
    return made if made.keys() - {"KodKraju"} else {}


def _address(
    address: SellerPostalAddress | BuyerPostalAddress | RepresentativeAddress | None,
) -> Tree:
    if address is None:
        return {}
    street = _PART.join(filter(None, (address.line_1, address.line_2, address.line_3)))
    place = _place(address.post_code, address.city, address.country_subdivision)
    if place and not street:  # the first line must be there; a place in it is marked
        street, place = (place if _POLISH_PLACE.fullmatch(place) else f"{_PART}{place}"), ""
    return filled(KodKraju=address.country_code, AdresL1=street, AdresL2=place)


def _place(post_code: str | None, city: str | None, subdivision: str | None) -> str:
    if subdivision:
        return _PART.join((post_code or "", city or "", subdivision))
    if post_code and city:
        together = f"{post_code} {city}"
        found = _POST_AND_CITY.fullmatch(together)
        apart = found is None or found.groups() != (post_code, city)
        return f"{post_code}{_PART}{city}" if apart else together
    if post_code:
        return f"{post_code};"
    if city and (_POST_AND_CITY.fullmatch(city) or _PART in city or city.endswith(";")):
        return f"{_PART}{city}"
    return city or ""


def _taken_address(tree: Tree) -> Tree:
    street, place = tree.get("AdresL1", ""), tree.get("AdresL2", "")
    if not place and (street.startswith(_PART) or _POLISH_PLACE.fullmatch(street)):
        street, place = "", street.removeprefix(_PART)
    lines = street.split(_PART, _STREET_LINES - 1)
    values: dict[str, Any] = {f"line_{at}": line for at, line in enumerate(lines, 1)}
    if found := _POST_AND_CITY.fullmatch(place):
        values |= {"post_code": found[1], "city": found[2]}
    elif place.endswith(";") and _PART not in place:
        values["post_code"] = place[:-1]
    elif _PART in place:
        parts = place.split(_PART, 2)
        values |= dict(zip(("post_code", "city", "country_subdivision"), parts, strict=False))
    else:
        values["city"] = place
    return filled(country_code=tree.get("KodKraju"), **values)


def _contact(contact: Any) -> list[Tree]:  # noqa: ANN401 - the seller's or the buyer's
    if contact is None:
        return []
    one = filled(Email=contact.email_address, Telefon=contact.telephone_number)
    return [one] if one else []


def _taken_contact(tree: Tree) -> Tree:
    first: Tree = next(iter(tree.get("DaneKontaktowe", ())), {})
    return filled(email_address=first.get("Email"), telephone_number=first.get("Telefon"))
