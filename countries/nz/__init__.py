"""New Zealand (NZ): its VAT."""
