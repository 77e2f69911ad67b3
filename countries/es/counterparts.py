"""Who bought, as VeriFactu wants it said: by NIF, or by IDOtro with the kind of number."""

from stdnum.es import nif

from countries.eu import country_of, is_member
from formats.en16931 import Invoice
from formats.en16931.party import Buyer
from formats.verifactu.parties import ClaveIDType, OtraIdentificacion, Persona

_UNION: ClaveIDType = "02"
_OFFICIAL: ClaveIDType = "04"  # an official document of the country of residence
_OTHER: ClaveIDType = "06"
_NAME = 120
_PREFIX = 2


def nif_of(number: str | None) -> str | None:
    """Return a Spanish number as a record has it; None where it is none, or a wrong one."""
    compact = "" if number is None else nif.compact(number)
    return compact if nif.is_valid(compact) else None


def recipient(invoice: Invoice) -> Persona | None:
    """Return the buyer; None where nothing identifies him, as on a simplified invoice."""
    buyer = invoice.buyer
    name = (buyer.name or buyer.trading_name or "").strip()[:_NAME]
    if not name:
        return None
    country = (buyer.postal_address and buyer.postal_address.country_code) or ""
    own = _spanish(buyer, country)
    if own is not None:
        return Persona(NombreRazon=name, NIF=own)
    other = _foreign(buyer, country, invoice)
    return None if other is None else Persona(NombreRazon=name, IDOtro=other)


def _spanish(buyer: Buyer, country: str) -> str | None:
    """Return the NIF: of a VAT number of Spain, or of any number of who sits there."""
    number = (buyer.vat_identifier or "").strip().upper()
    if number.startswith("ES"):
        return nif_of(number)
    if country != "ES":
        return None
    identifiers = (buyer.legal_registration_identifier, buyer.identifier)
    known = (number, *(one.value for one in identifiers if one is not None))
    return next((found for one in known if (found := nif_of(one)) is not None), None)


def _foreign(buyer: Buyer, country: str, invoice: Invoice) -> OtraIdentificacion | None:
    number = "".join(filter(str.isalnum, buyer.vat_identifier or "")).upper()
    number = f"EL{number[_PREFIX:]}" if number.startswith("GR") else number
    prefix = number[:_PREFIX]
    day = invoice.issue_date
    if prefix == "XI" or (
        prefix.isalpha() and number and day is not None and is_member(country_of(number), day)
    ):
        if prefix == "ES":
            return None  # its NIF is wrong
        return OtraIdentificacion(IDType=_UNION, ID=number)
    if not country or country == "ES":
        return None
    registered, other = buyer.legal_registration_identifier, buyer.identifier
    if number or registered is not None:
        value = number or (registered.value if registered is not None else "")
        return OtraIdentificacion(CodigoPais=country, IDType=_OFFICIAL, ID=value)
    if other is not None:
        return OtraIdentificacion(CodigoPais=country, IDType=_OTHER, ID=other.value)
    return None
