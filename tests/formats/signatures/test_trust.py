import datetime
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID as Usage

from formats.signatures.report import Indication, Outcome, SubIndication
from formats.signatures.trust import (
    Purpose,
    RevocationMode,
    Revocations,
    TrustStore,
    check_path,
    indication_of,
)
from tests.formats.signatures.pki import (
    DAY,
    END,
    NOW,
    START,
    Entity,
    certified,
    ec_key,
    house,
    key_usage,
    named,
    root,
    rsa_key,
    signed_with_sha1,
    stamping,
)

TOP, MIDDLE, LEAF = house()
STORE = TrustStore("test", (TOP.der,))
NONE = Revocations()


def why(
    *chain: bytes,
    store: TrustStore | None = STORE,
    at: datetime.datetime = NOW,
    known: Revocations = NONE,
    mode: RevocationMode = "if-known",
    purpose: Purpose = Purpose.SIGNATURE,
) -> SubIndication | None:
    checks, sub = check_path(chain, store, at, known, revocation=mode, purpose=purpose)
    failed = [check for check in checks if check.outcome is Outcome.FAILED]
    assert bool(failed) == (sub is not None) or store is None
    return sub


def test_a_chain_to_an_anchor_passes() -> None:
    checks, sub = check_path(LEAF.chain, STORE, NOW, NONE)
    assert sub is None
    assert [check.id for check in checks] == [
        "algorithm",
        "key-usage",
        "certificate",
        "revocation",
    ]
    assert checks[-1].outcome is Outcome.NOT_JUDGED


def test_the_other_certificates_come_in_any_order_and_with_noise() -> None:
    noise = [root(f"noise {number}").der for number in range(5)]
    assert why(LEAF.der, b"rubbish", *noise, MIDDLE.der, MIDDLE.der) is None


def test_a_store_may_hold_the_certificates_between() -> None:
    assert why(LEAF.der) is SubIndication.NO_CERTIFICATE_CHAIN_FOUND
    assert why(LEAF.der, store=TrustStore("x", (TOP.der,), (MIDDLE.der,))) is None


def test_a_signer_may_be_trusted_directly_and_so_may_its_ca() -> None:
    assert why(LEAF.der, store=TrustStore("own", (LEAF.der,))) is None
    assert why(LEAF.der, store=TrustStore("ca", (MIDDLE.der,))) is None


def test_without_a_store_nobody_is_trusted() -> None:
    assert why(*LEAF.chain, store=None) is SubIndication.NO_CERTIFICATE_CHAIN_FOUND
    assert why(*LEAF.chain, store=TrustStore("x", ())) is SubIndication.NO_CERTIFICATE_CHAIN_FOUND


def test_a_root_of_the_same_name_with_another_key_is_nobody() -> None:
    other = root("Root", ec_key("another root"))
    assert other.certificate.subject == TOP.certificate.subject
    sub = why(*LEAF.chain, store=TrustStore("x", (other.der,)))
    assert sub is SubIndication.NO_CERTIFICATE_CHAIN_FOUND


def test_a_forged_certificate_is_refused() -> None:
    bare = Entity(MIDDLE.certificate, ec_key("thief"), MIDDLE.above).issue("Forged")
    der = _without_key_ids(bare)
    assert why(der, MIDDLE.der) is SubIndication.CHAIN_CONSTRAINTS_FAILURE
    assert why(bare.der, MIDDLE.der) is SubIndication.NO_CERTIFICATE_CHAIN_FOUND


def _without_key_ids(entity: Entity) -> bytes:
    built = (
        x509.CertificateBuilder()
        .subject_name(entity.certificate.subject)
        .issuer_name(MIDDLE.certificate.subject)
        .public_key(entity.key.public_key())
        .serial_number(5)
        .not_valid_before(START)
        .not_valid_after(END)
        .add_extension(key_usage("digital_signature"), critical=True)
        .sign(ec_key("thief"), hashes.SHA256())
    )
    return built.public_bytes(Encoding.DER)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (START - DAY, SubIndication.NOT_YET_VALID),
        (START, None),
        (END, None),
        (END + DAY, SubIndication.OUT_OF_BOUNDS_NO_POE),
    ],
)
def test_every_certificate_must_be_in_its_period(
    at: datetime.datetime, expected: SubIndication | None
) -> None:
    assert why(*LEAF.chain, at=at) is expected
    assert why(LEAF.der, at=at, store=TrustStore("own", (LEAF.der,))) is expected


