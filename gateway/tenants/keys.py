"""API keys in clear: `gw_sandbox_...` and `gw_live_...`. Pure."""

from typing import Self

from gateway.kit.tenancy import Environment
from gateway.tenants.tokens import Token


class Key(Token):
    """An API key; it says in which environment it acts."""

    __slots__ = ()
    sorts = ("sandbox", "live")
    purpose = "api key"

    @classmethod
    def new(cls, environment: Environment) -> Self:
        """Make a key."""
        return cls.of(environment)
