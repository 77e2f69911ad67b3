"""The roles there are."""

from typing import Literal

KeyRole = Literal["writer", "auditor"]
"""Of an API key: an auditor can only read."""
