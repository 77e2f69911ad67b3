"""Cyprus (CY): its VAT."""
