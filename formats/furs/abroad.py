"""Whose tax a reverse charge leaves to the buyer: Slovenia's, or that of his own country."""

from formats.en16931.party import Buyer


def owes_abroad(buyer: Buyer) -> bool:
    """Tell whether a buyer owes tax elsewhere: his supply is not subject to tax in Slovenia.

    ReverseVATTaxableAmount (Tehnična dokumentacija 1.3, R_3.9.6) is for supplies of ZDDV-1,
    article 76.a, which are domestic; what is subject elsewhere (article 25) is NontaxableAmount
    (R_3.9.7).
    """
    if buyer.vat_identifier is not None:
        return not buyer.vat_identifier.upper().startswith("SI")
    address = buyer.postal_address
    return address is not None and address.country_code not in {None, "SI"}
