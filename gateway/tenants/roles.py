"""The roles there are: of API keys, and of people in an entity."""

from typing import Literal

KeyRole = Literal["writer", "auditor"]
"""Of an API key: an auditor can only read."""

UserRole = Literal["viewer", "editor", "admin", "auditor"]
"""Of a person in an entity; `permissions.ROLES` says what each may do."""

AUDITOR = "auditor"
"""Reads only, and every access is written down."""
