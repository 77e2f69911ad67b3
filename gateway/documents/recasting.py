"""From an issued document to the body of another one: corrections and conversions. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from formats.en16931 import Invoice
from formats.en16931.amounts import DocumentLevelAllowance, DocumentLevelCharge
from formats.en16931.extensions.line import LineExtensions
from formats.en16931.extensions.poland.line import FaWiersz
from formats.en16931.line import Line, LineAllowance, LineCharge
from formats.en16931.money import round_amount
from formats.en16931.totals import taxed_alike
from gateway.kinds import DocumentKind

_OWN = frozenset(
    {
        *("number", "issue_date", "type_code", "seller", "process_control", "totals"),
        *("vat_breakdown", "payment_due_date", "preceding_invoice_references", "notes"),
        *("value_added_tax_point_date", "value_added_tax_point_date_code", "payment_instructions"),
    }
)
"""What belongs to one document and is said anew, or computed anew, in another."""

_OF_ITS_CAUSE = frozenset(
    {
        *("spain/tipo_factura", "spain/tipo_rectificativa", "spain/facturas_sustituidas"),
        *("spain/importe_rectificacion", "spain/cupon"),
        *("poland/fa/rodzaj_faktury", "poland/fa/przyczyna_korekty", "poland/fa/typ_korekty"),
        *("poland/fa/dane_fa_korygowanej", "poland/fa/okres_fa_korygowanej"),
        *("poland/fa/nr_fa_korygowany", "poland/fa/podmiot1k", "poland/fa/podmiot2k"),
        *("poland/fa/p_15zk", "poland/fa/kurs_waluty_zk", "poland/fa/zaliczka_czesciowa"),
        *("poland/fa/faktura_zaliczkowa", "poland/fa/rozliczenie", "poland/fa/platnosc"),
    }
)
"""What an extension says of a document's cause, or of its payment: a correction has its own."""

_OF_ITS_SUMS = re.compile(r"poland/fa/p_1[34]_[0-9]+(_[0-9])?w?")
"""What an extension says of a document's sums, which follow from the lines of a correction."""

_OF_AN_INVOICE = frozenset({"additional_supporting_documents", "vat_accounting_currency_code"})

_Reduction = TypeVar(
    "_Reduction", LineAllowance, LineCharge, DocumentLevelAllowance, DocumentLevelCharge
)
_OfWhole = TypeVar("_OfWhole", DocumentLevelAllowance, DocumentLevelCharge)


class UnknownLineError(ValueError):
    """The document has no line with this identifier.

    Attributes:
        place: Which of the parts asked for, from 0.
    """

    def __init__(self, place: int, identifier: str) -> None:
        super().__init__(f"there is no line {identifier!r}")
        self.place = place


