"""Schematron: what a rule set is, and its source form."""
