"""Liechtenstein (LI): its VAT."""
