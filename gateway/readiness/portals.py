"""What portals of public bodies need of an entity whose documents are written for one. Pure.

Good advice: whether a buyer is a public body, each document says.
"""

from collections.abc import Collection, Iterator

from formats.profile import Profile, Syntax
from gateway.readiness.items import Item
from gateway.tenants.settings import EntitySettings

_PATCH = "PATCH /v1/entities/{entity_id}"
_SEAL = "document-seal"


def portals(
    settings: EntitySettings, profile: Profile, certified: Collection[str]
) -> Iterator[Item]:
    """Yield an item for the portal that takes documents of a profile.

    Args:
        settings: Of the entity.
        profile: What its documents are written in.
        certified: The purposes of which it has a certificate.
    """
    if profile.syntax is Syntax.ESLOG:
        account = settings.bank_account
        able = account is not None and account.bic is not None
        yield Item(
            id="portal:si-ujp",
            title="Public bodies of Slovenia (UJP): an account with its BIC",
            state="done" if able else "missing",
            required_for=(),
            fields=("/settings/bank_accounts",),
            why="The envelope to UJP names the seller's account and its bank (SI-13).",
            fix=None if able else _PATCH,
            source="docs/si-eslog.md",
        )
    if profile.syntax is Syntax.FACTURAE:
        able = _SEAL in certified
        yield Item(
            id="portal:es-face",
            title="Spain's administration (FACe): a key that signs",
            state="done" if able else "missing",
            required_for=(),
            fields=(),
            why=f"What goes to FACe is signed with a key of the purpose {_SEAL}.",
            fix=None if able else f'POST /v1/signing-keys/import, with "purposes": ["{_SEAL}"]',
            source="docs/es-face.md",
        )
