"""UBL 2.1 Invoice and CreditNote, bound to EN 16931 as CEN/TS 16931-3-2 does."""

from formats.ubl.document import read, read_element, root_of, write

__all__ = ["read", "read_element", "root_of", "write"]
