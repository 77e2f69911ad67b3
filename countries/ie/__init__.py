"""Ireland (IE): its VAT."""