def test_an_ended_anchor_ends_those_below() -> None:
    old = root("Old root", end=NOW - DAY)
    leaf = old.issue("Under the old root")
    sub = why(leaf.der, store=TrustStore("x", (old.der,)))
    assert sub is SubIndication.OUT_OF_BOUNDS_NO_POE


def test_the_words_decide_how_bad_it_is() -> None:
    assert indication_of(None) is Indication.TOTAL_PASSED
    assert indication_of(SubIndication.HASH_FAILURE) is Indication.TOTAL_FAILED
    assert indication_of(SubIndication.NO_CERTIFICATE_CHAIN_FOUND) is Indication.INDETERMINATE


# --- constraints -------------------------------------------------------------------------------


def test_who_is_no_ca_issues_nothing() -> None:
    below = LEAF.issue("Below a signer")
    assert why(below.der, LEAF.der, MIDDLE.der) is SubIndication.CHAIN_CONSTRAINTS_FAILURE
    trusted = TrustStore("leaf", (LEAF.der,))
    assert why(below.der, store=trusted) is SubIndication.CHAIN_CONSTRAINTS_FAILURE


def test_a_ca_that_may_not_sign_certificates_does_not() -> None:
    crls_only = TOP.issue("Lists", ca=True, usage=key_usage("crl_sign"))
    leaf = crls_only.issue("Below lists")
    assert why(*leaf.chain) is SubIndication.CHAIN_CONSTRAINTS_FAILURE


def test_the_length_of_a_path_is_kept() -> None:
    deeper = MIDDLE.issue("Too deep", ca=True)  # the issuing CA has pathlen 0
    assert why(*deeper.issue("Leaf").chain) is SubIndication.CHAIN_CONSTRAINTS_FAILURE


@pytest.mark.parametrize("where", ["intermediate", "anchor"])
def test_a_ca_for_some_names_stays_that(where: str) -> None:
    limits = x509.NameConstraints([x509.DNSName("example.org")], None)
    if where == "anchor":
        above = root("Constrained root", constraints=limits)
        store = TrustStore("x", (above.der,))
    else:
        above, store = TOP.issue("Constrained", ca=True, constraints=limits), STORE
    inside = above.issue("Inside", names=[x509.DNSName("a.example.org")])
    outside = above.issue("Outside", names=[x509.DNSName("a.example.net")])
    assert why(*inside.chain, above.der, store=store) is None
    sub = why(*outside.chain, above.der, store=store)
    assert sub is SubIndication.CHAIN_CONSTRAINTS_FAILURE


def test_excluded_names_are_excluded() -> None:
    limits = x509.NameConstraints(None, [x509.DirectoryName(named("Victim"))])
    above = TOP.issue("Excluding", ca=True, constraints=limits)
    assert why(*above.issue("Somebody").chain) is None
    assert why(*above.issue("Victim").chain) is SubIndication.CHAIN_CONSTRAINTS_FAILURE


def test_an_unknown_critical_extension_is_a_refusal() -> None:
    strange = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    assert why(*MIDDLE.issue("Strange", extra=[(strange, False)]).chain) is None
    sub = why(*MIDDLE.issue("Strange", extra=[(strange, True)]).chain)
    assert sub is SubIndication.CHAIN_CONSTRAINTS_FAILURE


@pytest.mark.parametrize(
    ("usage", "extended", "passes"),
    [
        (("digital_signature",), (), True),
        (("content_commitment",), (), True),
        (("key_encipherment",), (), False),
        (("digital_signature",), (Usage.CLIENT_AUTH, Usage.EMAIL_PROTECTION), True),
        (("digital_signature",), (Usage.SERVER_AUTH,), False),
        (("digital_signature",), (Usage.TIME_STAMPING,), False),
        (("digital_signature",), (Usage.OCSP_SIGNING,), False),
        (("key_cert_sign",), (), False),
    ],
)
def test_the_key_must_be_for_signing_documents(
    usage: tuple[str, ...],
    extended: tuple[x509.ObjectIdentifier, ...],
    passes: bool,  # noqa: FBT001
) -> None:
    leaf = MIDDLE.issue("Usage", usage=key_usage(*usage), extended=extended)
    expected = None if passes else SubIndication.CHAIN_CONSTRAINTS_FAILURE
    assert why(*leaf.chain) is expected


