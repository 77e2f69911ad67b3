"""The e-mail that brings an auditor the token of an invitation."""

import datetime

from gateway.kit.ids import public_id
from gateway.tenants.auditors import AuditorRow
from gateway.tenants.mail import Message
from gateway.tenants.tokens import AuditorToken

_TEXT = """\
Hello {name},

{entity} lets you look at documents and their evidence, for this purpose:

{purpose}

This is your key, until {until} (UTC):

{token}

In a browser, put it in at {site}/audit. Programs send it as
"Authorization: Bearer <key>": GET {site}/v1/evidence-sets/issued
and GET {site}/v1/evidence-sets/received find documents, and lead to their evidence and to bundles
that you can verify without us.

Whoever has the key sees what you see, and all that is asked for with it is written down for
{entity}. If you did not expect it, tell them.
"""


def letter(row: AuditorRow, token: AuditorToken, *, entity: str, to: str, site: str) -> Message:
    """Return the e-mail.

    Args:
        row: The auditor.
        token: What they send with every request.
        entity: The name of who invites.
        to: Their address.
        site: The address of the gateway.
    """
    return Message(
        purpose="invitation",
        about=public_id("aud", row.id),
        sender=entity,
        to=to,
        subject=f"Access to documents of {' '.join(entity.split())}",
        text=_TEXT.format(
            name=row.name,
            entity=entity,
            purpose=row.purpose,
            until=f"{row.expires_at.astimezone(datetime.UTC):%Y-%m-%d %H:%M}",
            token=token.text,
            site=site,
        ),
    )
