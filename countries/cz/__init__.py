"""Czechia (CZ): its VAT."""
