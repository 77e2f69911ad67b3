"""Poland (PL): its VAT."""
