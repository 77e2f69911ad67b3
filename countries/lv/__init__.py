"""Latvia (LV): its VAT."""
