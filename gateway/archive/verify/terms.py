"""What an invoice says of itself: number, date, currency, totals and parties, in UBL and CII.

And in the house's own JSON of what is no invoice. What each says stands under the JSON pointer of
the member of `document.json` that must agree with it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, DecimalException

from .markup import Element, UnreadContentError, qualified, read_markup
from .national import FACTURAE_CUT, eslog_terms, eslog_type, fa_terms, facturae_terms
from .pointers import (
    BUYER,
    BUYER_VAT,
    CURRENCY,
    DUE,
    EVERY_POINTER,
    GROSS,
    ISSUE_DATE,
    NET,
    NUMBER,
    SELLER,
    SELLER_VAT,
    VAT_TOTAL,
    member_at,
)

_LINES_AND_FILES = frozenset(
    map(
        qualified,
        (
            "cac:AdditionalDocumentReference",
            "cac:CreditNoteLine",
            "cac:InvoiceLine",
            "ds:Signature",
            "ext:UBLExtensions",
            "fa:FaWiersz",
            "fa:Zalacznik",
            "AdditionalData",
            "Items",
            "ram:AdditionalReferencedDocument",
            "ram:IncludedSupplyChainTradeLineItem",
            "slog:G_SG26",
        ),
    )
)
"""Lines, attached files and signatures: nothing of them is asked for."""
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_TAXES = ("VAT", "GST", "SST")
"""What a document's tax is called in UBL; in PINT it may have the other names."""
_FACTURAE = (
    "http://www.facturae.gob.es/formato/Versiones/Facturaev3_2_2.xml",
    "http://www.facturae.es/Facturae/2014/v3.2.1/Facturae",
    "http://www.facturae.es/Facturae/2009/v3.2/Facturae",
    "http://www.facturae.es/Facturae/2007/v3.1/Facturae",
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a document says of itself.

    Attributes:
        said: By JSON pointer into `document.json`, all that it says there; empty: nothing.
        type_code: BT-3; None where the format has another idea of it.
        negative_credits: Whether amounts of credit notes have the other sign in this format.
        cut: By JSON pointer, after how many characters the format ends a text.
    """

    said: Mapping[str, tuple[str, ...]]
    type_code: str | None = None
    negative_credits: bool = False
    cut: Mapping[str, int] = field(default_factory=dict)


def terms_of(content: bytes) -> Terms | None:
    """Return what a document says of itself; None: its format is not known here.

    Raises:
        UnreadContentError: It is neither XML nor JSON, or refused.
    """
    if content.lstrip()[:1] == b"{":
        return _of_json(content)
    if content.startswith(b"%PDF-"):
        return None
    root = read_markup(content, _LINES_AND_FILES)
    read = _READERS.get(root.name)
    return None if read is None else read(root)


def _of_ubl(root: Element) -> Terms:
    currency = root.texts("cbc:DocumentCurrencyCode")
    taxes = root.every("cac:TaxTotal/cbc:TaxAmount")
    whole, party = "cac:LegalMonetaryTotal/cbc:", "cac:Party/cac:Party"
    sold, bought = (f"cac:Accounting{one}Party/{party}" for one in ("Supplier", "Customer"))
    types = (*root.texts("cbc:InvoiceTypeCode"), *root.texts("cbc:CreditNoteTypeCode"))
    return Terms(
        {
            NUMBER: root.texts("cbc:ID"),
            ISSUE_DATE: root.texts("cbc:IssueDate"),
            CURRENCY: currency,
            NET: root.texts(f"{whole}TaxExclusiveAmount"),
            VAT_TOTAL: tuple(
                one.text for one in taxes if one.attributes.get("currencyID") in currency
            ),
            GROSS: root.texts(f"{whole}TaxInclusiveAmount"),
            DUE: root.texts(f"{whole}PayableAmount"),
            SELLER: root.texts(f"{sold}LegalEntity/cbc:RegistrationName"),
            SELLER_VAT: _ubl_numbers(root, f"{sold}TaxScheme"),
            BUYER: root.texts(f"{bought}LegalEntity/cbc:RegistrationName"),
            BUYER_VAT: _ubl_numbers(root, f"{bought}TaxScheme"),
        },
        types[0] if types else None,
    )


def _ubl_numbers(root: Element, path: str) -> tuple[str, ...]:
    """Return the numbers of a party for the tax of the document."""
    return tuple(
        number
        for one in root.every(path)
        if "".join(one.texts("cac:TaxScheme/cbc:ID")).upper() in _TAXES
        for number in one.texts("cbc:CompanyID")
    )


def _of_cii(root: Element) -> Terms:
    trade = "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTrade"
    settled = f"{trade}Settlement"
    currency = root.texts(f"{settled}/ram:InvoiceCurrencyCode")
    whole = f"{settled}/ram:SpecifiedTradeSettlementHeaderMonetarySummation/ram:"
    taxes = root.every(f"{whole}TaxTotalAmount")
    own = [one for one in taxes if one.attributes.get("currencyID") in (None, *currency)]
    sold, bought = (f"{trade}Agreement/ram:{one}TradeParty" for one in ("Seller", "Buyer"))
    types = root.texts("rsm:ExchangedDocument/ram:TypeCode")
    return Terms(
        {
            NUMBER: root.texts("rsm:ExchangedDocument/ram:ID"),
            ISSUE_DATE: root.texts("rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString"),
            CURRENCY: currency,
            NET: root.texts(f"{whole}TaxBasisTotalAmount"),
            VAT_TOTAL: tuple(one.text for one in own),
            GROSS: root.texts(f"{whole}GrandTotalAmount"),
            DUE: root.texts(f"{whole}DuePayableAmount"),
            SELLER: root.texts(f"{sold}/ram:Name"),
            SELLER_VAT: _cii_numbers(root, sold),
            BUYER: root.texts(f"{bought}/ram:Name"),
            BUYER_VAT: _cii_numbers(root, bought),
        },
        types[0] if types else None,
    )


def _cii_numbers(root: Element, party: str) -> tuple[str, ...]:
    """Return the VAT numbers (VA) of a party."""
    numbers = root.every(f"{party}/ram:SpecifiedTaxRegistration/ram:ID")
    return tuple(one.text for one in numbers if one.attributes.get("schemeID", "").upper() == "VA")


def _of_eslog(root: Element) -> Terms | None:
    said = eslog_terms(root)
    return None if said is None else Terms(said, eslog_type(root))


def _of_fa(root: Element) -> Terms:
    return Terms(fa_terms(root), negative_credits=True)


def _of_facturae(root: Element) -> Terms:
    return Terms(facturae_terms(root), negative_credits=True, cut=FACTURAE_CUT)


_READERS: Mapping[str, Callable[[Element], Terms | None]] = {
    f"{_UBL}Invoice-2}}Invoice": _of_ubl,
    f"{_UBL}CreditNote-2}}CreditNote": _of_ubl,
    qualified("rsm:CrossIndustryInvoice"): _of_cii,
    qualified("slog:Invoice"): _of_eslog,
    qualified("fa:Faktura"): _of_fa,
    **{f"{one}}}Facturae": _of_facturae for one in _FACTURAE},
}
"""By the full name of the root."""


def _of_json(content: bytes) -> Terms | None:
    """Read the canonical document as JSON (`gateway-json`), which says its kind."""
    try:
        value = json.loads(content, object_pairs_hook=_each_once, parse_float=Decimal)
    except (ValueError, RecursionError, DecimalException) as error:
        raise UnreadContentError(f"it is not JSON: {error}") from error
    if not isinstance(value.get("kind"), str):
        return None
    told = {pointer: member_at(value, pointer) for pointer in EVERY_POINTER}
    return Terms({at: () if one is None else (str(one),) for at, one in told.items()})


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member stands twice")
    return members
