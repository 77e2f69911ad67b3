"""How it is paid: Platnosc, BT-9 and BG-16."""

from typing import Any

from formats.en16931.model import Invoice
from formats.ksef.numbers import day
from formats.ksef.party import filled
from formats.ksef.tree import Tree

_FORMS = {"10": "1", "48": "2", "20": "4", "30": "6"}
"""UNTDID 4461 and the schema's own: cash, card, cheque, transfer."""

_OTHER = "UNTDID 4461: "
"""In front of a code that FA(3) has no form for, when nothing describes it."""

_CODES = {form: code for code, form in _FORMS.items()}


def payment(invoice: Invoice) -> Tree:
    """Return Platnosc as it follows from BT-9 and the first of BG-16."""
    due = invoice.payment_due_date
    first = next(iter(invoice.payment_instructions), None)
    code = first.payment_means_type_code if first else None
    accounts = [
        filled(
            NrRB=one.payment_account_identifier,
            SWIFT=one.payment_service_provider_identifier,
            OpisRachunku=one.payment_account_name,
        )
        for one in (first.credit_transfers if first else ())
    ]
    tree = filled(
        TerminPlatnosci=[{"Termin": due.isoformat()}] if due else [],
        RachunekBankowy=[one for one in accounts if "NrRB" in one],
    )
    if code in _FORMS:
        tree["FormaPlatnosci"] = _FORMS[code]
    elif code is not None and first is not None:
        tree |= {"PlatnoscInna": "1", "OpisPlatnosci": first.payment_means_text or _OTHER + code}
    return tree


def take_due_date(tree: Tree) -> str | None:
    """Return BT-9: the last day, when there are several (art. 106e does not ask for any)."""
    days = [day(one["Termin"]) for one in tree.get("TerminPlatnosci", ()) if "Termin" in one]
    return max(filter(None, days), default=None)


def take(tree: Tree) -> list[dict[str, Any]]:
    """Return BG-16."""
    accounts = [
        filled(
            payment_account_identifier=one.get("NrRB"),
            payment_service_provider_identifier=one.get("SWIFT"),
            payment_account_name=one.get("OpisRachunku"),
        )
        for one in tree.get("RachunekBankowy", ())
    ]
    other = tree.get("OpisPlatnosci", "")
    coded = other.startswith(_OTHER)
    form = _CODES.get(tree.get("FormaPlatnosci", ""))
    one = filled(
        payment_means_type_code=other.removeprefix(_OTHER) if coded else form,
        payment_means_text=None if coded else other,
        credit_transfers=accounts,
    )
    return [one] if one else []
