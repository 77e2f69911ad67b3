"""Australia (AU): its VAT."""
