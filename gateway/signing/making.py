"""How keys come into the vault: made here, brought along, or left where they are."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateway.kit.ids import new_id
from gateway.kit.tenancy import TenantTransaction
from gateway.signing import certificates, encryption, kinds, notices, repository
from gateway.signing.certificates import Chain
from gateway.signing.encryption import KeyEncryption
from gateway.signing.kinds import PrivateKey
from gateway.signing.problems import KeyRefusedProblem
from gateway.signing.repository import KeyRow, TokenPlace
from gateway.signing.software import to_pkcs8


@dataclass(frozen=True, slots=True, repr=False)
class Brought:
    """What a file that holds a key holds.

    Attributes:
        private: The key.
        certificates: In the order they stand.
    """

    private: PrivateKey
    certificates: tuple[x509.Certificate, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicHalf:
    """What may be known of a key.

    Attributes:
        spki: SubjectPublicKeyInfo in DER.
        kind: `rsa-3072`, `p-256` ...
        origin: `imported`, `generated` or `token`.
    """

    spki: bytes
    kind: str
    origin: str

    @classmethod
    def of(cls, key: PublicKeyTypes, origin: str) -> Self:
        """Return it of a key of a kind we take.

        Raises:
            WeakKeyError: We do not sign with such a key.
        """
        spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return cls(spki, kinds.kind_of(key), origin)


MOST_KEYS = 200
"""Of one entity: more is a mistake."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """What is said of a key that is made or brought.

    Attributes:
        name: What people call it.
        purposes: What it is for.
        active_from: When it begins to sign; None: at once.
        bare: It signs without a certificate.
        metadata: The caller's own words.
    """

    name: str
    purposes: Sequence[str]
    active_from: datetime.datetime | None = None
    bare: bool = False
    metadata: Mapping[str, str] = field(default_factory=dict)


def generate(
    tx: TenantTransaction,
    by: KeyEncryption,
    given: NewKey,
    kind: str,
    now: datetime.datetime,
) -> KeyRow:
    """Make a key. It signs once it has a certificate, unless it is a bare one.

    Raises:
        KeyRefusedProblem: The entity has too many.
        KeyEncryptionError: It cannot be sealed now.
    """
    private = kinds.generate(kind)
    row = _added(tx, given, PublicHalf.of(private.public_key(), "generated"), now)
    _seal(tx, by, row, private, now)
    return row


def bring(
    tx: TenantTransaction,
    by: KeyEncryption,
    given: NewKey,
    brought: Brought,
    now: datetime.datetime,
) -> KeyRow:
    """Take a key that somebody made elsewhere, with its certificates.

    Raises:
        KeyRefusedProblem: It is here already, or its certificate is of no use.
        KeyEncryptionError: It cannot be sealed now.
    """
    row = _added(tx, given, PublicHalf.of(brought.private.public_key(), "imported"), now)
    _seal(tx, by, row, brought.private, now)
    if brought.certificates:
        add_certificate(tx, row, brought.certificates, now, early=given.active_from is not None)
    elif not given.bare:
        raise KeyRefusedProblem("no_certificate", "The file holds no certificate of the key.")
    return row


def refer(
    tx: TenantTransaction,
    given: NewKey,
    half: PublicHalf,
    place: TokenPlace,
    now: datetime.datetime,
) -> KeyRow:
    """Write down a key that stays on its token.

    Raises:
        KeyRefusedProblem: It is here already.
    """
    row = _added(tx, given, half, now)
    repository.insert_place(tx, row.id, place)
    return row


def add_certificate(
    tx: TenantTransaction,
    row: KeyRow,
    given: Sequence[x509.Certificate],
    now: datetime.datetime,
    *,
    early: bool = True,
) -> UUID:
    """Give a key a certificate: its first, or the next one when that runs out.

    Args:
        tx: A transaction about the key's entity.
        row: The key.
        given: Its certificate and, in any order, those of its issuers.
        now: When.
        early: Whether one that is valid only later is taken.

    Returns:
        Its id; that of the one that is here, if it is.

    Raises:
        KeyRefusedProblem: None is the key's, or it has expired.
    """
    known = repository.certificates_of(tx, [row.id])[row.id]
    more = [x509.load_der_x509_certificate(one) for old in known for one in old.chain]
    chain = certificates.of_key(row.public_key, given, more)
    certificates.check_kind(chain.leaf)
    certificates.check_dates(chain.leaf, now, early=early)
    fingerprint = certificates.fingerprint(chain.leaf)
    for one in known:
        if one.fingerprint == fingerprint:
            return one.id
    return _certified(tx, row, chain, fingerprint, now)


def _certified(
    tx: TenantTransaction, row: KeyRow, chain: Chain, fingerprint: bytes, now: datetime.datetime
) -> UUID:
    leaf, *issuers = chain.der
    not_after = chain.leaf.not_valid_after_utc
    certificate_id = new_id()
    repository.insert_certificate(
        tx,
        {
            "id": certificate_id,
            "key_id": row.id,
            "certificate": leaf,
            "chain": issuers,
            "fingerprint": fingerprint,
            "subject": chain.leaf.subject.rfc4514_string(),
            "issuer": chain.leaf.issuer.rfc4514_string(),
            "serial_number": f"{chain.leaf.serial_number:x}",
            "not_before": chain.leaf.not_valid_before_utc,
            "not_after": not_after,
            "notice_at": notices.first(not_after, now),
            "check_at": now,
            "created_at": now,
        },
    )
    return certificate_id


def _seal(
    tx: TenantTransaction,
    by: KeyEncryption,
    row: KeyRow,
    private: PrivateKey,
    now: datetime.datetime,
) -> None:
    context = encryption.context_of(row.entity_id, row.id)
    repository.insert_secret(tx, row.id, encryption.seal(by, to_pkcs8(private), context), now)


def _added(
    tx: TenantTransaction, given: NewKey, half: PublicHalf, now: datetime.datetime
) -> KeyRow:
    if repository.count_for(tx) >= MOST_KEYS:
        raise KeyRefusedProblem("too_large", f"An entity has at most {MOST_KEYS} keys.")
    if (known := repository.key_with(tx, half.spki)) is not None:
        raise KeyRefusedProblem("duplicate", f"This key is here already, as {known.name!r}.")
    row = KeyRow(
        account_id=tx.tenant.account_id,
        entity_id=tx.entity_id,
        id=new_id(),
        name=given.name,
        origin=half.origin,
        kind=half.kind,
        purposes=sorted(set(given.purposes)),
        metadata=dict(given.metadata),
        public_key=half.spki,
        bare=given.bare,
        active_from=given.active_from or now,
        active_until=None,
        kept_until=None,
        successor_id=None,
        retired_at=None,
        revoked_at=None,
        revocation_reason=None,
        created_at=now,
        updated_at=now,
        deleted_at=None,
    )
    repository.insert_key(tx, {name: getattr(row, name) for name in KeyRow.__slots__})
    return row
