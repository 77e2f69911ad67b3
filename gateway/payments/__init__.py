"""Payments: what was paid on a document, and what was taken back."""
