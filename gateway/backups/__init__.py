"""Backups of an installation, and the drill that proves that one can be restored."""
