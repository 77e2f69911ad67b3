"""What an invoice says of itself in e-SLOG 2.0 (Slovenia), FA(3) (Poland) and Facturae (Spain).

Amounts that a format leaves to be computed are computed as it says: the net amount of FA(3) is the
sum of P_13, and nothing of it is judged where there is none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Context, Decimal, DecimalException

from .markup import Element
from .pointers import (
    BUYER,
    BUYER_VAT,
    CURRENCY,
    DUE,
    GROSS,
    ISSUE_DATE,
    NET,
    NUMBER,
    SELLER,
    SELLER_VAT,
    VAT_TOTAL,
)

Said = Mapping[str, tuple[str, ...]]

_NUMERAL = re.compile(r"[+-]?[0-9]{1,100}(\.[0-9]{0,100})?")
_EXACT = Context(prec=400)
_SLOG_TOTALS = {NET: "389", VAT_TOTAL: "176", GROSS: "388", DUE: "9"}
"""Qualifiers of amounts (D_5025)."""
_SLOG_PARTIES = {(SELLER, SELLER_VAT): "SE", (BUYER, BUYER_VAT): "BY"}
_SLOG_ISSUED, _SLOG_OF_INVOICE, _SLOG_VAT = "137", "2", "VA"
_SWISS, _CODE = "CHE", 2
_FA_NET = re.compile(r"P_13_[0-9]+(_[0-9])?")
_FA_VAT = re.compile(r"P_14_[0-9]+(_[0-9])?")
"""P_14_1W and others with W are the same in PLN."""


def numeral(text: str) -> Decimal | None:
    """Return the number that a text is; None: it is none, or one that no invoice has."""
    return Decimal(text) if _NUMERAL.fullmatch(text) else None


def eslog_terms(root: Element) -> Said | None:
    """Return what an e-SLOG invoice says; None: it has no message."""
    message = next(iter(root.every("slog:M_INVOIC")), None)
    if message is None:
        return None

    def told(path: str, inside: str, code: str, value: str) -> tuple[str, ...]:
        steps = "/".join(f"slog:{step}" for step in inside.split("/"))
        wanted = "/".join(f"slog:{step}" for step in value.split("/"))
        found = message.having(f"slog:{path}", steps, code)
        return tuple(text for one in found for text in one.texts(wanted))

    said = {
        NUMBER: message.texts("slog:S_BGM/slog:C_C106/slog:D_1004"),
        ISSUE_DATE: told("S_DTM", "C_C507/D_2005", _SLOG_ISSUED, "C_C507/D_2380"),
        CURRENCY: told("G_SG7", "S_CUX/C_C504/D_6347", _SLOG_OF_INVOICE, "S_CUX/C_C504/D_6345"),
    }
    for pointer, code in _SLOG_TOTALS.items():
        said[pointer] = told("G_SG50", "S_MOA/C_C516/D_5025", code, "S_MOA/C_C516/D_5004")
    for (name, number), code in _SLOG_PARTIES.items():
        said[name] = told("G_SG2", "S_NAD/D_3035", code, "S_NAD/C_C080/D_3036")
        said[number] = tuple(
            text
            for party in message.having("slog:G_SG2", "slog:S_NAD/slog:D_3035", code)
            for reference in party.having(
                "slog:G_SG3", "slog:S_RFF/slog:C_C506/slog:D_1153", _SLOG_VAT
            )
            for text in reference.texts("slog:S_RFF/slog:C_C506/slog:D_1154")
        )
    return said


def eslog_type(root: Element) -> str | None:
    """Return BT-3 of an e-SLOG invoice."""
    return next(iter(root.texts("slog:M_INVOIC/slog:S_BGM/slog:C_C002/slog:D_1001")), None)


def fa_terms(root: Element) -> Said:
    """Return what an FA(3) invoice says."""
    gross, net = root.texts("fa:Fa/fa:P_15"), _fa_sum(root, _FA_NET)
    seller, buyer = (f"fa:Podmiot{n}/fa:DaneIdentyfikacyjne" for n in (1, 2))
    return {
        NUMBER: root.texts("fa:Fa/fa:P_2"),
        ISSUE_DATE: root.texts("fa:Fa/fa:P_1"),
        CURRENCY: root.texts("fa:Fa/fa:KodWaluty"),
        NET: net,
        VAT_TOTAL: _fa_sum(root, _FA_VAT) or (("0",) if net else ()),  # nothing of it bears any
        GROSS: gross,
        DUE: _fa_due(root, gross),
        SELLER: root.texts(f"{seller}/fa:Nazwa"),
        SELLER_VAT: _fa_numbers(root, seller),
        BUYER: root.texts(f"{buyer}/fa:Nazwa"),
        BUYER_VAT: _fa_numbers(root, buyer),
    }


def _fa_sum(root: Element, wanted: re.Pattern[str]) -> tuple[str, ...]:
    texts = [
        one.text
        for content in root.every("fa:Fa")
        for one in content.inner
        if wanted.fullmatch(one.name.rpartition("}")[2])
    ]
    return _added(texts) if texts else ()


def _fa_due(root: Element, gross: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is left to pay: as it is settled, or less what was paid."""
    settled = root.texts("fa:Fa/fa:Rozliczenie/fa:DoZaplaty")
    if settled:
        return settled
    over = root.texts("fa:Fa/fa:Rozliczenie/fa:DoRozliczenia")
    if over:
        return _added((), less=over)
    paying = "fa:Fa/fa:Platnosc/fa:"
    whole = root.texts(f"{paying}ZnacznikZaplatyCzesciowej") == ("2",)
    if whole or root.texts(f"{paying}Zaplacono") == ("1",):
        return ("0",)
    parts = root.texts(f"{paying}ZaplataCzesciowa/fa:KwotaZaplatyCzesciowej")
    return _added(gross, less=parts) if gross else ()


