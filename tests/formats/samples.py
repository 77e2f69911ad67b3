"""Invoices for the tests of `formats`: one that every rule accepts, and any that there can be."""

import datetime
import types
from decimal import Decimal
from typing import Annotated, Any, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel

from formats.en16931.draft import Completed, InvoiceDraft, complete
from formats.en16931.group import SchemedIdentifier
from formats.en16931.model import Invoice, ProcessControl
from formats.en16931.money import EXACT
from formats.en16931.party import Seller

DAY = datetime.date(2026, 11, 20)

SELLER: dict[str, Any] = {
    "name": "Seller d.o.o.",
    "vat_identifier": "SI12345678",
    "electronic_address": {"value": "SI12345678", "scheme_identifier": "9949"},
    "postal_address": {"city": "Ljubljana", "post_code": "1000", "country_code": "SI"},
}

DRAFT: dict[str, Any] = {
    "currency_code": "EUR",
    "payment_due_date": "2026-12-20",
    "buyer_reference": "dept 4",
    "buyer": {
        "name": "Buyer BV",
        "vat_identifier": "NL123456789B01",
        "electronic_address": {"value": "12345678", "scheme_identifier": "0106"},
        "postal_address": {"city": "Utrecht", "country_code": "NL"},
    },
    "payment_instructions": [
        {
            "payment_means_type_code": "30",
            "credit_transfers": [{"payment_account_identifier": "SI56192001234567892"}],
        }
    ],
    "lines": [
        {
            "invoiced_quantity": "3",
            "unit_code": "HUR",
            "item_net_price": "33.35",
            "vat_category_code": "S",
            "vat_rate": "22",
            "item_name": "Consulting",
        }
    ],
}

PROCESS = ProcessControl(
    business_process_type="urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
    specification_identifier=(
        "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
    ),
)


def completed(**changes: object) -> Completed:
    """Return the sample draft with some fields changed, completed."""
    seller = changes.pop("seller", SELLER)
    rate = changes.pop("accounting_exchange_rate", None)
    assert rate is None or isinstance(rate, Decimal)
    return complete(
        InvoiceDraft.model_validate(DRAFT | changes),
        seller=Seller.model_validate(seller),
        number="2026-1",
        issue_date=DAY,
        type_code="380",
        process_control=PROCESS,
        accounting_exchange_rate=rate,
    )


def invoice(**changes: object) -> Invoice:
    """Return the sample invoice with some fields of its draft changed."""
    return completed(**changes).invoice


def changed(base: Invoice, pointer: str, value: object) -> Invoice:
    """Return an invoice that says something else at a JSON pointer; None removes it."""
    document = base.model_dump(mode="json")
    *path, last = pointer.strip("/").split("/")
    place: Any = document
    for step in path:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value
    return Invoice.model_validate(document)


_CODES = ["S", "380", "381", "EUR", "JPY", "DE", "IT", "30", "58", "59", "VATEX-EU-O", " S", ""]
_SPECIAL: dict[str, list[Any]] = {
    "category_code": ["S", "S", "Z", "E", "AE", "K", "G", "O", "L", "M", "B", " S", "x"],
    "scheme_identifier": ["0088", "0208", "0192", "0007", "0151", "0184", "0211", "9944", "SEPA"],
    "rate": [Decimal(0), Decimal("0.4"), Decimal(22), Decimal("22.0"), Decimal(-1)],
}
"""What fields whose names end so are mostly filled with, so that the deeper rules are reached."""

texts = st.one_of(
    st.sampled_from(_CODES),
    st.text(st.sampled_from("0123456789NLBDKSE# \t\u00a0x"), max_size=12),
    st.text(
        st.characters(
            codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"
        ),
        max_size=5,
    ),
)

amounts = st.one_of(
    st.sampled_from([Decimal(0), Decimal("0.00"), Decimal("-0.005"), Decimal(20), Decimal("1.5")]),
    st.decimals("-1000000", "1000000", places=2),
    st.integers(-(10**59), 10**59).map(Decimal),
    st.integers(-(10**59), 10**59).map(lambda value: Decimal(value).scaleb(-60, EXACT)),
)


def any_of(annotation: Any, name: str = "") -> st.SearchStrategy[Any]:  # noqa: ANN401
    """Return a strategy for a field of the model."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return any_of(args[0], name)
    if origin in {Union, types.UnionType}:
        return st.one_of([any_of(arg, name) for arg in args])
    if origin is tuple:
        return st.lists(any_of(args[0], name), max_size=3)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        versioned = name == "item_classification_identifiers"
        return st.deferred(
            lambda: (
                identifiers(versioned=versioned)
                if annotation is SchemedIdentifier
                else groups(annotation)
            )
        )
    simple: dict[object, st.SearchStrategy[Any]] = {
        str: texts,
        Decimal: amounts,
        datetime.date: st.dates(),
        type(None): st.none(),
        bytes: st.just(b"aGVsbG8="),
    }
    for ending, values in _SPECIAL.items():
        if name.endswith(ending) and isinstance(values[0], annotation):
            return st.one_of(st.sampled_from(values), simple[annotation])
    return simple[annotation]


def identifiers(*, versioned: bool) -> st.SearchStrategy[SchemedIdentifier]:
    """Return a strategy for identifiers; only item classifications (BT-158) have a version."""
    version = any_of(str | None) if versioned else st.none()
    scheme = any_of(str | None, "scheme_identifier")
    return st.builds(
        SchemedIdentifier,
        value=texts,
        scheme_identifier=scheme,
        scheme_version_identifier=version,
    )


def groups(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Return a strategy for any instance of a group, its optional fields often absent."""
    fields = {
        name: any_of(field.annotation, name)
        for name, field in model.model_fields.items()
        if name != "extensions"  # lines in lines have no end; they have tests of their own
    }
    return st.fixed_dictionaries(fields).map(model.model_validate)


any_invoices = groups(Invoice)
