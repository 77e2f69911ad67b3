"""France (FR): its VAT."""
