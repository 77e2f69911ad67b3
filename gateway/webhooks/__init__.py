"""Webhooks: events sent to addresses that accounts and entities name."""
