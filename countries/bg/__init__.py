"""Bulgaria (BG): its VAT."""
