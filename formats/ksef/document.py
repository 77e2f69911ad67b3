"""The whole document: an FA(3) invoice, written and read.

Both directions go by trees (`tree.py`). What follows from EN 16931 is built by the modules of the
business groups; what a document says beside or otherwise is Poland's extension
(`formats.en16931.extensions.poland`), which goes before what follows. So a document that is read
and written again says the same, element by element; and what an invoice says and FA(3) has no
element for travels in remarks (`remarks.py`).
"""

from decimal import Decimal
from typing import Any

from lxml import etree
from pydantic import ValidationError

from formats.binding import Trace
from formats.en16931.extensions.poland.document import FaExtension
from formats.en16931.model import Invoice
from formats.en16931.money import EXACT, add
from formats.ksef import (
    annotations,
    conditions,
    lines,
    nature,
    party,
    payment,
    rates,
    remarks,
    totals,
)
from formats.ksef.extension import fits, tree_of, values_of
from formats.ksef.names import EARLIER, NAMESPACE, ROOT
from formats.ksef.party import filled
from formats.ksef.tree import Tree, difference, document_of, overlay, read_tree
from formats.xml import UnreadableDocumentError, parse


def write(invoice: Invoice) -> bytes:
    """Return the invoice in UTF-8; the same invoice always gives the same bytes.

    What is absent is not written, so an incomplete invoice gives a document that its schema
    refuses; `rules.check` tells before.
    """
    return document_of(whole_tree(invoice))


def whole_tree(invoice: Invoice) -> Tree:
    """Return the document that an invoice makes, with its remarks."""
    tree = written_tree(invoice)
    back = read_tree_of(tree)
    content = tree["Fa"]
    numbers = [line.get("NrWierszaFa", "") for line in content.get("FaWiersz", ())]
    if back is not None and (made := remarks.remarks(invoice, back, numbers)):
        content["DodatkowyOpis"] = [*content.get("DodatkowyOpis", ()), *made]
    return tree


def written_tree(invoice: Invoice) -> Tree:
    """Return the document that an invoice makes, without remarks."""
    extension = invoice.extensions.poland if invoice.extensions else None
    given = tree_of(extension) if extension else {}
    given_lines = [lines.given(line) for line in invoice.lines]
    follows = _built(invoice, given, given_lines)
    if rates.told_sums(given.get("Fa", {})):
        follows["Fa"] = rates.without_sums(follows["Fa"])
    tree = overlay(follows, given)
    rows = follows["Fa"].get("FaWiersz", [])
    if rows:
        tree["Fa"]["FaWiersz"] = [
            overlay(row, extra) for row, extra in zip(rows, given_lines, strict=True)
        ]
    return tree


def _built(invoice: Invoice, given: Tree, given_lines: list[Tree]) -> Tree:
    """Return what follows from EN 16931.

    Args:
        invoice: The invoice.
        given: What the extension says, which is only asked for what never follows.
        given_lines: The same of its lines.
    """
    sign = nature.sign_of(invoice.type_code)
    reverse = rates.reverse(invoice, given)
    issued = invoice.issue_date
    content = filled(
        KodWaluty=invoice.currency_code,
        P_1=issued.isoformat() if issued else None,
        P_2=invoice.number,
        **conditions.supply(invoice),
        **rates.sums(invoice, sign, reverse=reverse),
        **totals.vat_in_zloty(invoice, sign),
        P_15=totals.total(invoice, sign),
        Adnotacje=annotations.annotations(invoice, given_lines),
        RodzajFaktury=nature.follows(invoice),
        **nature.references(invoice, nature.kind(invoice, given)),
        FaWiersz=lines.rows(invoice, given_lines, sign, reverse=reverse),
        Rozliczenie=totals.settlement(invoice, given, sign),
        Platnosc=payment.payment(invoice),
        WarunkiTransakcji=conditions.conditions(invoice),
    )
    return filled(
        Naglowek=filled(
            KodFormularza="FA",
            WariantFormularza="3",
            DataWytworzeniaFa=f"{issued.isoformat()}T00:00:00Z" if issued else None,
        ),
        Podmiot1=party.seller(invoice),
        Podmiot2=party.buyer(invoice),
        PodmiotUpowazniony=party.representative(invoice),
        Fa=content,
        Stopka=conditions.footer(invoice),
    )


def read(content: bytes, trace: Trace | None = None) -> Invoice:
    """Return the invoice that a document holds.

    Raises:
        UnreadableDocumentError: The document is no FA(3) (FA(2) and FA(1) are named), or a value
            breaks the lexical form its schema gives it.
    """
    return read_element(parse(content), trace)


def read_element(element: etree._Element, trace: Trace | None = None) -> Invoice:
    """Return the invoice of a parsed document. Raises like `read`."""
    if not root_of(element):
        raise _stranger(element)
    return _invoice_of(read_tree(element, ROOT, trace))


def read_tree_of(tree: Tree) -> Invoice | None:
    """Return the invoice that a tree holds, None when a value breaks its lexical form."""
    try:
        return _invoice_of(tree)
    except UnreadableDocumentError:
        return None


def root_of(element: etree._Element) -> bool:
    """Tell whether an element is the root of an FA(3) document."""
    return element.tag == f"{{{NAMESPACE}}}{ROOT}"


def is_ours(element: etree._Element) -> bool:
    """Tell whether an element is the root of FA(3), or of FA(2) or FA(1), which are refused."""
    return root_of(element) or etree.QName(element).namespace in EARLIER


