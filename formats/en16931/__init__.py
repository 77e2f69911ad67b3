"""EN 16931-1: the semantic model of an invoice, its arithmetic and its rules. No syntax here."""

from formats.en16931.model import Invoice

__all__ = ["Invoice"]
