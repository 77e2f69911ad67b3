"""Estonia (EE): its VAT."""
