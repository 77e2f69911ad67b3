"""VAT determination: which category and rate a line has, and why."""
