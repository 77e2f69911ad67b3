"""Croatia (HR): its VAT."""
