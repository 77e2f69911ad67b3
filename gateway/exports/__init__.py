"""Exports: many issued documents in one file, made in the background."""
