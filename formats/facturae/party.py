"""Seller and buyer: SellerParty, BuyerParty, ThirdParty.

Spanish numbers stand without the prefix ES, those of others with theirs. A natural person, told by
the form of the NIF, has a name and one or two surnames: the last words of BT-27 and BT-44.
"""

import re
from typing import Any

from formats.en16931.extensions.facturae import FeAdministrativeCentre
from formats.en16931.model import Invoice
from formats.en16931.party import Buyer, BuyerPostalAddress, Seller, SellerPostalAddress
from formats.facturae import centres
from formats.facturae.code_lists import COUNTRIES, COUNTRIES_BACK, UNION
from formats.facturae.cutting import cut
from formats.facturae.provinces import province_of
from formats.facturae.tree import Read, Tree, child, filled, text

PERSON = re.compile(r"[0-9XYZKLM][0-9]{7}[A-Z]")
"""The NIF of a person."""
POST_CODE = re.compile(r"[0-9]{5}")
_POST_AND_TOWN = re.compile(r"([^ ]*[0-9][^ ]*) ([^ 0-9].*)")
_CUSTOMER = re.compile(r"[0-9]{1,10}")
_PART = "; "
_SPAIN = "ES"
_SURNAMES = 2

Address = SellerPostalAddress | BuyerPostalAddress | None


def seller(party: Seller) -> Tree:
    """Return SellerParty."""
    identifier = next(iter(party.identifiers), None)
    return _party(
        party,
        party.tax_registration_identifier,
        identifier.value if identifier and identifier.scheme_identifier is None else None,
    )


def buyer(party: Buyer, units: tuple[FeAdministrativeCentre, ...]) -> Tree:
    """Return BuyerParty with its administrative centres."""
    identifier = party.identifier
    known = identifier.value if identifier and identifier.scheme_identifier is None else None
    made = _party(party, None, known)
    made["AdministrativeCentres"] = centres.centres(units, address_of(party.postal_address))
    return made


def _party(party: Seller | Buyer, registered: str | None, known: str | None) -> Tree:
    number, country = _number(party, registered)
    address = party.postal_address
    person = bool(PERSON.fullmatch(number or "")) and country == _SPAIN
    residence = "R" if country == _SPAIN else "U" if country in UNION else "E"
    contact = party.contact
    details = filled(
        Telephone=cut(contact.telephone_number, 15) if contact else None,
        ElectronicMail=cut(contact.email_address, 60) if contact else None,
        ContactPersons=cut(contact.point, 40) if contact else None,
    )
    found = {**address_of(address), **({"ContactDetails": details} if details else {})}
    named: Tree
    if person:
        named = {"Individual": {**_individual(party.name or ""), **found}}
    else:
        trading = cut(party.trading_name, 40) or None
        named = {
            "LegalEntity": {
                "CorporateName": cut(party.name, 80) or "",
                "TradeName": trading,
                **found,
            }
        }
    return {
        "TaxIdentification": {
            "PersonTypeCode": "F" if person else "J",
            "ResidenceTypeCode": residence,
            "TaxIdentificationNumber": cut(number, 30),
        },
        "PartyIdentification": known if known and _CUSTOMER.fullmatch(known) else None,
        "AdministrativeCentres": None,
        **named,
    }


def _number(party: Seller | Buyer, registered: str | None) -> tuple[str | None, str]:
    """Return the number a party is known by, and the country it belongs to."""
    vat = (party.vat_identifier or "").strip()
    country = (party.postal_address.country_code if party.postal_address else None) or ""
    if vat.startswith(_SPAIN):
        return vat.removeprefix(_SPAIN), _SPAIN
    if vat:
        prefix = "GR" if vat[:2] == "EL" else vat[:2]
        return vat, (country if country and country != _SPAIN else prefix)
    legal = party.legal_registration_identifier
    return registered or (legal.value.strip() if legal else None), country


def _individual(name: str) -> Tree:
    words = name.split(" ")
    surnames = words[-min(_SURNAMES, len(words) - 1) :] if len(words) > 1 else []
    given = " ".join(words[: len(words) - len(surnames)])
    second = surnames[1] if len(surnames) > 1 else None
    return {
        "Name": cut(given, 40),
        "FirstSurname": cut(surnames[0], 40) if surnames else "",
        "SecondSurname": cut(second, 40),
    }


