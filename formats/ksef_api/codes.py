"""What KSeF's codes mean: whether it is over, why it went wrong, and what to do.

Source: open-api.json, descriptions of `SessionInvoiceStatusResponse.status`,
`SessionStatusResponse.status`, `PermissionsOperationStatusResponse.status`,
`AuthenticationListItem.status`, `InvoiceExportStatusResponse`, and the tables of answers 400.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Outcome(StrEnum):
    """What a code leads to."""

    OPEN = "open"  # ask again
    DONE = "done"
    DUPLICATE = "duplicate"  # something of this name is there: ours or another's
    REFUSED = "refused"  # these bytes never
    AGAIN = "again"  # the same bytes, later or elsewhere
    ACCESS = "access"  # a permission, a certificate or a token is wanting


@dataclass(frozen=True, slots=True)
class Code:
    """What one code means.

    Attributes:
        outcome: In one word.
        cause: Why it is said.
        fix: What to do; empty where nothing is.
    """

    outcome: Outcome
    cause: str
    fix: str = ""


_WAIT = Code(Outcome.OPEN, "It is being processed.")
_OURS = "Report it: the gateway wrote what it must not."
_LATER = "The gateway tries again by itself."
_UNKNOWN_ERROR = Code(Outcome.AGAIN, "KSeF failed in a way it does not know itself.", _LATER)
_CANCELLED = Code(Outcome.AGAIN, "KSeF stopped processing for reasons of its own.", _LATER)

INVOICE: Mapping[int, Code] = MappingProxyType(
    {
        100: _WAIT,
        150: _WAIT,
        200: Code(Outcome.DONE, "The invoice has a KSeF number."),
        405: Code(
            Outcome.AGAIN,
            "The whole session failed, and the invoice with it: it was not looked at.",
            _LATER,
        ),
        410: Code(
            Outcome.REFUSED,
            "Whoever sent it may not issue invoices for this seller.",
            "Have the permission InvoiceWrite granted for the seller's NIP (or self-invoicing, tax"
            " representation), then issue it again.",
        ),
        415: Code(
            Outcome.REFUSED,
            "The seller may not send invoices with attachments, or not one by one.",
            "Have attachments allowed in e-Urząd Skarbowy and send it in a batch.",
        ),
        430: Code(
            Outcome.REFUSED,
            "The file is not what it was said to be: too large, or its digest is another.",
            "Correct what the details name and issue the invoice again.",
        ),
        435: Code(Outcome.REFUSED, "The file cannot be decrypted.", _OURS),
        440: Code(
            Outcome.DUPLICATE,
            "KSeF has an invoice of this seller, kind and number.",
            "If it is another invoice, issue this one under another number.",
        ),
        450: Code(
            Outcome.REFUSED,
            "The invoice is not valid by its schema, or what it says cannot be: a date in the"
            " future, a wrong NIP ... (that the schema belongs here: CIRFMF/ksef-api#141, #281)",
            "Correct what the details name and issue the invoice again.",
        ),
        500: _UNKNOWN_ERROR,
        550: _CANCELLED,
    }
)
"""Of an invoice, in any session."""

_NO_KEY = Code(Outcome.AGAIN, "The session's key cannot be decrypted.", "Read the public keys.")
_EMPTY = Code(Outcome.DONE, "Nothing was sent in it, or not in time: the session is cancelled.")
_NONE_GOOD = Code(
    Outcome.DONE, "None of its invoices was taken.", "See what is said of each of them."
)

ONLINE_SESSION: Mapping[int, Code] = MappingProxyType(
    {
        100: Code(Outcome.OPEN, "The session is open."),
        170: Code(Outcome.OPEN, "The session is closed, and its invoices are being processed."),
        200: Code(Outcome.DONE, "All its invoices are processed, and its UPO is there."),
        415: _NO_KEY,
        440: _EMPTY,
        445: _NONE_GOOD,
        500: _UNKNOWN_ERROR,
        550: _CANCELLED,
    }
)
"""Of a session in which invoices are sent one by one."""

BATCH_SESSION: Mapping[int, Code] = MappingProxyType(
    {
        100: Code(Outcome.OPEN, "The session is open for the parts of its package."),
        150: _WAIT,
        200: Code(Outcome.DONE, "All its invoices are processed, and its UPO is there."),
        405: Code(Outcome.AGAIN, "A part, or the package, is not what it was said to be.", _OURS),
        415: _NO_KEY,
        420: Code(Outcome.AGAIN, "The package has too many invoices.", "Send it in several."),
        430: Code(Outcome.AGAIN, "The package cannot be unpacked.", _OURS),
        435: Code(Outcome.AGAIN, "A part cannot be decrypted.", _OURS),
        440: _EMPTY,
        445: _NONE_GOOD,
        500: _UNKNOWN_ERROR,
        550: _CANCELLED,
    }
)
"""Of a session in which a package is sent."""

FAILED_ITSELF = frozenset({415, 440, 500, 550})
"""Codes of such a session that say nothing of its package: its key was withdrawn, time was over,
or KSeF failed."""

LOGIN: Mapping[int, Code] = MappingProxyType(
    {
        100: Code(Outcome.OPEN, "The certificate is being checked with its issuer."),
        200: Code(Outcome.DONE, "Logged in."),
        415: Code(
            Outcome.ACCESS,
            "Who holds the certificate, or made the token, has no permission in this context.",
            "Grant it in KSeF, or by the form ZAW-FA.",
        ),
        425: Code(Outcome.AGAIN, "Somebody ended the login.", _LATER),
        450: Code(
            Outcome.ACCESS,
            "The KSeF token is wrong, revoked, not active yet, of another context, or bound to"
            " another challenge.",
            "Make a new token in KSeF and put it into the vault; without one, the entity's key"
            " logs in.",
        ),
        460: Code(
            Outcome.ACCESS,
            "The certificate is expired, revoked, suspended or not trusted.",
            "Put a certificate in force into the vault.",
        ),
        470: Code(
            Outcome.ACCESS,
            "The certificate is of somebody who has died.",
            "Use the certificate of another person with permissions.",
        ),
        480: Code(
            Outcome.ACCESS,
            "The ministry blocked the login: it suspects a security incident.",
            "Ask the ministry by its form.",
        ),
        500: _UNKNOWN_ERROR,
        550: _CANCELLED,
    }
)
"""Of a login."""

_OTHERS = "Correct who is to get it, and what."

OPERATION: Mapping[int, Code] = MappingProxyType(
    {
        100: _WAIT,
        200: Code(Outcome.DONE, "It is done."),
        400: Code(
            Outcome.REFUSED, "KSeF could not do it: what is asked for is not there.", _OTHERS
        ),
        410: Code(Outcome.REFUSED, "The identifiers do not belong together.", _OTHERS),
        420: Code(
            Outcome.ACCESS,
            "Who asked may not grant or revoke this.",
            "Log in as the owner, or have CredentialsManage granted.",
        ),
        430: Code(Outcome.REFUSED, "The context has not the role that this needs.", _OTHERS),
        440: Code(Outcome.REFUSED, "This is not allowed between those two.", _OTHERS),
        450: Code(Outcome.REFUSED, "This is not allowed for that sort of identifier.", _OTHERS),
        500: _UNKNOWN_ERROR,
        550: _CANCELLED,
    }
)
"""Of granting and revoking."""

EXPORT: Mapping[int, Code] = MappingProxyType(
    {
        100: _WAIT,
        200: Code(Outcome.DONE, "The package is there."),
        210: Code(Outcome.AGAIN, "The package is gone.", "Ask for it again."),
        415: _NO_KEY,
        420: Code(Outcome.AGAIN, "Nothing is complete from that moment on yet.", "Ask later."),
        500: _UNKNOWN_ERROR,
        550: _CANCELLED,
    }
)
"""Of an export."""

_SESSION_GONE = Code(Outcome.AGAIN, "The session is closed, full or unknown.", _LATER)
_CORRECTION = "A technical correction is for a refused offline invoice, and once."

EXCEPTION: Mapping[int, Code] = MappingProxyType(
    {
        21111: Code(Outcome.AGAIN, "The challenge is over or unknown.", _LATER),
        9105: Code(Outcome.ACCESS, "The signature is not right."),
        21115: Code(Outcome.ACCESS, "The certificate is not one that KSeF takes."),
        21117: Code(Outcome.ACCESS, "The identifier does not go with the kind of context."),
        21155: _SESSION_GONE,
        21166: Code(Outcome.REFUSED, "It was corrected already.", _CORRECTION),
        21167: Code(Outcome.REFUSED, "What it corrects was taken.", _CORRECTION),
        21173: _SESSION_GONE,
        21180: _SESSION_GONE,
        21308: Code(Outcome.ACCESS, "Whoever logs in is not alive any more."),
        21402: Code(Outcome.REFUSED, "The size is not the one that was said.", _OURS),
        21403: Code(Outcome.REFUSED, "The digest is not the one that was said.", _OURS),
        21405: Code(Outcome.REFUSED, "The request is not by the API's rules.", _OURS),
        21470: Code(Outcome.AGAIN, "The public key is not in use any more.", _LATER),
        26001: Code(
            Outcome.ACCESS,
            "A token cannot be given a permission that who makes it has not.",
            "Ask for fewer, or have the others granted first.",
        ),
        26002: Code(Outcome.REFUSED, "No token is made in this kind of context."),
    }
)
"""Of an answer 400."""


def meaning(table: Mapping[int, Code], code: int) -> Code:
    """Return what a code means; one that nobody knows leaves it open."""
    return table.get(code) or Code(Outcome.OPEN, f"KSeF says {code}, which is not documented.")
