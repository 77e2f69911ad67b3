"""The United Kingdom (GB): its VAT."""
