"""e-SLOG 2.0, Slovenia's national invoice: written from EN 16931 and read into it."""

from formats.eslog.document import read, read_element, root_of, write

__all__ = ["read", "read_element", "root_of", "write"]
