"""Ukraine (UA): its VAT."""
