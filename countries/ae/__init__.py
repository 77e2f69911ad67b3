"""The United Arab Emirates (AE): its VAT."""
