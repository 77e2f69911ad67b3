"""Any invoice that UBL can say: every text, number and date, in every group, present or absent.

What UBL cannot say is left out here and nowhere else, so this file is the list of it: the version
of an identifier scheme outside BT-158, a unit without its quantity, a group without any term, text
of white space only, and white space around codes and identifiers. (The API takes white space off
the ends of all texts; everything inside them, and everything else that XML can carry, is kept.)
"""

import base64
import datetime
import types
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel

from formats.en16931.amounts import (
    DocumentLevelAllowance,
    DocumentLevelCharge,
    Totals,
    VatBreakdown,
)
from formats.en16931.draft import InvoiceDraft
from formats.en16931.group import BinaryObject, SchemedIdentifier
from formats.en16931.line import ItemAttribute, Line, LineAllowance, LineCharge
from formats.en16931.model import (
    AdditionalSupportingDocument,
    Invoice,
    InvoiceNote,
    PrecedingInvoiceReference,
)
from formats.en16931.party import Seller
from formats.en16931.payment import DirectDebit, PaymentCardInformation, PaymentInstructions
from formats.ubl.names import Root, root_for
from formats.xml import WHITESPACE

CHARACTERS = st.one_of(
    st.sampled_from("<>&\"'#]\u00a0\u0085\u2028\ufeff\U0001f600é"),
    st.sampled_from(" \t\r\n\x7f\x80\x9f"),
    st.characters(
        codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"
    ),
)
TOKENS = (
    st.text(CHARACTERS, min_size=1, max_size=8)
    .map(lambda text: text.strip(WHITESPACE))
    .filter(bool)
)
"""Codes and identifiers: no white space around them."""

OPTIONAL_TOKENS = st.none() | TOKENS
SCHEMES = st.none() | TOKENS.filter(lambda text: text.upper() != "SEPA")  # marks BT-90

_IN_ATTRIBUTE = "payment_means_text"
"""BT-82 is an attribute in UBL, and read without white space at its ends."""

TEXTS = st.text(CHARACTERS, min_size=1, max_size=8).filter(lambda text: text.strip(WHITESPACE))
FREE = (
    "note",
    "reason",
    "description",
    "name",
    "payment_terms",
    "line_1",
    "exemption_reason_text",
)

NUMBERS = st.one_of(
    st.sampled_from([Decimal(0), Decimal("0.00"), Decimal("-1.50"), Decimal("100.000")]),
    st.decimals("-1000000", "1000000", places=4),
    st.integers(-(10**17), 10**17).map(Decimal),
)


def present(values: dict[str, Any]) -> bool:
    return any(value not in (None, (), []) for value in values.values())


def field(annotation: Any, name: str) -> st.SearchStrategy[Any]:  # noqa: ANN401
    """Return a strategy for a field, by its type and its name."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return field(args[0], name)
    if origin in {Union, types.UnionType}:
        return st.one_of([field(arg, name) for arg in args])
    if origin is tuple:
        return st.lists(field(args[0], name), max_size=2)
    if annotation is SchemedIdentifier:
        return identifiers(versioned=name == "item_classification_identifiers")
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return group(annotation)
    free = name in FREE or (name.endswith("_text") and name != _IN_ATTRIBUTE)
    text = TEXTS if free else TOKENS
    simple: dict[object, st.SearchStrategy[Any]] = {
        str: text,
        Decimal: NUMBERS,
        datetime.date: st.dates(),
        type(None): st.none(),
    }
    return simple[annotation]


@cache
def identifiers(*, versioned: bool) -> st.SearchStrategy[dict[str, str | None]]:
    return st.fixed_dictionaries(
        {
            "value": TOKENS,
            "scheme_identifier": SCHEMES,
            "scheme_version_identifier": OPTIONAL_TOKENS if versioned else st.none(),
        }
    )


BINARY_OBJECTS = st.fixed_dictionaries(
    {
        "content": st.binary(max_size=40).map(base64.b64encode).map(bytes.decode),
        "mime_code": TOKENS,
        "filename": st.just("") | TOKENS,
    }
)

MANDATORY = {
    PrecedingInvoiceReference: ("reference",),
    AdditionalSupportingDocument: ("reference",),
    PaymentInstructions: ("payment_means_type_code",),
    PaymentCardInformation: ("primary_account_number",),
    ItemAttribute: ("name",),
    DocumentLevelAllowance: ("amount",),
    DocumentLevelCharge: ("amount",),
    LineAllowance: ("amount",),
    LineCharge: ("amount",),
    Line: ("identifier",),
    VatBreakdown: ("category_tax_amount",),
    Totals: ("total_vat", "amount_due"),
    Invoice: ("number", "issue_date", "type_code", "currency_code"),
}
"""What the schema demands and the model does not."""

_DEBITS = ("mandate_reference_identifier", "debited_account_identifier")


@cache
def group(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Return a strategy for a group, as the values of its fields."""
    if model is BinaryObject:
        return BINARY_OBJECTS
    if model is DirectDebit:  # BT-90 belongs to the whole document: see `any_invoice`
        debits = dict.fromkeys(_DEBITS, OPTIONAL_TOKENS)
        return st.fixed_dictionaries(debits).filter(present)
    fields = {
        name: field(info.annotation, name)
        for name, info in model.model_fields.items()
        if name != "extensions"  # EN 16931 alone here
    }
    for name in MANDATORY.get(model, ()):
        annotation = model.model_fields[name].annotation
        fields[name] = field(next(arg for arg in get_args(annotation) if arg), name)
    values = st.fixed_dictionaries(fields).filter(present)
    if model is Line:
        return values.map(line)
    if model is InvoiceNote:
        return values.map(unambiguous)
    return values


