"""Portugal (PT): its VAT."""
