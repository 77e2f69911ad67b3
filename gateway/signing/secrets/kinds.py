"""Kinds of secrets, and what may be known of one without showing it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from countries.pl.issuing import nip_of
from formats.en16931.party import Seller
from formats.ksef_api import tokens
from formats.ksef_api.login import ContextType
from gateway.signing.secrets.problems import SecretRefusedProblem

KSEF_TOKEN = "ksef-token"  # noqa: S105 - the name of a kind

KINDS: Mapping[str, str] = MappingProxyType(
    {KSEF_TOKEN: "A token by which KSeF (Poland) lets the entity in, made there for its NIP."}
)
"""Every kind there is, and what it is."""


def about(kind: str, value: str, seller: Seller) -> dict[str, Any]:
    """Return what a secret says of itself, to be stored and shown beside its name.

    Args:
        kind: One of `KINDS`.
        value: The secret.
        seller: Whose it becomes.

    Raises:
        SecretRefusedProblem: It is none of that kind, or another's.
    """
    del kind  # there is one
    try:
        found = tokens.named(value)
    except tokens.TokenError as error:
        raise SecretRefusedProblem("unreadable", f"It is not taken: {error}.", "/value") from error
    own, context = nip_of(seller), found.context
    if (
        context is not None
        and context.type is ContextType.NIP
        and own not in {None, context.value}
    ):
        raise SecretRefusedProblem(
            "other_context",
            f"The token was made for the NIP {context.value}, and the entity's is {own}: log in to"
            " KSeF in the context of the entity, and make one there.",
            "/value",
        )
    return {
        "reference": found.reference,
        "context": None if context is None else str(context),
    }
