"""FA(3), the invoice of Poland's national system KSeF: written from EN 16931 and read into it."""

from formats.ksef.document import is_ours, read, read_element, root_of, write

__all__ = ["is_ours", "read", "read_element", "root_of", "write"]
