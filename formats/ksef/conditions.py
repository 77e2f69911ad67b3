"""When and on what terms: P_6, OkresFa, WZ, contract, order, delivery terms and the footer."""

from typing import Any

from formats.en16931.model import Invoice
from formats.ksef.numbers import day
from formats.ksef.party import filled
from formats.ksef.tree import Tree

_FOOTERS = 3
_FOOTER_LENGTH = 3500


def supply(invoice: Invoice) -> Tree:
    """Return P_6 or OkresFa, and WZ."""
    delivery = invoice.delivery_information
    period = delivery.invoicing_period if delivery else None
    despatch = invoice.despatch_advice_reference
    tree = filled(WZ=[despatch] if despatch else [])
    if period is not None and period.start_date and period.end_date:
        tree["OkresFa"] = {
            "P_6_Od": period.start_date.isoformat(),
            "P_6_Do": period.end_date.isoformat(),
        }
    elif delivery is not None and delivery.actual_delivery_date:
        tree["P_6"] = delivery.actual_delivery_date.isoformat()
    return tree


def take_supply(tree: Tree) -> dict[str, Any]:
    """Return BG-13 as far as FA(3) has it."""
    period = tree.get("OkresFa", {})
    return filled(
        actual_delivery_date=day(tree.get("P_6")),
        invoicing_period=filled(
            start_date=day(period.get("P_6_Od")), end_date=day(period.get("P_6_Do"))
        ),
    )


def conditions(invoice: Invoice) -> Tree:
    """Return WarunkiTransakcji: contract (BT-12), order (BT-13) and delivery terms."""
    extensions = invoice.extensions
    signed = extensions.contract_issue_date if extensions else None
    ordered = extensions.purchase_order_issue_date if extensions else None
    contract = filled(
        DataUmowy=signed.isoformat() if signed else None, NrUmowy=invoice.contract_reference
    )
    order = filled(
        DataZamowienia=ordered.isoformat() if ordered else None,
        NrZamowienia=invoice.purchase_order_reference,
    )
    return filled(
        Umowy=[contract] if contract else [],
        Zamowienia=[order] if order else [],
        WarunkiDostawy=extensions.delivery_terms_code if extensions else None,
    )


def take_conditions(tree: Tree) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return BT-12 and BT-13, and their dates and the delivery terms among the extensions."""
    contract: Tree = next(iter(tree.get("Umowy", ())), {})
    order: Tree = next(iter(tree.get("Zamowienia", ())), {})
    return (
        filled(
            contract_reference=contract.get("NrUmowy"),
            purchase_order_reference=order.get("NrZamowienia"),
        ),
        filled(
            contract_issue_date=day(contract.get("DataUmowy")),
            purchase_order_issue_date=day(order.get("DataZamowienia")),
            delivery_terms_code=tree.get("WarunkiDostawy"),
        ),
    )


def footer(invoice: Invoice) -> Tree:
    """Return Stopka: the first notes, as far as they have room and no subject."""
    texts = []
    for note in invoice.notes[:_FOOTERS]:
        if note.subject_code or not note.note.strip() or len(note.note) > _FOOTER_LENGTH:
            break
        texts.append({"StopkaFaktury": note.note})
    return filled(Informacje=texts)


def take_footer(tree: Tree) -> list[dict[str, Any]]:
    """Return BG-1."""
    return [
        {"note": one["StopkaFaktury"]}
        for one in tree.get("Informacje", ())
        if one.get("StopkaFaktury")
    ]
