"""What kind of invoice it is, where that follows from the invoices that it refers to.

A correction of an advance invoice is KOR_ZAL, of a settlement KOR_ROZ; the invoice that settles
advances is ROZ. Source: schemat_FA(3)_v1-0E.xsd, TRodzajFaktury; VAT act, art. 106f, 106j.
"""

from decimal import Decimal

from formats.en16931 import Invoice
from formats.en16931.extensions.document import InvoiceExtensions
from formats.en16931.extensions.poland.correction import FaFakturaZaliczkowa
from formats.en16931.extensions.poland.document import FaExtension, FaTresc
from formats.en16931.extensions.poland.parties import FaPodmiot1
from formats.en16931.model import PrecedingInvoiceReference
from formats.ksef.rates import FOREIGN, reverse

_ADVANCE = "386"
_SETTLEMENT = "ROZ"
_POLAND = "PL"


def with_kind(
    said: InvoiceExtensions | None,
    *,
    settles: bool,
    corrected: Invoice | None,
    self_billed: bool = False,
) -> InvoiceExtensions | None:
    """Return the extensions of an invoice with its kind, unless they say one.

    Args:
        said: What the invoice has.
        settles: It settles advance invoices.
        corrected: The invoice that it corrects.
        self_billed: The buyer issues it, and no credit note: its type says nothing of corrections.
    """
    poland = (said.poland if said else None) or FaExtension()
    content = poland.fa or FaTresc()
    if content.rodzaj_faktury is not None:
        return said
    made: dict[str, object] = {}
    if corrected is not None and corrected.type_code == _ADVANCE:
        made["rodzaj_faktury"] = "KOR_ZAL"
    elif corrected is not None and _kind(corrected) == _SETTLEMENT:
        advances = corrected.preceding_invoice_references
        made["rodzaj_faktury"] = "KOR_ROZ"
        made["faktura_zaliczkowa"] = tuple(_advance(one) for one in advances)
    elif corrected is not None and self_billed:
        made["rodzaj_faktury"] = "KOR"
    elif corrected is None and settles:
        made["rodzaj_faktury"] = _SETTLEMENT
    if not made:
        return said
    changed = poland.model_copy(update={"fa": content.model_copy(update=made)})
    return (said or InvoiceExtensions()).model_copy(update={"poland": changed})


def with_rate(
    said: InvoiceExtensions | None, rate: Decimal | None, currency: str | None
) -> InvoiceExtensions | None:
    """Return the extensions of an invoice with the rate of its VAT in PLN, unless they say one.

    P_14_1W to P_14_4W are each of a rate of VAT, and their sum alone does not tell them (VAT act,
    art. 106e ust. 11).

    Args:
        said: What the invoice has.
        rate: PLN for one unit of its currency; None where nobody said.
        currency: Its currency; None where it is the seller's own.
    """
    if rate is None or currency in {None, "PLN"} or (said and said.exchange_rate is not None):
        return said
    made = {
        "exchange_rate": rate,
        "exchange_source_currency_code": currency,
        "exchange_target_currency_code": "PLN",
    }
    return (said or InvoiceExtensions()).model_copy(update=made)


def with_prefix(invoice: Invoice) -> Invoice:
    """Return an invoice whose seller is told with PL, where he must use it with his NIP.

    So in supplies to other member states, and in services there whose buyer owes the tax (VAT act,
    art. 97 ust. 10 pkt 2 and 3), and as the middle one of three (art. 136 ust. 1 pkt 3).
    """
    said = invoice.extensions or InvoiceExtensions()
    poland = said.poland or FaExtension()
    seller = poland.podmiot1 or FaPodmiot1()
    own = (invoice.seller.vat_identifier or "").startswith(_POLAND)
    if seller.prefiks_podatnika is not None or not own or not _in_the_union(invoice, poland):
        return invoice
    told = seller.model_copy(update={"prefiks_podatnika": _POLAND})
    changed = said.model_copy(update={"poland": poland.model_copy(update={"podmiot1": told})})
    return invoice.model_copy(update={"extensions": changed})


def _in_the_union(invoice: Invoice, poland: FaExtension) -> bool:
    notes = poland.fa.adnotacje if poland.fa else None
    if notes is not None and notes.p_23 == "1":
        return True
    categories = {row.category_code for row in invoice.vat_breakdown}
    services = "AE" in categories and reverse(invoice, {}) == FOREIGN
    return "K" in categories or services


def _kind(invoice: Invoice) -> str | None:
    poland = invoice.extensions.poland if invoice.extensions else None
    return poland.fa.rodzaj_faktury if poland is not None and poland.fa is not None else None


def _advance(one: PrecedingInvoiceReference) -> FaFakturaZaliczkowa:
    number = one.extensions.unique_identifier if one.extensions else None
    if number is not None:
        return FaFakturaZaliczkowa(nr_kse_ffa_zaliczkowej=number)
    return FaFakturaZaliczkowa(nr_kse_fzn="1", nr_fa_zaliczkowej=one.reference)
