"""Signed statements: only what a trusted access point signed is ever read."""

import base64
import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.channels.statements import (
    StatementError,
    StatementForgedError,
    TrustAnchor,
    open_statement,
)
from gateway.sandbox.kit.certificates import Pair
from gateway.sandbox.network.identity import Identity, open_identity

NOW = datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC)
KIND = "sandbox-network-signal+jws"


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("network")


@pytest.fixture(scope="module")
def identity(directory: Path) -> Identity:
    return open_identity(directory, NOW)


@pytest.fixture(scope="module")
def anchor(identity: Identity, directory: Path) -> TrustAnchor:
    assert identity.name
    return TrustAnchor.load(directory / "ca.pem")


def read(content: str | bytes, anchor: TrustAnchor, now: datetime.datetime = NOW) -> object:
    raw = content.encode() if isinstance(content, str) else content
    return open_statement(raw, kind=KIND, anchor=anchor, now=now)


def test_a_statement_says_what_was_signed(identity: Identity, anchor: TrustAnchor) -> None:
    assert read(identity.seal("signal", {"code": "AP"}), anchor) == {"code": "AP"}


def test_a_receipt_is_no_signal(identity: Identity, anchor: TrustAnchor) -> None:
    with pytest.raises(StatementForgedError):
        read(identity.seal("receipt", {"code": "AP"}), anchor)


def test_another_ca_is_not_believed(anchor: TrustAnchor, tmp_path: Path) -> None:
    stranger = open_identity(tmp_path, NOW)
    with pytest.raises(StatementForgedError):
        read(stranger.seal("signal", {"code": "AP"}), anchor)


def test_the_ca_itself_does_not_sign_statements(directory: Path, anchor: TrustAnchor) -> None:
    ca = Identity(Pair.load(directory, "ca"), "sandbox-network")
    with pytest.raises(StatementForgedError):
        read(ca.seal("signal", {"code": "AP"}), anchor)


@pytest.mark.parametrize("years", [-1, 6])
def test_a_certificate_counts_only_while_in_force(
    identity: Identity, anchor: TrustAnchor, years: int
) -> None:
    with pytest.raises(StatementForgedError):
        read(identity.seal("signal", {}), anchor, NOW.replace(year=NOW.year + years))


def altered(sealed: str, **members: object) -> str:
    return json.dumps({**json.loads(sealed), **members})


def base64url(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_a_changed_payload_is_refused(identity: Identity, anchor: TrustAnchor) -> None:
    sealed = identity.seal("signal", {"code": "RE"})
    with pytest.raises(StatementForgedError):
        read(altered(sealed, payload=base64url({"code": "AP"})), anchor)


@pytest.mark.parametrize("alg", ["none", "HS256", "RS256", ""])
def test_the_algorithm_is_not_the_senders_choice(
    identity: Identity, anchor: TrustAnchor, alg: str
) -> None:
    sealed = json.loads(identity.seal("signal", {"code": "AP"}))
    padded = sealed["protected"] + "=" * (-len(sealed["protected"]) % 4)
    header = json.loads(base64.urlsafe_b64decode(padded))
    with pytest.raises(StatementForgedError):
        read(altered(json.dumps(sealed), protected=base64url({**header, "alg": alg})), anchor)


@pytest.mark.parametrize("extra", ["jwk", "crit", "b64", "kid"])
def test_the_header_holds_nothing_else(
    identity: Identity, anchor: TrustAnchor, extra: str
) -> None:
    sealed = json.loads(identity.seal("signal", {}))
    padded = sealed["protected"] + "=" * (-len(sealed["protected"]) % 4)
    header = {**json.loads(base64.urlsafe_b64decode(padded)), extra: "x"}
    with pytest.raises(StatementForgedError):
        read(altered(json.dumps(sealed), protected=base64url(header)), anchor)


def test_an_unprotected_header_is_not_even_looked_at(
    identity: Identity, anchor: TrustAnchor
) -> None:
    with pytest.raises(StatementError):
        read(altered(identity.seal("signal", {}), header={"alg": "ES256"}), anchor)


def test_a_member_may_not_come_twice(identity: Identity, anchor: TrustAnchor) -> None:
    sealed = identity.seal("signal", {"code": "AP"})
    twice = sealed[:-1] + f', "payload": "{base64url({"code": "RE"})}"}}'
    with pytest.raises(StatementError):
        read(twice, anchor)


@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_no_bit_can_be_flipped_to_say_something_else(
    identity: Identity, anchor: TrustAnchor, place: int, bit: int
) -> None:
    content = bytearray(identity.seal("signal", {"code": "AP"}).encode())
    content[place % len(content)] ^= 1 << bit
    try:
        said = read(bytes(content), anchor)
    except StatementError:
        return
    assert said == {"code": "AP"}  # white space, or bits that base64 does not use


@given(
    content=st.one_of(
        st.binary(),
        st.text(),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: (
                st.lists(inner)
                | st.dictionaries(
                    st.sampled_from(["payload", "protected", "signature", "x"]), inner
                )
            ),
        ).map(json.dumps),
    )
)
def test_hostile_content_is_refused_and_nothing_else(
    anchor: TrustAnchor, content: str | bytes
) -> None:
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    with pytest.raises(StatementError):
        read(raw, anchor)
