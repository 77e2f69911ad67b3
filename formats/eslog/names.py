"""Names of e-SLOG 2.0."""

NAMESPACE = "urn:eslog:2.00"
ROOT, MESSAGE = "Invoice", "M_INVOIC"
SPECIFICATION = "urn:cen.eu:en16931:2017"
"""BT-24, as the published sample has it: e-SLOG 2.0 is another syntax of EN 16931."""
