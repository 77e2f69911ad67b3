"""Mexico (MX): its VAT."""
