"""Slovakia (SK): its VAT."""
