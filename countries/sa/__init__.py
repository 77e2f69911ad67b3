"""Saudi Arabia (SA): its VAT."""
