"""Malaysia (MY): its VAT."""
