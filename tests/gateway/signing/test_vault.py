"""Which key signs at a moment, and that it shows nothing of itself."""

import copy
import datetime
import pickle
import ssl
from collections.abc import Sequence

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from formats.signatures.signer import Algorithm, Signer, SignerError
from gateway.kit.ids import public_id
from gateway.kit.tenancy import TenantTransaction
from gateway.signing import kinds, lifecycle, making, repository
from gateway.signing.kinds import PrivateKey
from gateway.signing.making import Brought, NewKey
from gateway.signing.problems import KeyRefusedProblem, KeyUnusableProblem
from gateway.signing.repository import KeyRow
from gateway.signing.schemas import RotationInput
from gateway.signing.service import Vault
from tests.gateway.houses import House, Shop
from tests.gateway.signing.authority import DAY, NOW, Authority, der, p256, rsa_key
from tests.gateway.signing.conftest import tenant_of

SEAL = "document-seal"
ROOT = Authority.root()
ISSUER = ROOT.under()


@pytest.fixture
def vault(house: House) -> Vault:
    return house.runtime.vault


def brought(  # noqa: PLR0913 - what is brought
    tx: TenantTransaction,
    vault: Vault,
    *,
    ends: datetime.datetime = NOW + 365 * DAY,
    begins: datetime.datetime = NOW - DAY,
    active_from: datetime.datetime | None = None,
    now: datetime.datetime = NOW,
    purposes: Sequence[str] = (SEAL,),
) -> KeyRow:
    key = p256()
    certificate = ISSUER.issue(key, begins=begins, ends=ends)
    given = NewKey("Seal", purposes, active_from)
    return making.bring(
        tx, vault.encryption, given, Brought(key, (ISSUER.certificate, certificate)), now
    )


def check(public: object, signature: bytes, data: bytes, algorithm: Algorithm) -> None:
    scheme, _, name = algorithm.value.rpartition("-")
    if isinstance(public, ed25519.Ed25519PublicKey):
        return public.verify(signature, data)
    digest = getattr(hashes, name.upper())()
    if isinstance(public, ec.EllipticCurvePublicKey):
        return public.verify(signature, data, ec.ECDSA(digest))
    assert isinstance(public, rsa.RSAPublicKey)
    if scheme == "rsa-pss":
        pss = padding.PSS(padding.MGF1(digest), digest.digest_size)
        return public.verify(signature, data, pss, digest)
    return public.verify(signature, data, padding.PKCS1v15(), digest)


@pytest.mark.parametrize("kind", ["rsa-2048", "p-256", "p-384", "p-521", "ed25519"])
def test_every_kind_signs_with_all_it_can_and_nothing_else(
    tx: TenantTransaction, vault: Vault, kind: str
) -> None:
    row = making.generate(tx, vault.encryption, NewKey(kind, [SEAL], bare=True), kind, NOW)
    signer = vault.signer(tx, row.id, at=NOW)
    public = load_der_public_key(row.public_key)
    can = kinds.algorithms(kind)
    assert signer.algorithm == can[0] != Algorithm.RSA_SHA1
    for algorithm in Algorithm:
        if algorithm not in can:
            with pytest.raises(SignerError):
                signer.sign(b"text", algorithm)
            continue
        signature = signer.sign(b"text", algorithm)
        check(public, signature, b"text", algorithm)
        with pytest.raises(InvalidSignature):
            check(public, signature, b"other", algorithm)


def test_a_key_brings_its_chain_in_order_without_the_root(
    tx: TenantTransaction, vault: Vault
) -> None:
    key, lower = p256(), ISSUER.under("Lower")
    leaf = lower.issue(key)
    mixed = (ROOT.certificate, ISSUER.certificate, leaf, lower.certificate)
    row = making.bring(tx, vault.encryption, NewKey("Seal", [SEAL]), Brought(key, mixed), NOW)
    chain = vault.signer(tx, row.id, at=NOW).certificate_chain
    assert list(chain) == [der(leaf), der(lower.certificate), der(ISSUER.certificate)]


