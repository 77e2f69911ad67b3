import datetime
from collections.abc import Callable
from typing import Any

import pytest
from asn1crypto import tsp
from cryptography.x509.oid import ExtendedKeyUsageOID as Usage

from formats.signatures import timestamp
from formats.signatures.report import SubIndication
from formats.signatures.trust import Revocations, Terms, TrustStore
from tests.formats.signatures import tsa
from tests.formats.signatures.pki import DAY, END, NOW, START, house, root, rsa_key, stamping

TOP, MIDDLE, LEAF = house()
STORE = TrustStore("test", (TOP.der,))
TERMS = Terms(STORE, NOW)
DATA = b"some bytes"


def test_a_request_holds_the_digest_and_the_nonce_and_not_the_bytes() -> None:
    asked = timestamp.request(DATA, nonce=99, policy=tsa.POLICY)
    read = tsp.TimeStampReq.load(asked, strict=True)
    assert read["nonce"].native == 99
    assert read["req_policy"].native == tsa.POLICY
    assert read["cert_req"].native is True
    assert read["message_imprint"]["hash_algorithm"]["algorithm"].native == "sha256"
    assert DATA not in asked


def test_an_answer_becomes_a_token_that_proves_the_moment() -> None:
    asked = timestamp.request(DATA, nonce=5)
    token = timestamp.token_of(tsa.answer(asked, DATA), DATA, nonce=5)
    stamp = timestamp.check(token, DATA, TERMS)
    assert (stamp.proven, stamp.claimed, stamp.sub, stamp.reason) == (NOW, NOW, None, "")
    assert (stamp.policy, stamp.serial) == (tsa.POLICY, 7)
    assert stamp.accuracy == datetime.timedelta(seconds=1)
    assert stamp.authority == stamping().der


@pytest.mark.parametrize("ess", ["v1", "v2"])
def test_both_ways_to_name_the_certificate_are_read(ess: str) -> None:
    assert timestamp.check(tsa.token(DATA, ess=ess), DATA, TERMS).proven == NOW


@pytest.mark.parametrize(
    ("answer", "nonce", "data", "policy"),
    [
        (tsa.granted(tsa.token(DATA, nonce=5)), 6, DATA, None),
        (tsa.granted(tsa.token(DATA)), 5, DATA, None),
        (tsa.granted(tsa.token(DATA, nonce=5)), 5, b"others", None),
        (tsa.granted(tsa.token(DATA, nonce=5)), 5, DATA, "1.2.3"),
        (tsa.granted(tsa.token(DATA, nonce=5)) + b"\0", 5, DATA, None),
        (tsa.granted(tsa.token(DATA, nonce=5))[:-1], 5, DATA, None),
        (b"", None, DATA, None),
        (b"<html>", None, DATA, None),
        (b"\x30" * 300_000, None, DATA, None),
    ],
    ids=["nonce", "no-nonce", "data", "policy", "trailing", "cut", "empty", "html", "huge"],
)
def test_an_answer_to_another_question_is_none(
    answer: bytes, nonce: int | None, data: bytes, policy: str | None
) -> None:
    with pytest.raises(timestamp.UnreadableTimestampError):
        timestamp.token_of(answer, data, nonce=nonce, policy=policy)


def test_a_refusal_says_why() -> None:
    with pytest.raises(timestamp.TimestampRefusedError) as caught:
        timestamp.token_of(tsa.refused("bad_alg"), DATA, nonce=None)
    assert (caught.value.status, caught.value.failure) == ("rejection", "bad_alg")


def _later(fields: dict[str, Any]) -> None:
    fields["gen_time"] = NOW + DAY


def _critical(fields: dict[str, Any]) -> None:
    fields["extensions"] = [{"extn_id": "1.2.3.4", "critical": True, "extn_value": b"\x05\x00"}]


def _before_the_certificate(fields: dict[str, Any]) -> None:
    fields["gen_time"] = START - DAY


