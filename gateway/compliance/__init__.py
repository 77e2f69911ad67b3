"""Obligations, profile choice, retention and validation: countries and formats put together."""
