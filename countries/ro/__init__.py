"""Romania (RO): its VAT."""
