"""Montenegro (ME): its VAT."""
