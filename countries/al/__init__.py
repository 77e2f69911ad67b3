"""Albania (AL): its VAT."""
