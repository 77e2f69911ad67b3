"""Switzerland (CH): its VAT."""
