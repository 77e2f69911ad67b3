"""Peppol BIS Billing 3.0: its rules, code lists and profiles."""
