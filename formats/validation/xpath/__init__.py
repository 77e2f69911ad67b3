"""XPath 2.0, read into a syntax tree."""
