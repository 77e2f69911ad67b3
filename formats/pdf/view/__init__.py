"""The invoice as the templates see it: labelled strings in order, nothing left to decide."""

from formats.pdf.view.document import UNDUE, View, view

__all__ = ["UNDUE", "View", "view"]
