"""Judging a document: our semantic rules, the XSD, the official rule sets. It fails closed."""
