"""Spain (ES): its VAT."""
