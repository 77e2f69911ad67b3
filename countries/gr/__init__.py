"""Greece (GR): its VAT."""
