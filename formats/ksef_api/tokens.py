"""What a KSeF token says of itself: its number, and in whose name it was made. The rest is secret.

Three parts with `|` between them: the reference number, the context (`nip-5265877635`), and what
nobody can guess. open-api.json promises the length alone (`GenerateTokenResponse.token`), so a
token that is not made of these parts is taken as it is.
"""

import re
from dataclasses import dataclass

from formats.ksef_api.login import Context, ContextType

MOST_CHARACTERS = 160
_REFERENCE = re.compile(r"[0-9A-Z-]{36}")
_CONTEXT = re.compile(r"(nip|internalid)-([0-9]{10}(?:-[0-9]{5})?)", re.IGNORECASE)
_TYPES = {"nip": ContextType.NIP, "internalid": ContextType.INTERNAL_ID}


class TokenError(ValueError):
    """It is no KSeF token; the message says why, and nothing of what it is."""


@dataclass(frozen=True, slots=True)
class TokenName:
    """What may be known of a token.

    Attributes:
        reference: Its number at KSeF; None where it does not say.
        context: In whose name it logs in; None where it does not say.
    """

    reference: str | None
    context: Context | None


def named(token: str) -> TokenName:
    """Return what a token says of itself.

    Raises:
        TokenError: It has blanks or other signs that no token has, or is too long.
    """
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise TokenError("a KSeF token has neither blanks nor line breaks nor signs beyond ASCII")
    if len(token) > MOST_CHARACTERS:
        raise TokenError(f"a KSeF token has at most {MOST_CHARACTERS} characters")
    reference, _, rest = token.partition("|")
    written = _CONTEXT.fullmatch(rest.partition("|")[0])
    context = None
    if written is not None:
        context = Context(_TYPES[written[1].lower()], written[2])
    return TokenName(reference if _REFERENCE.fullmatch(reference) else None, context)
