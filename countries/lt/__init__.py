"""Lithuania (LT): its VAT."""