def _stranger(element: etree._Element) -> UnreadableDocumentError:
    tag = etree.QName(element)
    earlier = EARLIER.get(tag.namespace or "")
    message = (
        f"The document is {earlier}, which KSeF took before February 2026; only FA(3) is read."
        if earlier
        else f"{tag.localname} is no FA(3) invoice."
    )
    return UnreadableDocumentError("unknown-root", message, element.sourceline, "/*")


def _invoice_of(tree: Tree) -> Invoice:
    """Return the invoice of a document; remarks that may not stand are kept as they are."""
    content = tree.get("Fa", {})
    entries = content.get("DodatkowyOpis", [])
    ordinary, found = remarks.told(entries)
    try:
        invoice = _read(tree, ordinary, found) if found else None
        if invoice is None:
            invoice = _extended(_validated(_values(tree, 1)), tree, entries)
    except ValidationError as error:
        first = error.errors()[0]
        where = "/".join(map(str, first["loc"]))
        raise UnreadableDocumentError("invalid-value", f"{where}: {first['msg']}") from None
    if invoice is None:
        raise AssertionError("a document without remarks was held to break their rules")
    return invoice


def _read(tree: Tree, ordinary: list[Tree], found: list[remarks.Remark]) -> Invoice | None:
    """Return the invoice with its remarks, None when one of them may not stand."""
    told = next((one.text for one in found if one.place == "/type_code"), None)
    if told is not None and not nature.may_be(told, tree):
        return None
    values = _values(tree, nature.sign_of(told))
    if not remarks.applied(values, found):
        return None
    _add_up(values)
    try:
        plain = _validated(values)
    except ValidationError:
        return None
    return _extended(plain, tree, ordinary, strict=True)


def _validated(values: dict[str, Any]) -> Invoice:
    return Invoice.model_validate(values)


def _add_up(values: dict[str, Any]) -> None:
    """Let BT-106 be what allowances and charges of the document leave of BT-109."""
    whole = values["totals"]
    net = whole.get("total_without_vat")
    if net is not None:
        less = add(_amounts(values, "document_level_allowances"))
        more = add(_amounts(values, "document_level_charges"))
        if less or more:
            total = EXACT.subtract(EXACT.add(net, less), more)
            whole["sum_of_line_net_amounts"] = total


def _amounts(values: dict[str, Any], name: str) -> list[Decimal]:
    texts = [one.get("amount") for one in values.get(name, ()) if isinstance(one, dict)]
    return [Decimal(text) for text in texts if text is not None]


def _values(tree: Tree, sign: int) -> dict[str, Any]:
    """Return the terms of EN 16931 that a document has."""
    content = tree.get("Fa", {})
    rows = content.get("FaWiersz", [])
    notes = content.get("Adnotacje", {})
    buyer = party.take_buyer(tree.get("Podmiot2", {}))
    where = buyer.get("postal_address", {}).get("country_code")
    reverse = rates.reverse_of(buyer.get("vat_identifier"), where, tree)
    outside = notes.get("P_18") == "1" and reverse == rates.OUTSIDE
    breakdown = rates.breakdown(content, rows, sign, outside=outside)
    annotations.complete_breakdown(breakdown, notes)
    whole = totals.take(content, breakdown, sign)
    paying = content.get("Platnosc", {})
    terms, dates = conditions.take_conditions(content.get("WarunkiTransakcji", {}))
    in_zloty = "total_vat_in_accounting_currency" in whole
    return filled(
        number=content.get("P_2"),
        issue_date=content.get("P_1"),
        type_code=nature.type_code(tree),
        currency_code=content.get("KodWaluty"),
        vat_accounting_currency_code="PLN" if in_zloty else None,
        value_added_tax_point_date_code=annotations.take_tax_point(notes),
        payment_due_date=payment.take_due_date(paying),
        despatch_advice_reference=next(iter(content.get("WZ", ())), None),
        notes=conditions.take_footer(tree.get("Stopka", {})),
        preceding_invoice_references=nature.take_references(tree),
        seller_tax_representative=party.take_representative(tree.get("PodmiotUpowazniony", {})),
        delivery_information=conditions.take_supply(content),
        payment_instructions=payment.take(paying),
        lines=[lines.take(row, sign, outside=outside) for row in rows],
        vat_breakdown=breakdown,
        extensions=dates,
        **terms,
    ) | {
        "process_control": {"specification_identifier": NAMESPACE},
        "seller": party.take_seller(tree.get("Podmiot1", {})),
        "buyer": buyer,
        "totals": whole,
    }


def _extended(
    invoice: Invoice, tree: Tree, entries: list[Tree], *, strict: bool = False
) -> Invoice | None:
    """Return an invoice with what its document says beside EN 16931.

    Args:
        invoice: Its terms.
        tree: The document.
        entries: Its ordinary DodatkowyOpis.
        strict: Return None when the document does not follow from the terms: a remark is wrong.
    """
    content = {name: one for name, one in tree.get("Fa", {}).items() if name != "DodatkowyOpis"}
    if entries:
        content["DodatkowyOpis"] = entries
    actual = tree | {"Fa": content}
    rows = content.get("FaWiersz", [])
    follows = _built(invoice, actual, rows)
    built_rows = follows["Fa"].pop("FaWiersz", [])
    content.pop("FaWiersz", None)
    rest = difference(actual, follows)
    if (sums := rates.told_sums(content)) != rates.told_sums(follows["Fa"]):
        rest["Fa"] = rest.get("Fa", {}) | sums
    if strict and not (fits(rest, FaExtension) and len(rows) == len(built_rows)):
        return None
    values = invoice.model_dump()
    lines.with_rest(values["lines"], rows, built_rows)
    if poland := values_of(rest, FaExtension):
        values["extensions"] = {**(values["extensions"] or {}), "poland": poland}
    return Invoice.model_validate(values)