def address_of(address: Address) -> Tree:
    """Return the one or the other address; AddressInSpain wants a post code of five digits."""
    if address is None:
        return {
            "OverseasAddress": {
                "Address": "",
                "PostCodeAndTown": "",
                "Province": "",
                "CountryCode": COUNTRIES[_SPAIN],
            }
        }
    street = _PART.join(filter(None, (address.line_1, address.line_2, address.line_3)))
    country = address.country_code or _SPAIN
    code, town = address.post_code or "", address.city or ""
    region = cut(address.country_subdivision, 20) or ""
    if country == _SPAIN and POST_CODE.fullmatch(code):
        return {
            "AddressInSpain": {
                "Address": cut(street, 80),
                "PostCode": code,
                "Town": cut(town, 50),
                "Province": region or province_of(code) or "",
                "CountryCode": COUNTRIES[_SPAIN],
            }
        }
    return {
        "OverseasAddress": {
            "Address": cut(street, 80),
            "PostCodeAndTown": cut(_place(code, town), 50),
            "Province": region,
            "CountryCode": COUNTRIES.get(country, country),
        }
    }


def _place(code: str, town: str) -> str:
    together = f"{code} {town}"
    found = _POST_AND_TOWN.fullmatch(together)
    if found and found.groups() == (code, town):
        return together
    if code and not town:
        return f"{code};"
    if code or _PART in town or town.endswith(";") or _POST_AND_TOWN.fullmatch(town):
        return f"{code}{_PART}{town}"
    return town


def take_seller(tree: Read) -> dict[str, Any]:
    """Return BG-4."""
    values = _taken(tree)
    known = text(tree, "PartyIdentification")
    return values | filled(identifiers=[{"value": known}] if known else [])


def take_buyer(tree: Read) -> dict[str, Any]:
    """Return BG-7."""
    values = _taken(tree)
    known = text(tree, "PartyIdentification")
    return values | filled(identifier={"value": known} if known else None)


def _taken(tree: Read) -> dict[str, Any]:
    who = child(tree, "TaxIdentification")
    number, residence = text(who, "TaxIdentificationNumber"), text(who, "ResidenceTypeCode")
    spanish = number is not None and residence == "R"
    entity, person = child(tree, "LegalEntity"), child(tree, "Individual")
    address = _taken_address(entity or person)
    country = address.get("country_code", "")
    prefixed = number is not None and number[:2] == {"GR": "EL"}.get(country, country)
    foreign = number if not spanish and not prefixed else None
    vat = number if prefixed else f"{_SPAIN}{(number or '').removeprefix(_SPAIN)}"
    surnames = (text(person, one) for one in ("Name", "FirstSurname", "SecondSurname"))
    contact = child(entity or person, "ContactDetails")
    return filled(
        name=text(entity, "CorporateName") or " ".join(filter(None, surnames)),
        trading_name=text(entity, "TradeName"),
        vat_identifier=vat if spanish or prefixed else None,
        legal_registration_identifier={"value": foreign} if foreign else None,
        postal_address=address,
        contact=filled(
            point=text(contact, "ContactPersons"),
            telephone_number=text(contact, "Telephone"),
            email_address=text(contact, "ElectronicMail"),
        ),
    )


def _taken_address(tree: Read) -> dict[str, Any]:
    spanish, other = child(tree, "AddressInSpain"), child(tree, "OverseasAddress")
    place = spanish or other
    street = text(place, "Address")
    lines = street.split(_PART, 2) if street else []
    values: dict[str, Any] = {f"line_{at}": line for at, line in enumerate(lines, 1)}
    region, code = text(place, "Province"), text(place, "PostCode")
    if spanish:
        values |= filled(post_code=code, city=text(place, "Town"))
        region = None if region == province_of(code or "") else region
    else:
        values |= _taken_place(text(place, "PostCodeAndTown") or "")
    country = text(place, "CountryCode")
    if not values and not region and country == COUNTRIES[_SPAIN]:
        return {}
    return filled(
        country_code=COUNTRIES_BACK.get(country or "", country),
        country_subdivision=region,
        **values,
    )


def _taken_place(place: str) -> dict[str, Any]:
    if place.endswith(";") and _PART not in place:
        return {"post_code": place[:-1]}
    if _PART in place:
        code, _, town = place.partition(_PART)
        return filled(post_code=code, city=town)
    if found := _POST_AND_TOWN.fullmatch(place):
        return {"post_code": found[1], "city": found[2]}
    return filled(city=place)


def third_party(invoice: Invoice) -> Tree | None:
    """Return ThirdParty: who issues it for the seller."""
    extension = invoice.extensions.facturae if invoice.extensions else None
    if extension is None or not extension.third_party_number:
        return None
    number = extension.third_party_number
    person = bool(PERSON.fullmatch(number))
    name = extension.third_party_name or ""
    place = address_of(invoice.seller.postal_address)
    return {
        "TaxIdentification": {
            "PersonTypeCode": "F" if person else "J",
            "ResidenceTypeCode": "R",
            "TaxIdentificationNumber": cut(number, 30),
        },
        **(
            {"Individual": {**_individual(name), **place}}
            if person
            else {"LegalEntity": {"CorporateName": cut(name, 80), **place}}
        ),
    }
