"""Taxes of an entity: named pairs of VAT category and rate, which items and lines refer to."""
