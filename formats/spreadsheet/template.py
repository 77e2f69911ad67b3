"""A file to begin with: the headings people need most, and one invoice of two lines."""

import csv
import io

HEADINGS = (
    *("Invoice number", "Invoice date", "Due date", "Currency", "Buyer reference", "Order number"),
    *("Seller name", "Seller VAT number", "Seller street", "Seller post code", "Seller city"),
    *("Seller country", "Seller Peppol id", "Seller Peppol scheme"),
    *("Buyer name", "Buyer VAT number", "Buyer street", "Buyer post code", "Buyer city"),
    *("Buyer country", "Buyer Peppol id", "Buyer Peppol scheme"),
    *("Payment means", "IBAN", "Payment reference"),
    *("Item name", "Item number", "Quantity", "Unit", "Net price", "VAT category", "VAT rate"),
)
_DOCUMENT = (
    *("2026-001", "2026-11-30", "2026-12-30", "EUR", "Dept 4", "PO-17"),
    *("Example Seller", "SI50223054", "Main street 1", "1000", "Ljubljana"),
    *("SI", "SI50223054", "9949"),
    *("Example Buyer", "DE123456788", "Side street 2", "10115", "Berlin"),
    *("DE", "DE123456788", "9930"),
    *("30", "SI56192001234567892", "SI00 2026-001"),
)
_LINES = (
    ("Consulting", "C-1", "3", "HUR", "33.35", "S", "22"),
    ("Travel", "T-1", "1", "C62", "120.00", "S", "22"),
)


def template_csv() -> bytes:
    """Return a CSV file in UTF-8 that can be filled in, and converts as it is."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    blank = ("2026-001", *("",) * (len(_DOCUMENT) - 1))
    for index, line in enumerate(_LINES):
        writer.writerow((*(blank if index else _DOCUMENT), *line))
    return out.getvalue().encode()
