"""The vault: who signs for an entity, at which moment, with which key.

A key that signs is never handed out: whoever needs a signature gets a `Signer`. Every way to one
asks the same questions first: is it this entity's, has its time come and not passed, is it neither
retired nor revoked, and is its certificate valid, also on the day by which what it signs must be
sent.
"""

import datetime
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from typing_extensions import override

from formats.signatures.signer import Signer
from gateway.kit.ids import public_id
from gateway.kit.secrets import UnsealError
from gateway.kit.tenancy import TenantTransaction
from gateway.problems import NotFoundProblem
from gateway.signing import encryption, fitness, repository, tls
from gateway.signing.encryption import KeyEncryption, KeyEncryptionError
from gateway.signing.problems import KeyUnusableProblem
from gateway.signing.repository import CertificateRow, KeyRow, TokenPlace
from gateway.signing.secrets import service as secrets
from gateway.signing.secrets.service import TokenCredential
from gateway.signing.software import SoftwareSigner, from_pkcs8


class Tls(Protocol):
    """Makes TLS contexts that show a client certificate."""

    def __call__(self, trust: str | None = None) -> ssl.SSLContext:
        """Return a context.

        Args:
            trust: PEM of the only certificates to trust; None trusts the machine's.

        Raises:
            KeyUnusableProblem: The key is on a token, which cannot be used this way.
        """
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Credential:
    """How an entity shows who it is.

    Attributes:
        id: Public id of the key (`sgk_...`).
        signer: Signs with it.
        tls: Makes TLS contexts with it.
    """

    id: str
    signer: Signer
    tls: Tls

    @override
    def __repr__(self) -> str:
        return f"Credential({self.id})"


class Tokens(Protocol):
    """Keys on tokens (PKCS #11)."""

    def signer(self, place: TokenPlace, kind: str, chain: Sequence[bytes]) -> Signer:
        """Return the signer over a key on a token.

        Raises:
            KeyUnusableProblem: The token or the key is not there.
        """
        ...


class NoTokens:
    """Where no token is set up."""

    def signer(self, place: TokenPlace, kind: str, chain: Sequence[bytes]) -> Signer:  # noqa: ARG002
        """Refuse: there is no token.

        Raises:
            KeyUnusableProblem: Always.
        """
        raise KeyUnusableProblem(
            "locked", f"The key is on the token {place.token!r}, and none is set up here."
        )


