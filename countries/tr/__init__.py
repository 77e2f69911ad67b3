"""Türkiye (TR): its VAT."""
