"""The invoice as the templates see it: labelled strings in order, nothing left to decide."""

from formats.pdf.view.document import View, view

__all__ = ["View", "view"]
