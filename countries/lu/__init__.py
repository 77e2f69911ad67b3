"""Luxembourg (LU): its VAT."""
