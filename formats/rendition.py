"""An invoice as a page that people can read: for the archive, for buyers without software.

Made from the model alone, so that it says what the document says. Self-contained (no script, no
remote reference, its style inline), deterministic, and every value is escaped. Labels are English
and carry the business term, because the rendition is evidence before it is a letter.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import escape

from pydantic import BaseModel

from formats.en16931.codes.documents import CREDIT_NOTE_TYPES
from formats.en16931.group import BinaryObject, SchemedIdentifier
from formats.en16931.line import Line
from formats.en16931.model import Invoice
from formats.en16931.terms import Term

_STYLE = """
body{font:14px/1.45 system-ui,sans-serif;color:#1a1a1a;max-width:60rem;margin:2rem auto;
padding:0 1rem}
h1{font-size:1.6rem;margin:0 0 .2rem}h2{font-size:1.05rem;margin:1.6rem 0 .4rem;
border-bottom:1px solid #ccc}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;
padding:.2rem .6rem .2rem 0}thead th{border-bottom:1px solid #ccc}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.term{color:#777;font-size:.75rem;font-weight:400}.text{white-space:pre-wrap}
.parties{display:flex;flex-wrap:wrap;gap:0 3rem}.parties>section{flex:1 1 20rem}
.due td,.due th{font-weight:700;border-top:1px solid #ccc}
ul{margin:.2rem 0;padding-left:1.1rem}tbody tr{border-bottom:1px solid #eee}
"""

_APART = {
    *("seller", "buyer", "payee", "seller_tax_representative", "lines", "totals"),
    *("vat_breakdown", "delivery_information", "payment_instructions", "notes"),
    *("document_level_allowances", "document_level_charges", "additional_supporting_documents"),
    *("process_control", "preceding_invoice_references"),
}
"""Fields of the invoice with a section of their own."""

_LINE_COLUMNS = {
    *("identifier", "item_name", "invoiced_quantity", "unit_code", "item_net_price"),
    *("vat_category_code", "vat_rate", "net_amount"),
}


def render_html(invoice: Invoice) -> bytes:
    """Return the invoice as an HTML page in UTF-8; the same invoice gives the same bytes."""
    kind = "Credit note" if invoice.type_code in CREDIT_NOTE_TYPES else "Invoice"
    title = escape(f"{kind} {invoice.number or 'without number'}")
    body = "".join(_body(invoice, title))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        # Nothing may be fetched or run, also when somebody opens the file by itself.
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body>\n{body}</body></html>\n"
    ).encode()


def _body(invoice: Invoice, title: str) -> Iterator[str]:
    yield f"<h1>{title}</h1>\n"
    yield _terms(invoice, leave_out=_APART)
    yield '<div class="parties">\n'
    yield _section("Seller", "BG-4", _terms(invoice.seller))
    yield _section("Buyer", "BG-7", _terms(invoice.buyer))
    for name, group, party in (
        ("Payee", "BG-10", invoice.payee),
        ("Seller tax representative", "BG-11", invoice.seller_tax_representative),
        ("Delivery", "BG-13", invoice.delivery_information),
    ):
        if party is not None:
            yield _section(name, group, _terms(party))
    yield "</div>\n"
    if invoice.notes:
        yield _section("Notes", "BG-1", "".join(_terms(note) for note in invoice.notes))
    yield _section("Lines", "BG-25", _lines(invoice.lines))
    for name, group, items in (
        ("Allowances", "BG-20", invoice.document_level_allowances),
        ("Charges", "BG-21", invoice.document_level_charges),
        ("VAT breakdown", "BG-23", invoice.vat_breakdown),
    ):
        if items:
            yield _section(name, group, _grid(items))
    yield _section("Totals", "BG-22", _totals(invoice))
    for name, group, many in (
        ("Payment", "BG-16", invoice.payment_instructions),
        ("Preceding invoices", "BG-3", invoice.preceding_invoice_references),
        ("Supporting documents", "BG-24", invoice.additional_supporting_documents),
    ):
        if many:
            yield _section(name, group, "".join(_terms(item) for item in many))
    yield _section("Process", "BG-2", _terms(invoice.process_control))


def _section(name: str, group: str, content: str) -> str:
    return (
        f'<section><h2>{escape(name)} <span class="term">{group}</span></h2>\n'
        f"{content}</section>\n"
    )


def _label(model: type[BaseModel], field: str) -> str:
    return (
        f'{escape(field.replace("_", " ").capitalize())} <span class="term">'
        f"{_term(model, field)}</span>"
    )


def _term(model: type[BaseModel], field: str) -> str:
    metadata = model.model_fields[field].metadata
    return next((item.id for item in metadata if isinstance(item, Term)), "")


def _terms(group: BaseModel, leave_out: Iterable[str] = ()) -> str:
    """Return every term of a group that has a value, groups within it indented."""
    rows = []
    for field in type(group).model_fields:
        value = getattr(group, field)
        if field in leave_out or value is None or value == ():
            continue
        label = _label(type(group), field)
        rows.append(f"<tr><th>{label}</th><td>{_value(value)}</td></tr>\n")
    return f"<table><tbody>\n{''.join(rows)}</tbody></table>\n" if rows else ""


def _value(value: object) -> str:
    match value:
        case tuple():
            return f"<ul>{''.join(f'<li>{_value(item)}</li>' for item in value)}</ul>"
        case SchemedIdentifier():
            scheme = " ".join(
                part
                for part in (value.scheme_identifier, value.scheme_version_identifier)
                if part is not None
            )
            suffix = f' <span class="term">{escape(scheme)}</span>' if scheme else ""
            return f"{escape(value.value)}{suffix}"
        case BinaryObject():
            size = len(value.content)
            return f"{escape(value.filename)} ({escape(value.mime_code)}, {size} bytes)"
        case BaseModel():
            return _terms(value)
        case Decimal():
            return f'<span class="number">{value:f}</span>'
        case _:
            return f'<span class="text">{escape(str(value))}</span>'


def _grid(items: tuple[BaseModel, ...]) -> str:
    """Return groups of one kind as a table, a column for every term that any of them has."""
    model = type(items[0])
    fields = [
        field
        for field in model.model_fields
        if any(getattr(item, field) is not None for item in items)
    ]
    head = "".join(f"<th>{_label(model, field)}</th>" for field in fields)
    rows = "".join(
        f"<tr>{''.join(_cell(getattr(item, field)) for field in fields)}</tr>\n" for item in items
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table>\n"


def _cell(value: object) -> str:
    if isinstance(value, Decimal):
        return f'<td class="number">{value:f}</td>'
    return f"<td>{'' if value is None else _value(value)}</td>"


def _lines(lines: tuple[Line, ...]) -> str:
    heads = (
        ("identifier", "", "Line"),
        ("item_name", "", "Item"),
        ("invoiced_quantity", "number", "Quantity"),
        ("item_net_price", "number", "Net price"),
        ("vat_category_code", "number", "VAT"),
        ("net_amount", "number", "Net amount"),
    )
    head = "".join(
        f'<th class="{css}">{name} <span class="term">{_term(Line, field)}</span></th>'
        for field, css, name in heads
    )
    rows = "".join(_line(line) for line in lines)
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table>\n"


def _line(line: Line) -> str:
    quantity = "" if line.invoiced_quantity is None else f"{line.invoiced_quantity:f}"
    rate = "" if line.vat_rate is None else f"{line.vat_rate:f} %"
    item = f"{escape(line.item_name or '')}{_terms(line, leave_out=_LINE_COLUMNS)}"
    return (
        f"<tr><td>{escape(line.identifier or '')}</td><td>{item}</td>"
        f'<td class="number">{quantity} {escape(line.unit_code or "")}</td>'
        f"{_cell(line.item_net_price)}"
        f'<td class="number">{escape(line.vat_category_code or "")} {rate}</td>'
        f"{_cell(line.net_amount)}</tr>\n"
    )


def _totals(invoice: Invoice) -> str:
    totals, rows = invoice.totals, []
    for field in type(totals).model_fields:
        value = getattr(totals, field)
        if value is None:
            continue
        accounting = field == "total_vat_in_accounting_currency"
        code = invoice.vat_accounting_currency_code if accounting else invoice.currency_code
        css = ' class="due"' if field == "amount_due" else ""
        rows.append(
            f"<tr{css}><th>{_label(type(totals), field)}</th>"
            f'<td class="number">{value:f} {escape(code or "")}</td></tr>\n'
        )
    return f"<table><tbody>\n{''.join(rows)}</tbody></table>\n"
