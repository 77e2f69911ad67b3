"""UN/CEFACT Cross Industry Invoice (CII), bound to EN 16931 as CEN/TS 16931-3-3 does."""

from formats.cii.document import read, write

__all__ = ["read", "write"]
