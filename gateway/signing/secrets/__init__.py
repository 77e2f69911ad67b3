"""Secrets in the vault that are no keys: what an authority gave an entity to be shown."""
