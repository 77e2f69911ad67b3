"""What kind of invoice it is, and what it refers to: RodzajFaktury, DaneFaKorygowanej, advances.

| BT-3 | RodzajFaktury | Amounts |
|---|---|---|
| 380, 389 | VAT | as they are |
| 386 | ZAL | as they are |
| 384 | KOR | as they are: the difference to the corrected invoice, by lines or before and after |
| 381, 261 and the other credit notes | KOR | negative |

ROZ, UPR, KOR_ZAL and KOR_ROZ are told by the extension (`fa.rodzaj_faktury`); read, they are 380
and 384. 389 and 261 are self-billed (P_17). A type that would not be read back stands in a
remark (`remarks.py`), and so does a credit note: an amount has no sign of its own in FA(3).
"""

from typing import Any

from formats.en16931.codes.documents import CREDIT_NOTE_TYPES
from formats.en16931.model import Invoice, PrecedingInvoiceReference
from formats.ksef.numbers import day
from formats.ksef.party import filled
from formats.ksef.tree import Tree

SELF_BILLED = frozenset({"389", "261"})
CORRECTIONS = frozenset({"KOR", "KOR_ZAL", "KOR_ROZ"})
SETTLEMENTS = frozenset({"ROZ", "KOR_ROZ"})
_ADVANCE = "386"
_CORRECTED = "384"
_EITHER = frozenset({_ADVANCE, "389"})
_TYPES = {"ZAL": _ADVANCE} | dict.fromkeys(CORRECTIONS, _CORRECTED)


def sign_of(type_code: str | None) -> int:
    """Return -1 for a credit note, whose amounts FA(3) wants negative."""
    return -1 if type_code in CREDIT_NOTE_TYPES else 1


def may_be(type_code: str, tree: Tree) -> bool:
    """Tell whether a document may be of a type: what corrects does, and nothing else.

    A self-billed invoice and an advance may be either: their types do not say that they correct.
    """
    correction = tree.get("Fa", {}).get("RodzajFaktury") in CORRECTIONS
    return type_code in _EITHER or correction is corrects(type_code)


def corrects(type_code: str | None) -> bool:
    """Tell whether a type alone says that a document corrects another one."""
    return type_code == _CORRECTED or sign_of(type_code) < 0


def kind(invoice: Invoice, given: Tree) -> str:
    """Return RodzajFaktury: the extension's word, else what BT-3 says."""
    told = given.get("Fa", {}).get("RodzajFaktury")
    if told is not None:
        return str(told)
    if invoice.type_code == _ADVANCE:
        return "ZAL"
    return "KOR" if corrects(invoice.type_code) else "VAT"


def follows(invoice: Invoice) -> str:
    """Return RodzajFaktury as it follows from BT-3 alone."""
    return kind(invoice, {})


def type_code(tree: Tree) -> str:
    """Return BT-3 as RodzajFaktury and P_17 have it."""
    content = tree.get("Fa", {})
    code = _TYPES.get(content.get("RodzajFaktury", ""), "380")
    self_billed = content.get("Adnotacje", {}).get("P_17") == "1"
    return "389" if self_billed and code == "380" else code


def references(invoice: Invoice, kind: str) -> Tree:
    """Return what the invoice corrects or settles, as it follows from BG-3."""
    preceding = invoice.preceding_invoice_references
    if kind in CORRECTIONS:
        return filled(DaneFaKorygowanej=[_corrected(one) for one in preceding])
    if kind in SETTLEMENTS:
        return filled(FakturaZaliczkowa=[_settled(one) for one in preceding])
    return {}


def _number(reference: PrecedingInvoiceReference) -> str | None:
    return reference.extensions.unique_identifier if reference.extensions else None


def _corrected(reference: PrecedingInvoiceReference) -> Tree:
    issued = reference.issue_date
    number = _number(reference)
    in_ksef = {"NrKSeF": "1", "NrKSeFFaKorygowanej": number} if number else {"NrKSeFN": "1"}
    return filled(
        DataWystFaKorygowanej=issued.isoformat() if issued else None,
        NrFaKorygowanej=reference.reference,
        **in_ksef,
    )


def _settled(reference: PrecedingInvoiceReference) -> Tree:
    if number := _number(reference):
        return {"NrKSeFFaZaliczkowej": number}
    return {"NrKSeFZN": "1"} | filled(NrFaZaliczkowej=reference.reference)


def take_references(tree: Tree) -> list[dict[str, Any]]:
    """Return BG-3 as corrections and settlements have it."""
    content = tree.get("Fa", {})
    if content.get("RodzajFaktury") in CORRECTIONS:
        return [
            _reference(
                one.get("NrFaKorygowanej"),
                one.get("NrKSeFFaKorygowanej"),
                day(one.get("DataWystFaKorygowanej")),
            )
            for one in content.get("DaneFaKorygowanej", ())
        ]
    if content.get("RodzajFaktury") in SETTLEMENTS:
        return [
            _reference(one.get("NrFaZaliczkowej"), one.get("NrKSeFFaZaliczkowej"), None)
            for one in content.get("FakturaZaliczkowa", ())
        ]
    return []


def _reference(number: str | None, ksef_number: str | None, issued: str | None) -> dict[str, Any]:
    return filled(
        reference=number,
        issue_date=issued,
        extensions=filled(unique_identifier=ksef_number),
    )
