"""Secrets: how they come into the vault, which one is shown to an authority, and how they end.

As with keys, the value is sealed under a data key of its own and is never answered; whoever needs
it to log in gets a `TokenCredential`.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn
from uuid import UUID

from typing_extensions import override

from formats.en16931.party import Seller
from formats.json.blanks import without_blanks
from formats.signatures.signer import Algorithm, SignerError
from gateway.kit.ids import new_id, public_id
from gateway.kit.locks import hold
from gateway.kit.secrets import UnsealError
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.signing import encryption
from gateway.signing.encryption import KeyEncryption, KeyEncryptionError
from gateway.signing.problems import KeyUnusableProblem
from gateway.signing.secrets import kinds, repository
from gateway.signing.secrets.problems import SecretRefusedProblem
from gateway.signing.secrets.repository import SecretRow
from gateway.tenants import service as tenants

__all__ = ["SecretRow", "page"]

MOST_SECRETS = 50
"""Of one entity: more is a mistake."""

_USE_SECONDS = datetime.timedelta(minutes=1)
"""So fresh is `last_used_at` kept."""

page = repository.page
"""One page of secrets."""


@dataclass(frozen=True, slots=True, repr=False)
class NewSecret:
    """A secret that comes into the vault.

    Attributes:
        kind: One of `kinds.KINDS`.
        name: What people call it.
        value: The secret.
        expires_at: When it ends; None where nobody knows.
        permissions: What it was made for; None where that is not known.
        active: It can be used already.
    """

    kind: str
    name: str
    value: str
    expires_at: datetime.datetime | None = None
    permissions: Sequence[str] | None = None
    active: bool = True


class _Dumb:
    """Signs nothing: a token is shown, not signed with."""

    algorithm = Algorithm.RSA_SHA256
    certificate_chain: Sequence[bytes] = ()

    def sign(self, data: bytes, algorithm: Algorithm | None = None) -> bytes:  # noqa: ARG002
        """Refuse.

        Raises:
            SignerError: Always.
        """
        raise SignerError("a token signs nothing: a key with its certificate is needed")


@dataclass(frozen=True, slots=True, repr=False)
class TokenCredential:
    """How an entity shows who it is: by a token of the authority's own; see `Bearer`.

    Attributes:
        id: Public id of the secret (`sct_...`).
        secret: The token.
        reference: Its number at the authority; None where it is not known.
    """

    id: str
    secret: str
    reference: str | None = None

    @property
    def signer(self) -> _Dumb:
        """What refuses to sign."""
        return _Dumb()

    def tls(self, trust: str | None = None) -> NoReturn:  # noqa: ARG002
        """Refuse: it has no certificate.

        Raises:
            KeyUnusableProblem: Always.
        """
        raise KeyUnusableProblem("no_certificate", "A token opens no connection.")

    @override
    def __repr__(self) -> str:
        return f"TokenCredential({self.id})"


def keep(
    tx: TenantTransaction, by: KeyEncryption, given: NewSecret, now: datetime.datetime
) -> SecretRow:
    """Put a secret into the vault.

    Raises:
        SecretRefusedProblem: It is none of its kind, another's, over, or here already.
        KeyEncryptionError: It cannot be sealed now.
    """
    if given.expires_at is not None and given.expires_at <= now:
        raise SecretRefusedProblem("expired", "It has ended already.", "/expires_at")
    entity = tenants.get_entity(tx, tx.entity_id)
    about = kinds.about(
        given.kind, given.value, Seller.model_validate(without_blanks(entity.seller))
    )
    hold(tx, [f"secrets of {tx.entity_id}"])
    others = repository.of_kind(tx, given.kind)
    _refuse_known(about, others)
    named = None if given.permissions is None else sorted(given.permissions)
    row = SecretRow(
        account_id=tx.tenant.account_id,
        entity_id=tx.entity_id,
        id=new_id(),
        kind=given.kind,
        name=given.name,
        about={**about, "permissions": named},
        active=given.active,
        expires_at=given.expires_at,
        last_used_at=None,
        created_at=now,
        deleted_at=None,
    )
    names = ("id", "kind", "name", "about", "active", "expires_at", "created_at")
    repository.insert(tx, {name: getattr(row, name) for name in names})
    context = encryption.secret_context_of(row.entity_id, row.id)
    sealed = encryption.seal(by, given.value.encode(), context)
    repository.insert_value(tx, row.id, sealed, now)
    return row


def _refuse_known(about: Mapping[str, Any], others: Sequence[SecretRow]) -> None:
    if len(others) >= MOST_SECRETS:
        raise SecretRefusedProblem(
            "too_many", f"The entity has {MOST_SECRETS} secrets of this kind already.", "/kind"
        )
    reference = about["reference"]
    for one in others:
        if reference is not None and one.about.get("reference") == reference:
            known = public_id("sct", one.id)
            detail = f"The vault has the token {reference} already, as {known}."
            raise SecretRefusedProblem("duplicate", detail, "/value")


def get(tx: TenantTransaction, secret_id: UUID, *, lock: bool = False) -> SecretRow:
    """Return a secret of the entity.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = repository.by_id(tx, secret_id, lock=lock)
    if row is None:
        raise NotFoundProblem
    return row