def test_what_is_stored_is_sealed(tx: TenantTransaction, vault: Vault) -> None:
    key = p256()
    given = NewKey("Seal", [SEAL], bare=True)
    row = making.bring(tx, vault.encryption, given, Brought(key), NOW)
    sealed = repository.sealed_key(tx, row.id)
    assert sealed is not None
    number = key.private_numbers().private_value.to_bytes(32, "big")
    assert number not in sealed.sealed + sealed.data_key
    assert sealed.version == vault.encryption.version


def _moved(tx: TenantTransaction, one: KeyRow, other: KeyRow) -> None:
    """Put the sealed key of one row under another: what a thief with write access would try."""
    sealed = repository.sealed_key(tx, one.id)
    assert sealed is not None
    repository.destroy(tx, other.id)
    repository.insert_secret(tx, other.id, sealed, NOW)


def test_a_sealed_key_opens_only_where_it_was_sealed(tx: TenantTransaction, vault: Vault) -> None:
    one, other = brought(tx, vault), brought(tx, vault)
    _moved(tx, one, other)
    vault.signer(tx, one.id, at=NOW)
    assert reason(lambda: vault.signer(tx, other.id, at=NOW)) == "locked"


def reason(attempt: object) -> str:
    assert callable(attempt)
    with pytest.raises(KeyUnusableProblem) as caught:
        attempt()
    return caught.value.reason


def test_a_key_signs_only_while_its_certificate_is_valid(
    tx: TenantTransaction, vault: Vault
) -> None:
    row = brought(tx, vault, begins=NOW - DAY, ends=NOW + 10 * DAY, active_from=NOW - 5 * DAY)

    def at(moment: datetime.datetime, until: datetime.datetime | None = None) -> Signer:
        return vault.signer(tx, row.id, at=moment, until=until)

    assert at(NOW).certificate_chain
    assert at(NOW + 10 * DAY).certificate_chain
    assert reason(lambda: at(NOW - 2 * DAY)) == "certificate_not_yet_valid"
    assert reason(lambda: at(NOW + 11 * DAY)) == "certificate_expired"
    at(NOW, NOW + 10 * DAY)
    assert reason(lambda: at(NOW, NOW + 11 * DAY)) == "expires_before_deadline"


def test_a_renewed_certificate_takes_over_where_the_first_ends(
    tx: TenantTransaction, vault: Vault
) -> None:
    key = p256()
    first = ISSUER.issue(key, ends=NOW + 10 * DAY)
    second = ISSUER.issue(key, begins=NOW + 5 * DAY, ends=NOW + 100 * DAY)
    row = making.bring(tx, vault.encryption, NewKey("Seal", [SEAL]), Brought(key, (first,)), NOW)
    making.add_certificate(tx, row, [second], NOW)

    def leaf(at: datetime.datetime) -> bytes:
        return vault.for_purpose(tx, SEAL, at=at).certificate_chain[0]

    assert leaf(NOW) == der(first)
    assert leaf(NOW + 20 * DAY) == der(second)
    assert reason(lambda: vault.for_purpose(tx, SEAL, at=NOW, until=NOW + 20 * DAY)) == (
        "expires_before_deadline"
    )


def test_the_key_that_became_active_last_signs_for_a_purpose(
    tx: TenantTransaction, vault: Vault
) -> None:
    old = public_id("sgk", brought(tx, vault, active_from=NOW - DAY).id)
    new = public_id("sgk", brought(tx, vault, active_from=NOW + 3 * DAY).id)
    other = public_id("sgk", brought(tx, vault, purposes=["client-tls"]).id)

    def signs(at: datetime.datetime, purpose: str = SEAL) -> str:
        return vault.credential(tx, purpose, at=at).id

    assert [signs(NOW + days * DAY) for days in (0, 2, 3, 4)] == [old, old, new, new]
    assert signs(NOW, "client-tls") == other
    assert reason(lambda: vault.for_purpose(tx, "fiscal-signature", at=NOW)) == "none"


def test_a_key_of_another_entity_does_not_sign(house: House, vault: Vault) -> None:
    mine, others = Shop.opened(house), Shop.opened(house)
    with house.runtime.database.transaction(tenant_of(others)) as tx:
        row = brought(tx, vault)
    with house.runtime.database.transaction(tenant_of(mine)) as tx:
        assert reason(lambda: vault.signer(tx, row.id, at=NOW)) == "none"
        assert reason(lambda: vault.for_purpose(tx, SEAL, at=NOW)) == "none"