def test_time_stamps_need_their_own_certificate() -> None:
    assert why(*stamping().chain, purpose=Purpose.TIME_STAMP) is None
    assert why(*LEAF.chain, purpose=Purpose.TIME_STAMP) is SubIndication.CHAIN_CONSTRAINTS_FAILURE
    both = [Usage.TIME_STAMPING, Usage.CLIENT_AUTH]
    for leaf in (
        MIDDLE.issue("Not critical", extended=[Usage.TIME_STAMPING]),
        MIDDLE.issue("Two purposes", extended=both, extended_critical=True),
    ):
        sub = why(*leaf.chain, purpose=Purpose.TIME_STAMP)
        assert sub is SubIndication.CHAIN_CONSTRAINTS_FAILURE


# --- algorithms --------------------------------------------------------------------------------


def test_weak_and_huge_keys_are_refused() -> None:
    for key in (rsa_key("weak", 1024), ec_key("weak", ec.SECP192R1), ec_key("k", ec.SECP256K1)):
        leaf = MIDDLE.issue("Weak", key=key)
        assert why(*leaf.chain) is SubIndication.CRYPTO_CONSTRAINTS_FAILURE


def test_a_weak_key_above_is_refused_too() -> None:
    above = TOP.issue("Weak CA", ca=True, key=rsa_key("weak", 1024))
    leaf = above.issue("Under a weak CA")
    assert why(*leaf.chain) is SubIndication.CRYPTO_CONSTRAINTS_FAILURE


def test_sha1_ended_with_2013() -> None:
    start = datetime.datetime(2010, 1, 1, tzinfo=datetime.UTC)
    key = rsa_key("sha root")
    top = root("Sha root", key, start=start)
    leaf = signed_with_sha1(top.issue("Sha leaf", start=start), key)
    store = TrustStore("x", (top.der,))
    before = datetime.datetime(2013, 12, 31, tzinfo=datetime.UTC)
    assert why(leaf, store=store, at=before) is None
    assert why(leaf, store=store) is SubIndication.CRYPTO_CONSTRAINTS_FAILURE


# --- revocation --------------------------------------------------------------------------------

GOOD = (TOP.crl(), MIDDLE.crl())
RESPONDER = MIDDLE.issue(
    "Responder", extended=[Usage.OCSP_SIGNING], extra=[(x509.OCSPNoCheck(), False)]
)
STRANGER = TOP.issue("Stranger", extended=[Usage.OCSP_SIGNING])


def revoked(at: datetime.datetime) -> Revocations:
    return Revocations(crls=(GOOD[0], MIDDLE.crl([(LEAF, at)])))


@pytest.mark.parametrize(
    ("known", "unless_required", "required"),
    [
        (NONE, None, SubIndication.TRY_LATER),
        (Revocations(crls=GOOD), None, None),
        (Revocations(crls=GOOD[:1]), None, SubIndication.TRY_LATER),
        (Revocations(crls=GOOD[:1], ocsps=(MIDDLE.ocsp(LEAF),)), None, None),
        (Revocations(crls=GOOD[:1], ocsps=(MIDDLE.ocsp(LEAF, by=RESPONDER),)), None, None),
        (
            Revocations(crls=GOOD[:1], ocsps=(MIDDLE.ocsp(LEAF, by=STRANGER),)),
            None,
            SubIndication.TRY_LATER,
        ),
        (
            Revocations(crls=GOOD[:1], ocsps=(MIDDLE.ocsp(LEAF, by=LEAF),)),
            None,
            SubIndication.TRY_LATER,
        ),
        (
            Revocations(crls=GOOD[:1], ocsps=(MIDDLE.ocsp(LEAF, unknown=True),)),
            None,
            SubIndication.TRY_LATER,
        ),
        (revoked(NOW - DAY), SubIndication.REVOKED_NO_POE, SubIndication.REVOKED_NO_POE),
        (revoked(NOW + DAY), None, None),
        (
            Revocations(crls=(TOP.crl([(MIDDLE, NOW - DAY)]), GOOD[1])),
            SubIndication.REVOKED_NO_POE,
            SubIndication.REVOKED_NO_POE,
        ),
        (
            Revocations(crls=GOOD[:1], ocsps=(MIDDLE.ocsp(LEAF, NOW - 2 * DAY),)),
            SubIndication.REVOKED_NO_POE,
            SubIndication.REVOKED_NO_POE,
        ),
        (
            Revocations(
                crls=GOOD[:1], ocsps=(MIDDLE.ocsp(LEAF, NOW + DAY, made=NOW + 2 * DAY, until=END),)
            ),
            None,
            None,
        ),
        (  # stale
            Revocations(crls=(GOOD[0], MIDDLE.crl(made=NOW - 9 * DAY, until=NOW - 2 * DAY))),
            None,
            SubIndication.TRY_LATER,
        ),
        (  # a list signed by somebody else says nothing, good or bad
            Revocations(
                crls=(GOOD[0], MIDDLE.crl([(LEAF, NOW - DAY)], key=ec_key("somebody else")))
            ),
            None,
            SubIndication.TRY_LATER,
        ),
        (
            Revocations(crls=(b"", b"\x30\x00", b"x" * 99), ocsps=(b"", b"\x30\x03\x0a\x01\x06")),
            None,
            SubIndication.TRY_LATER,
        ),
    ],
    ids=[
        *("nothing", "good", "ca-only", "ocsp", "delegated", "stranger", "itself", "unknown"),
        *("revoked", "later", "ca-revoked", "ocsp-revoked", "ocsp-later", "stale", "forged"),
        "rubbish",
    ],
)
def test_revocation_at_the_moment(
    known: Revocations,
    unless_required: SubIndication | None,
    required: SubIndication | None,
) -> None:
    assert why(*LEAF.chain, known=known) is unless_required
    assert why(*LEAF.chain, known=known, mode="require") is required
    assert why(*LEAF.chain, known=known, mode="ignore") is None


