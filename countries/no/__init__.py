"""Norway (NO): its VAT."""