def body_of(invoice: Invoice, *, keep: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return the body that would make the same document again, without what is its own.

    Args:
        invoice: As issued.
        keep: Members of `_OWN` to keep all the same.
    """
    written = invoice.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    body = {name: value for name, value in written.items() if name not in _OWN - keep}
    exemptions = [
        {
            "category_code": row.category_code,
            "rate": None if row.category_rate is None else str(row.category_rate),
            "text": row.exemption_reason_text,
            "code": row.exemption_reason_code,
        }
        for row in invoice.vat_breakdown
        if row.exemption_reason_text or row.exemption_reason_code
    ]
    if exemptions:
        body["vat_exemptions"] = [
            {name: value for name, value in one.items() if value is not None} for one in exemptions
        ]
    return body


def corrected(invoice: Invoice) -> dict[str, Any]:
    """Return the body of what takes the place of a document, or of a part of it."""
    body = body_of(invoice)
    kept = _without_cause(body.pop("extensions", {}), "")
    return {**body, "extensions": kept} if kept else body


def _without_cause(said: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Return extensions without what is of one document; what is left empty is left out."""
    kept: dict[str, Any] = {}
    for name, value in said.items():
        here = f"{path}{name}"
        if here in _OF_ITS_CAUSE or _OF_ITS_SUMS.fullmatch(here):
            continue
        if isinstance(value, Mapping):
            if inner := _without_cause(value, f"{here}/"):
                kept[name] = inner
        else:
            kept[name] = value
    return kept


def credit(invoice: Invoice, parts: Iterable[tuple[str, Decimal | None]] | None) -> dict[str, Any]:
    """Return the body of a credit note for a document, or for parts of its lines.

    Args:
        invoice: As issued.
        parts: Line identifiers, each with how much of it (None: all); None credits everything.

    Raises:
        UnknownLineError: A line that is not there.
    """
    body = corrected(invoice)
    if parts is None:
        return body
    lines = {line.identifier: line for line in invoice.lines}
    chosen, credited = [], []
    for place, (identifier, quantity) in enumerate(parts):
        if identifier not in lines:
            raise UnknownLineError(place, identifier)
        line = lines[identifier]
        chosen.append(_part(line, quantity))
        credited.append((line, (line.net_amount or Decimal(0)) * _share(line, quantity)))
    return {
        **body,
        "lines": chosen,
        "document_level_allowances": _shares(invoice, invoice.document_level_allowances, credited),
        "document_level_charges": _shares(invoice, invoice.document_level_charges, credited),
    }


def difference(invoice: Invoice) -> dict[str, Any]:
    """Return the body of a correction that shows each line as it was, and as it is to be.

    What was is below zero and marked (`stan_przed`), so that what is left to pay for is the
    difference: nothing, as long as nothing is mended. What was taken off or added to the whole
    document has not changed, and is left out.
    """
    body = corrected(invoice)
    lines: list[dict[str, Any]] = []
    for line in invoice.lines:
        if _was(line):  # of a correction that is corrected: what it made is what counts
            continue
        now = line.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        now.pop("identifier", None)
        lines += [_before(line), now]
    del body["lines"]
    body.pop("document_level_allowances", None)
    body.pop("document_level_charges", None)
    return {**body, "lines": lines}


def _was(line: Line) -> bool:
    poland = line.extensions.poland if line.extensions else None
    return poland is not None and poland.stan_przed == "1"


def _before(line: Line) -> dict[str, Any]:
    """Return a line as it was before a correction: its quantity and amounts below zero."""
    less = Decimal(-1)
    extensions = line.extensions or LineExtensions()
    poland = (extensions.poland or FaWiersz()).model_copy(update={"stan_przed": "1"})
    turned = line.model_copy(
        update={
            "identifier": None,
            "invoiced_quantity": _negative(line.invoiced_quantity),
            "net_amount": _negative(line.net_amount),
            "allowances": tuple(_scaled(one, less) for one in line.allowances),
            "charges": tuple(_scaled(one, less) for one in line.charges),
            "extensions": extensions.model_copy(update={"poland": poland}),
        }
    )
    return turned.model_dump(mode="json", exclude_none=True, exclude_defaults=True)


def _negative(value: Decimal | None) -> Decimal | None:
    return -value if value else value


def overlaid(below: Any, above: Any) -> Any:  # noqa: ANN401 - JSON
    """Return an object with another over it: members of both are overlaid in turn.

    Anything else above, a list or null too, takes the place of what is below.
    """
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    both = {name: overlaid(below[name], above[name]) for name in below.keys() & above.keys()}
    return {**below, **above, **both}


def _shares(
    invoice: Invoice,
    items: Iterable[_OfWhole],
    credited: Sequence[tuple[Line, Decimal]],
) -> list[dict[str, Any]]:
    """Return what the credited lines bore of what was taken off or added to the whole document.

    Each allowance or charge is shared by the lines that are taxed like it, by their amounts.
    """
    found = []
    for item in items:
        whole = sum(
            (one.net_amount or Decimal(0) for one in invoice.lines if taxed_alike(one, item)),
            Decimal(0),
        )
        part = sum((amount for line, amount in credited if taxed_alike(line, item)), Decimal(0))
        if whole and part:
            scaled = _scaled(item, part / whole)
            if scaled.amount:
                found.append(scaled.model_dump(mode="json", exclude_none=True))
    return found


def converted(invoice: Invoice, to: DocumentKind) -> dict[str, Any]:
    """Return the body of the document that continues another one."""
    body = body_of(invoice, keep=frozenset({"notes", "payment_instructions"}))
    if to.fiscal:
        return body
    return {name: value for name, value in body.items() if name not in _OF_AN_INVOICE}


def _part(line: Line, quantity: Decimal | None) -> Mapping[str, Any]:
    """Return a line as it was, or so much of it; its allowances and charges in proportion."""
    if quantity is None or not line.invoiced_quantity:
        return line.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    share = _share(line, quantity)
    part = line.model_copy(
        update={
            "invoiced_quantity": quantity,
            "net_amount": None,
            "allowances": tuple(_scaled(one, share) for one in line.allowances),
            "charges": tuple(_scaled(one, share) for one in line.charges),
        }
    )
    return part.model_dump(mode="json", exclude_none=True, exclude_defaults=True)


def _share(line: Line, quantity: Decimal | None) -> Decimal:
    if quantity is None or not line.invoiced_quantity:
        return Decimal(1)
    return quantity / line.invoiced_quantity


def _scaled(reduction: _Reduction, share: Decimal) -> _Reduction:
    amounts = {"amount": reduction.amount, "base_amount": reduction.base_amount}
    scaled = {
        name: round_amount(amount * share)
        for name, amount in amounts.items()
        if amount is not None
    }
    return reduction.model_copy(update=scaled)
