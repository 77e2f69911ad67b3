"""Recurring invoices: one document for each day of a schedule."""
