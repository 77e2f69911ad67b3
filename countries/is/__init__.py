"""Iceland (IS): its VAT."""