@dataclass(frozen=True, slots=True)
class Vault:
    """The keys of every entity.

    Attributes:
        encryption: Wraps the data keys that seal them.
        tokens: Where those are that are not here.
    """

    encryption: KeyEncryption
    tokens: Tokens = field(default_factory=NoTokens)

    def signer(
        self,
        tx: TenantTransaction,
        key_id: UUID,
        *,
        at: datetime.datetime,
        until: datetime.datetime | None = None,
    ) -> Signer:
        """Return the signer over one key.

        Args:
            tx: A transaction about the key's entity.
            key_id: The key.
            at: When it signs.
            until: By when what it signs must have arrived: its certificate must be valid then too.

        Raises:
            KeyUnusableProblem: It is not this entity's, or does not sign at that moment.
        """
        row = repository.key_by_id(tx, key_id)
        if row is None or row.entity_id != tx.entity_id:
            raise KeyUnusableProblem("none", "The entity has no such key.", key_id=key_id)
        return self._signer(tx, row, fitness.usable(tx, row, at=at, until=until))

    def for_purpose(
        self,
        tx: TenantTransaction,
        purpose: str,
        *,
        at: datetime.datetime,
        until: datetime.datetime | None = None,
    ) -> Signer:
        """Return the signer over the entity's active key for a purpose.

        Raises:
            KeyUnusableProblem: There is none, or the one that should sign does not.
        """
        row, certificate = fitness.active(tx, purpose, at=at, until=until)
        return self._signer(tx, row, certificate)

    def credential(
        self,
        tx: TenantTransaction,
        purpose: str,
        *,
        at: datetime.datetime,
        until: datetime.datetime | None = None,
    ) -> Credential:
        """Return how the entity shows who it is, for a purpose.

        Raises:
            KeyUnusableProblem: There is no key for it, or the one that should sign does not.
        """
        row, certificate = fitness.active(tx, purpose, at=at, until=until)
        signer = self._signer(tx, row, certificate)

        def context(trust: str | None = None) -> ssl.SSLContext:
            if not isinstance(signer, SoftwareSigner) or not signer.certificate_chain:
                raise KeyUnusableProblem(
                    "no_certificate" if not signer.certificate_chain else "locked",
                    "TLS needs a key of the vault itself, with a certificate: a key on a token"
                    " signs, and opens no connections.",
                    key_id=row.id,
                )
            return tls.client_context(signer.private, signer.certificate_chain, trust)

        return Credential(public_id("sgk", row.id), signer, context)

    def way_in(
        self,
        tx: TenantTransaction,
        purpose: str,
        *,
        at: datetime.datetime,
        secret: str | None = None,
    ) -> Credential | TokenCredential:
        """Return how the entity shows who it is where a token may stand in for a key.

        The token goes first: it was given for nothing else, can do no more than it was made for,
        and ends by one call. Deleting it leads back to the key.

        Raises:
            KeyUnusableProblem: There is neither, or what is there cannot be used.
        """
        if secret is None:
            return self.credential(tx, purpose, at=at)
        held = secrets.usable(tx, secret, at=at)
        if held is not None:
            secrets.note_use(tx, held, at)
            return secrets.opened(tx, self.encryption, held)
        try:
            return self.credential(tx, purpose, at=at)
        except KeyUnusableProblem as problem:
            if problem.reason == "none":
                secrets.refuse_over(tx, secret, purpose, at=at)
            raise

    def verifying(
        self, tx: TenantTransaction, purpose: str, *, at: datetime.datetime
    ) -> list[CertificateRow]:
        """Return the certificates whose signatures count at a moment, the signing one first.

        With a rotation that is more than one: who was replaced counts until `kept_until`.
        """
        known = fitness.in_order(repository.keys_for(tx, purpose), at)
        rows = [row for row in known if fitness.still_counts(row, at)]
        found = repository.certificates_of(tx, [row.id for row in rows])
        return [
            one
            for row in rows
            for one in found[row.id]
            if one.covers(at) and (one.revoked_at is None or at < one.revoked_at)
        ]

    def over(self, tx: TenantTransaction, row: KeyRow) -> Signer:
        """Return the signer over a key that waits for its certificate, to ask for it.

        Raises:
            KeyUnusableProblem: The key cannot be opened.
        """
        return self._signer(tx, row, None)

    def _signer(
        self, tx: TenantTransaction, row: KeyRow, certificate: CertificateRow | None
    ) -> Signer:
        chain = () if certificate is None else (certificate.certificate, *certificate.chain)
        place = repository.token_place(tx, row.id)
        if place is not None:
            return self.tokens.signer(place, row.kind, chain)
        sealed = repository.sealed_key(tx, row.id)
        if sealed is None:
            raise KeyUnusableProblem("none", "The key was destroyed.", key_id=row.id)
        try:
            context = encryption.context_of(row.entity_id, row.id)
            private = encryption.unseal(self.encryption, sealed, context)
        except (UnsealError, KeyEncryptionError):
            raise KeyUnusableProblem(
                "locked",
                "The installation cannot open this key now; the operator finds why with"
                " `gateway keys check`.",
                key_id=row.id,
            ) from None
        return SoftwareSigner(from_pkcs8(private), chain)


def get(tx: TenantTransaction, key_id: UUID, *, lock: bool = False) -> KeyRow:
    """Return a key of the entity.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = repository.key_by_id(tx, key_id, lock=lock)
    if row is None or row.entity_id != tx.entity_id:
        raise NotFoundProblem
    return row


def get_certificate(tx: TenantTransaction, certificate_id: UUID) -> CertificateRow:
    """Return a certificate of the entity.

    Raises:
        NotFoundProblem: There is none for this caller.
    """
    row = repository.certificate_by_id(tx, certificate_id)
    if row is None or row.entity_id != tx.entity_id:
        raise NotFoundProblem
    return row


page = repository.key_page
"""One page of keys."""

certificate_page = repository.certificate_page
"""One page of certificates."""

certificates_of = repository.certificates_of
"""The certificates of keys."""
