"""Malta (MT): its VAT."""
