"""Serbia (RS): its VAT."""
