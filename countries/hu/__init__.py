"""Hungary (HU): its VAT."""
