"""Denmark (DK): its VAT."""