def test_a_list_made_after_the_certificate_ended_does_not_clear_it() -> None:
    late = MIDDLE.crl(made=END + DAY, until=END + 9 * DAY)
    known = Revocations(crls=(GOOD[0], late))
    assert why(*LEAF.chain, known=known, mode="require") is SubIndication.TRY_LATER


# --- hostile -----------------------------------------------------------------------------------


def test_self_signed_leads_nowhere() -> None:
    own = root("Self", ca=False)
    sub = why(own.der, store=STORE)
    assert sub is not None
    assert indication_of(sub) is Indication.INDETERMINATE


def test_loops_end() -> None:
    one, two = ec_key("loop 1"), ec_key("loop 2")
    usage: list[tuple[x509.ExtensionType, bool]] = [
        (x509.BasicConstraints(ca=True, path_length=None), True)
    ]
    first = Entity(certified(named("A"), one, named("B"), two, usage, START, END), one)
    second = Entity(certified(named("B"), two, named("A"), one, usage, START, END), two)
    leaf = first.issue("In a loop")
    sub = why(leaf.der, first.der, second.der)
    assert sub is SubIndication.NO_CERTIFICATE_CHAIN_FOUND


def test_many_certificates_are_not_looked_at() -> None:
    begun = time.process_time()
    assert why(*[LEAF.der] * 10_000) is SubIndication.CHAIN_CONSTRAINTS_FAILURE
    assert time.process_time() - begun < 1


def test_a_thicket_ends() -> None:
    usage: list[tuple[x509.ExtensionType, bool]] = [
        (x509.BasicConstraints(ca=True, path_length=None), True)
    ]
    key = ec_key("thicket")
    ders = []
    for level in range(6):
        for twin in range(10):
            own = ec_key(f"thicket {twin}")
            name, above = named(f"T{level}"), named(f"T{level + 1}")
            plain = _bare(name, own, above, key, usage)
            ders.append(plain)
    leaf = _bare(named("leaf"), key, named("T0"), key, [(key_usage("digital_signature"), True)])
    begun = time.process_time()
    assert why(leaf, *ders) is SubIndication.CHAIN_CONSTRAINTS_FAILURE
    assert time.process_time() - begun < 1


def _bare(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    extensions: list[tuple[x509.ExtensionType, bool]],
) -> bytes:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(START)
        .not_valid_after(END)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(Encoding.DER)


def test_cut_and_bent_certificates_never_raise_and_never_pass() -> None:
    der, passed = LEAF.der, 0
    for place in range(0, len(der), 3):
        for bent in (der[:place], der[:place] + bytes([der[place] ^ 0x41]) + der[place + 1 :]):
            passed += check_path([bent, MIDDLE.der], STORE, NOW, NONE)[1] is None
    assert passed == 0
    for rubbish in (
        b"",
        b"\x30",
        b"\x30\x80" * 5000,
        b"\x30\x84\xff\xff\xff\xff",
        b"\x00" * 70_000,
    ):
        assert why(rubbish) is SubIndication.NO_SIGNING_CERTIFICATE_FOUND
    assert why() is SubIndication.NO_SIGNING_CERTIFICATE_FOUND


def test_bytes_after_a_certificate_are_refused() -> None:
    assert why(LEAF.der + b"\x00", MIDDLE.der) is SubIndication.NO_SIGNING_CERTIFICATE_FOUND