HOSTILE: dict[str, tuple[Callable[[], bytes], SubIndication]] = {
    "other bytes": (lambda: tsa.token(b"others"), SubIndication.HASH_FAILURE),
    "sha1": (lambda: tsa.token(DATA, digest="sha1"), SubIndication.CRYPTO_CONSTRAINTS_FAILURE),
    "from later": (
        lambda: tsa.token(DATA, change=_later),
        SubIndication.TIMESTAMP_ORDER_FAILURE,
    ),
    "before its certificate": (
        lambda: tsa.token(DATA, change=_before_the_certificate),
        SubIndication.NOT_YET_VALID,
    ),
    "critical extension": (
        lambda: tsa.token(DATA, change=_critical),
        SubIndication.FORMAT_FAILURE,
    ),
    "by a document signer": (
        lambda: tsa.token(DATA, by=LEAF),
        SubIndication.CHAIN_CONSTRAINTS_FAILURE,
    ),
    "by a stranger": (
        lambda: tsa.token(
            DATA,
            by=root("Other root").issue(
                "Stamps", extended=[Usage.TIME_STAMPING], extended_critical=True
            ),
        ),
        SubIndication.NO_CERTIFICATE_CHAIN_FOUND,
    ),
    "by an ended one": (
        lambda: tsa.token(
            DATA,
            by=TOP.issue(
                "Ended", extended=[Usage.TIME_STAMPING], extended_critical=True, end=NOW - DAY
            ),
        ),
        SubIndication.OUT_OF_BOUNDS_NO_POE,
    ),
    "names no certificate": (
        lambda: tsa.token(DATA, ess=None),
        SubIndication.SIG_CONSTRAINTS_FAILURE,
    ),
    "names another certificate": (
        lambda: tsa.token(DATA, ess_of=LEAF),
        SubIndication.NO_SIGNING_CERTIFICATE_FOUND,
    ),
    "plain data": (lambda: tsa.token(DATA, content_type="data"), SubIndication.FORMAT_FAILURE),
    "trailing": (lambda: tsa.token(DATA) + b"\0", SubIndication.FORMAT_FAILURE),
    "empty": (lambda: b"", SubIndication.FORMAT_FAILURE),
    "huge": (lambda: b"\x30" * 300_000, SubIndication.FORMAT_FAILURE),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_tokens_prove_nothing(name: str) -> None:
    made, expected = HOSTILE[name]
    stamp = timestamp.check(made(), DATA, TERMS)
    assert stamp.proven is None
    assert stamp.sub is expected
    assert stamp.reason


def test_a_changed_token_never_proves_something_else() -> None:
    token = tsa.token(DATA)
    oid = bytes.fromhex("060b2a864886f70d0109100104")  # id-ct-TSTInfo: of the content, signed too
    content = range(token.index(oid), token.index(stamping().der))
    attributes = range(token.index(bytes.fromhex("06092a864886f70d010903")), len(token))
    proven = 0
    for place in range(0, len(token), 17):
        bent = token[:place] + bytes([token[place] ^ 0x20]) + token[place + 1 :]
        stamp = timestamp.check(bent, DATA, TERMS)
        assert stamp.proven in {None, NOW}
        proven += stamp.proven is not None and (place in content or place in attributes)
    assert proven == 0


def test_stamps_may_have_a_store_of_their_own() -> None:
    token = tsa.token(DATA)
    nobody = TrustStore("nobody", ())
    assert timestamp.check(token, DATA, Terms(nobody, NOW)).proven is None
    assert timestamp.check(token, DATA, Terms(None, NOW)).proven is None
    assert timestamp.check(token, DATA, Terms(nobody, NOW, stamps=STORE)).proven == NOW
    assert timestamp.check(token, DATA, Terms(STORE, NOW, stamps=nobody)).proven is None


def test_policies_and_revocation_are_heeded() -> None:
    token = tsa.token(DATA)
    assert timestamp.check(token, DATA, TERMS, policies=frozenset({tsa.POLICY})).proven == NOW
    other = timestamp.check(token, DATA, TERMS, policies=frozenset({"1.2.3"}))
    assert other.sub is SubIndication.SIG_CONSTRAINTS_FAILURE
    known = Revocations(crls=(TOP.crl([(stamping(), NOW - DAY)]),))
    gone = timestamp.check(token, DATA, Terms(STORE, NOW, known))
    assert gone.sub is SubIndication.REVOKED_NO_POE


def test_other_keys_stamp_too() -> None:
    by = TOP.issue(
        "RSA stamps",
        key=rsa_key("stamps"),
        extended=[Usage.TIME_STAMPING],
        extended_critical=True,
        end=END,
    )
    assert timestamp.check(tsa.token(DATA, by=by), DATA, TERMS).proven == NOW
