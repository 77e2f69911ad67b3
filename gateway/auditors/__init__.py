"""Auditors whom an entity invites: to what, until when, and what they looked at."""
