"""Signatures of others, verified: a function of the bytes and of whom to believe. No tables."""