def line(values: dict[str, Any]) -> dict[str, Any]:
    if values["invoiced_quantity"] is None:
        values["unit_code"] = None
    if values["item_net_price"] is None:  # cac:Price needs its amount
        for name in ("item_price_discount", "item_gross_price", "item_price_base_quantity"):
            values[name] = None
    if values["item_price_base_quantity"] is None:
        values["item_price_base_quantity_unit_code"] = None
    if values["item_price_discount"] is None:  # UBL demands it beside the gross price
        values["item_gross_price"] = None
    return values


def unambiguous(note: dict[str, Any]) -> dict[str, Any]:
    """Keep BT-22 from beginning like BT-21."""
    return note | {"note": note["note"].replace("#", "x")}


@st.composite
def any_draft(draw: st.DrawFn) -> tuple[InvoiceDraft, Seller]:
    """Draw an invoice as a caller may give it: amounts, totals and discounts often left out."""
    document = draw(any_invoice()).model_dump(mode="json")
    seller = Seller.model_validate(document.pop("seller"))
    for name in ("totals", "vat_breakdown"):
        if draw(st.booleans()):
            del document[name]
    for entry in document["lines"]:
        entry["item_price_discount"] = draw(st.none() | st.just(entry["item_price_discount"]))
        if entry["item_net_price"] is not None:
            entry["item_gross_price"] = draw(st.none() | NUMBERS)
            entry["item_price_base_quantity_unit_code"] = draw(OPTIONAL_TOKENS)
            entry["item_net_price"] = draw(st.none() | st.just(entry["item_net_price"]))
        if entry["item_net_price"] is None and entry["item_gross_price"] is None:
            entry["item_price_base_quantity_unit_code"] = None
            entry["item_price_discount"] = entry["item_price_base_quantity"] = None
    return InvoiceDraft.model_validate(document), seller


TYPE_CODES = st.sampled_from(["380", "381", "261", "389", "81"]) | TOKENS
SUBJECT_CODES = st.none() | st.sampled_from(["AAI", "GS7"])


@st.composite
def any_invoice(draw: st.DrawFn) -> Invoice:
    """Draw an invoice."""
    values = draw(group(Invoice))
    values["type_code"] = draw(TYPE_CODES)
    values["lines"] = values["lines"] or [draw(group(Line))]
    if root_for(values["type_code"]) is Root.INVOICE:  # a CreditNoteLine may go without
        for entry in values["lines"]:
            entry["net_amount"] = entry["net_amount"] or draw(NUMBERS)
    for note in values["notes"]:
        note["subject_code"] = draw(SUBJECT_CODES)
    if values["vat_accounting_currency_code"] in (None, values["currency_code"]):
        values["vat_accounting_currency_code"] = None
        values["totals"]["total_vat_in_accounting_currency"] = None
    instructions = values["payment_instructions"]
    for number, entry in enumerate(instructions):
        entry["payment_means_type_code"] += str(number)  # equal neighbours would be one
    debits = [entry["direct_debit"] for entry in instructions if entry["direct_debit"]]
    if debits:
        debits[0]["bank_assigned_creditor_identifier"] = draw(OPTIONAL_TOKENS)
    return Invoice.model_validate(values)
