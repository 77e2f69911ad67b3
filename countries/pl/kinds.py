"""What kind of invoice it is, where that follows from the invoices that it refers to.

A correction of an advance invoice is KOR_ZAL, of a settlement KOR_ROZ; the invoice that settles
advances is ROZ. Source: schemat_FA(3)_v1-0E.xsd, TRodzajFaktury; VAT act, art. 106f, 106j.
"""

from decimal import Decimal

from formats.en16931 import Invoice
from formats.en16931.extensions.document import InvoiceExtensions
from formats.en16931.extensions.poland.correction import FaFakturaZaliczkowa
from formats.en16931.extensions.poland.document import FaExtension, FaTresc
from formats.en16931.model import PrecedingInvoiceReference

_ADVANCE = "386"
_SETTLEMENT = "ROZ"


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


def _kind(invoice: Invoice) -> str | None:
    poland = invoice.extensions.poland if invoice.extensions else None
    return poland.fa.rodzaj_faktury if poland is not None and poland.fa is not None else None


def _advance(one: PrecedingInvoiceReference) -> FaFakturaZaliczkowa:
    number = one.extensions.unique_identifier if one.extensions else None
    if number is not None:
        return FaFakturaZaliczkowa(nr_kse_ffa_zaliczkowej=number)
    return FaFakturaZaliczkowa(nr_kse_fzn="1", nr_fa_zaliczkowej=one.reference)
