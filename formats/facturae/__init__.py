"""Facturae 3.2.2, the invoice of Spain's public administration: written from EN 16931 and read."""

from formats.facturae.document import is_ours, read, read_element, root_of, write

__all__ = ["is_ours", "read", "read_element", "root_of", "write"]
