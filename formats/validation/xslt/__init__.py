"""Schematron that was compiled to XSLT 2.0, read back into a rule set."""