def test_a_signer_shows_nothing_of_its_key(tx: TenantTransaction, vault: Vault) -> None:
    row = brought(tx, vault, purposes=["client-tls"])
    credential = vault.credential(tx, "client-tls", at=NOW)
    sealed = repository.sealed_key(tx, row.id)
    assert sealed is not None
    for shown in (repr(credential.signer), str(credential.signer), repr(credential), repr(sealed)):
        assert len(shown) < 60, shown
    for thing in (credential.signer, vault.encryption):
        with pytest.raises(TypeError):
            pickle.dumps(thing)
        with pytest.raises(TypeError):
            copy.deepcopy(thing)


def test_a_credential_makes_a_context_with_its_certificate(
    tx: TenantTransaction, vault: Vault
) -> None:
    brought(tx, vault, purposes=["client-tls"])
    context = vault.credential(tx, "client-tls", at=NOW).tls()
    assert isinstance(context, ssl.SSLContext)
    assert context.verify_mode is ssl.CERT_REQUIRED


def test_a_certificate_of_another_key_is_not_taken(tx: TenantTransaction, vault: Vault) -> None:
    row = making.generate(tx, vault.encryption, NewKey("Seal", [SEAL]), "p-256", NOW)
    assert reason(lambda: vault.signer(tx, row.id, at=NOW)) == "no_certificate"
    refused(tx, row, ISSUER.issue(p256()), "other_key")


def refused(tx: TenantTransaction, row: KeyRow, certificate: x509.Certificate, why: str) -> None:
    with pytest.raises(KeyRefusedProblem) as caught:
        making.add_certificate(tx, row, [certificate], NOW)
    assert caught.value.reason == why


def _keys() -> Sequence[PrivateKey]:
    return (p256(), rsa_key(2048), ed25519.Ed25519PrivateKey.generate())


def test_a_key_is_taken_once(tx: TenantTransaction, vault: Vault) -> None:
    for key in _keys():
        given = NewKey("Seal", [SEAL], bare=True)
        making.bring(tx, vault.encryption, given, Brought(key), NOW)
        with pytest.raises(KeyRefusedProblem) as caught:
            making.bring(tx, vault.encryption, given, Brought(key), NOW)
        assert caught.value.reason == "duplicate"


TLS = "client-tls"


def signing(
    tx: TenantTransaction, vault: Vault, at: datetime.datetime, purpose: str = SEAL
) -> str:
    return vault.credential(tx, purpose, at=at).id


def test_a_successor_goes_on_with_what_it_signs_already(
    tx: TenantTransaction, vault: Vault
) -> None:
    old = brought(tx, vault, active_from=NOW - 9 * DAY)
    new = brought(tx, vault, active_from=NOW - 5 * DAY, purposes=(SEAL, TLS))
    old_id, new_id = (public_id("sgk", row.id) for row in (old, new))
    given = RotationInput(successor_id=new_id, at=NOW + 3 * DAY)
    lifecycle.rotate(tx, old.id, given, NOW)
    kept = repository.key_by_id(tx, new.id)
    assert kept is not None
    assert kept.active_from == NOW - 5 * DAY
    assert signing(tx, vault, NOW, TLS) == new_id
    assert signing(tx, vault, NOW) == old_id
    assert signing(tx, vault, NOW + 3 * DAY) == signing(tx, vault, NOW + 3 * DAY, TLS) == new_id


@pytest.mark.parametrize(("days", "takes_over"), [(-2, False), (-7, True)])
def test_a_successor_has_the_place_of_the_key_it_replaces_and_no_other(
    tx: TenantTransaction,
    vault: Vault,
    days: int,
    takes_over: bool,  # noqa: FBT001
) -> None:
    old = brought(tx, vault, active_from=NOW - 5 * DAY)
    new = brought(tx, vault, active_from=NOW - 9 * DAY)
    third = brought(tx, vault, active_from=NOW + days * DAY)
    given = RotationInput(successor_id=public_id("sgk", new.id), at=NOW + DAY)
    lifecycle.rotate(tx, old.id, given, NOW)
    expected = new if takes_over else third
    assert signing(tx, vault, NOW + DAY) == public_id("sgk", expected.id)