def _fa_numbers(root: Element, party: str) -> tuple[str, ...]:
    """Return the numbers for VAT of a party, each with its country."""
    numbers = tuple(f"PL{one}" for one in root.texts(f"{party}/fa:NIP"))
    for country, name in (("KodUE", "NrVatUE"), ("KodKraju", "NrID")):
        codes = root.texts(f"{party}/fa:{country}")
        if len(codes) == 1:  # the E of a Swiss number is of the number
            numbers += tuple(
                one if one.startswith(_SWISS) else f"{codes[0][:_CODE]}{one}"
                for one in root.texts(f"{party}/fa:{name}")
            )
    return numbers


def facturae_terms(root: Element) -> Said:
    """Return what the first invoice of a Facturae file says."""
    invoice = next(iter(root.every("Invoices/Invoice")), Element("", {}))
    parties = {one: next(iter(root.every(f"Parties/{one}Party")), None) for one in _FE_PARTIES}
    net = invoice.texts("InvoiceTotals/TotalGrossAmountBeforeTaxes")
    tax = invoice.texts("InvoiceTotals/TotalTaxOutputs")
    said = {
        NUMBER: invoice.texts("InvoiceHeader/InvoiceNumber"),
        ISSUE_DATE: invoice.texts("InvoiceIssueData/IssueDate"),
        CURRENCY: invoice.texts("InvoiceIssueData/InvoiceCurrencyCode"),
        NET: net,
        VAT_TOTAL: tax,
        GROSS: _added((*net, *tax)) if net and tax else (),
        DUE: invoice.texts("InvoiceTotals/TotalExecutableAmount"),
    }
    for kind, (name, number) in _FE_PARTIES.items():
        party = parties[kind] or Element("", {})
        names = [text for one in _FE_PERSON for text in party.texts(f"Individual/{one}")]
        if any(len(one) >= _FE_WORD for one in names):
            names = []  # they may be cut, each of them
        person = (" ".join(names),) if names else ()
        said[name] = party.texts("LegalEntity/CorporateName") or person
        said[number] = tuple(_fe_numbers(party))
    return said


def _fe_numbers(party: Element) -> Iterator[str]:
    """Yield the VAT number of a party: of a resident it is Spanish, and others have a country."""
    resident = party.texts("TaxIdentification/ResidenceTypeCode") == ("R",)
    for number in party.texts("TaxIdentification/TaxIdentificationNumber"):
        if resident:
            yield f"ES{number.removeprefix('ES')}"
        elif number[:2].isalpha():
            yield number


_FE_PARTIES = {"Seller": (SELLER, SELLER_VAT), "Buyer": (BUYER, BUYER_VAT)}
_FE_PERSON = ("Name", "FirstSurname", "SecondSurname")
_FE_WORD = 40
FACTURAE_CUT = {NUMBER: 20, SELLER: 80, BUYER: 80, SELLER_VAT: 30, BUYER_VAT: 30}
"""Characters that Facturae has room for; what is longer goes on in a remark for people."""


def _added(texts: Iterable[str], less: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the sum of numbers; the texts as they are where one is none."""
    total, own, others = Decimal(0), tuple(texts), tuple(less)
    for sign, group in ((1, own), (-1, others)):
        for text in group:
            value = numeral(text.strip())
            if value is None:
                return (*own, *others)
            try:
                total = _EXACT.add(total, value * sign)
            except DecimalException:
                return (*own, *others)
    return (format(total, "f"),)
