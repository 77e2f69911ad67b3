"""Italy (IT): its VAT."""
