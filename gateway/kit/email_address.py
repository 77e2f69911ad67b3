"""The syntax of an e-mail address, as mail servers take it (RFC 5321, RFC 6531 for other letters).

Quoted local parts and addresses at IP numbers are left out: nobody's invoices go there, and a
quote in an address has opened more than one mail server to injected headers.
"""

import re

MAX_LENGTH = 254
_MAX_LOCAL = 64

_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}")


def is_email_address(text: str) -> bool:
    """Tell whether mail can be addressed like this; whether anybody reads it, nobody knows."""
    local, _, _ = text.rpartition("@")
    within = len(text) <= MAX_LENGTH and len(local.encode()) <= _MAX_LOCAL
    return within and _ADDRESS.fullmatch(text) is not None
