"""Invoices in spreadsheets: CSV and XLSX, a row for each line; see docs/spreadsheets.md."""

from formats.spreadsheet.problems import SheetProblem, SpreadsheetError
from formats.spreadsheet.reading import SheetInvoice, SheetOptions, looks_like_workbook, read
from formats.spreadsheet.template import template_csv

__all__ = [
    "SheetInvoice",
    "SheetOptions",
    "SheetProblem",
    "SpreadsheetError",
    "looks_like_workbook",
    "read",
    "template_csv",
]
