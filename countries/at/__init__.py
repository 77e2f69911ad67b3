"""Austria (AT): its VAT."""
