"""Finland (FI): its VAT."""
