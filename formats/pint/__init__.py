"""PINT, Peppol's international invoice: shared rules and those of each jurisdiction."""
