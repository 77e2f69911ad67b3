"""North Macedonia (MK): its VAT."""
