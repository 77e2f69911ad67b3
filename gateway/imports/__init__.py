"""Rows of a file that become customers or items, each with what came of it."""
