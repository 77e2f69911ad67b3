"""UBL 2.1 Invoice and CreditNote, bound to EN 16931 as CEN/TS 16931-3-2 does."""

from formats.ubl.document import write
from formats.ubl.document_read import read

__all__ = ["read", "write"]
