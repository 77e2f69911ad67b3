"""Sweden (SE): its VAT."""
