"""Singapore (SG): its VAT."""
