"""Bosnia and Herzegovina (BA): its VAT."""