def activate(tx: TenantTransaction, secret_id: UUID) -> SecretRow:
    """Let a secret be used from now on: its authority has made it.

    Raises:
        NotFoundProblem: It was deleted meanwhile.
    """
    row = get(tx, secret_id, lock=True)
    repository.update(tx, secret_id, {"active": True})
    return replace(row, active=True)


def delete(tx: TenantTransaction, secret_id: UUID, now: datetime.datetime) -> None:
    """Wipe a secret; that there was one is still known.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    repository.destroy(tx, get(tx, secret_id, lock=True).id, now)


all_of = repository.of_kind
"""The entity's secrets of a kind, the newest first."""


def usable(tx: TenantTransaction, kind: str, *, at: datetime.datetime) -> SecretRow | None:
    """Return the entity's secret of a kind that is shown: the newest that is made and not over."""
    return first_usable(repository.of_kind(tx, kind), at)


def first_usable(rows: Sequence[SecretRow], at: datetime.datetime) -> SecretRow | None:
    """Return the first of some secrets of a kind that can be used at a moment."""
    return next((row for row in rows if row.active and not row.is_over(at)), None)


def refuse_over(tx: TenantTransaction, kind: str, purpose: str, *, at: datetime.datetime) -> None:
    """Say so where the entity had a secret of a kind, and it has ended.

    Raises:
        KeyUnusableProblem: It has.
    """
    over = next((row for row in repository.of_kind(tx, kind) if row.is_over(at)), None)
    if over is not None:
        raise KeyUnusableProblem(
            "secret_expired",
            f"The {kind} {over.name!r} ended on {over.expires_at:%Y-%m-%d}, and the entity has no"
            f" key of the purpose {purpose}: put a new token into the vault, or such a key.",
            purpose=purpose,
        )


def held_by(
    tx: TenantTransaction, entity_ids: Sequence[UUID], at: datetime.datetime
) -> dict[UUID, dict[str, SecretRow]]:
    """Return of each entity the secret of each kind that is shown; one query for all of them."""
    found: dict[UUID, dict[str, SecretRow]] = {entity_id: {} for entity_id in entity_ids}
    for row in repository.of_entities(tx, entity_ids):
        if row.active and not row.is_over(at):
            found[row.entity_id].setdefault(row.kind, row)
    return found


def opened(tx: TenantTransaction, by: KeyEncryption, row: SecretRow) -> TokenCredential:
    """Return how an entity shows a secret.

    Raises:
        KeyUnusableProblem: It was wiped meanwhile, or cannot be opened now.
    """
    sealed = repository.sealed_value(tx, row.id)
    if sealed is None:
        raise KeyUnusableProblem("none", f"The secret {row.name!r} was deleted.")
    try:
        context = encryption.secret_context_of(row.entity_id, row.id)
        value = encryption.unseal(by, sealed, context).decode()
    except (UnsealError, KeyEncryptionError):
        raise KeyUnusableProblem(
            "locked",
            f"The installation cannot open the secret {row.name!r} now; the operator finds why"
            " with `gateway keys check`.",
        ) from None
    return TokenCredential(public_id("sct", row.id), value, row.about.get("reference"))


def note_use(tx: TenantTransaction, row: SecretRow, now: datetime.datetime) -> None:
    """Write that a secret is shown, to the minute."""
    if row.last_used_at is None or row.last_used_at < now - _USE_SECONDS:
        repository.mark_used(tx, row.id, now, now - _USE_SECONDS)
