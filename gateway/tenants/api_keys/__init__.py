"""API keys: how an account lets a program act for it, or for one of its entities."""
