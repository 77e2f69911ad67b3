"""The AuthTokenRequest, against the ministry's schema and a verifier that is not ours."""

import base64
import datetime
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from lxml import etree
from signxml.xades.xades import XAdESVerifier

from formats.ksef_api.encryption import PublicKey, digest
from formats.ksef_api.login import (
    NAMESPACE,
    AllowedAddresses,
    Context,
    ContextType,
    SubjectType,
    signed_request,
    token_body,
    write_request,
)
from tests.formats.signatures.pki import Entity, ec_key, root, rsa_key

AT = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)
CHALLENGE = "20250604-CR-461EA5B000-537A6BA15D-D7"
TOKEN = "20260601-EC-1|nip-5265877635|abc"  # noqa: S105 - tokens hold bars themselves
NIP = Context(ContextType.NIP, "5265877635")


def _signer(kind: str) -> Entity:
    key = rsa_key("ksef") if kind == "rsa" else ec_key("ksef")
    return root("Kowalska", key=key)


@pytest.fixture
def schema(official: Path) -> etree.XMLSchema:
    path = official / "pl-ksef/docs/auth/schemy/schemat_auth_v2-1.xsd"
    return etree.XMLSchema(etree.parse(path))


@pytest.mark.official
@pytest.mark.parametrize(
    "context",
    [
        NIP,
        Context(ContextType.INTERNAL_ID, "5265877635-12345"),
        Context(ContextType.PEPPOL_ID, "PPL123456"),
    ],
    ids=str,
)
@pytest.mark.parametrize("subject", SubjectType)
def test_what_is_written_is_valid(
    schema: etree.XMLSchema, context: Context, subject: SubjectType
) -> None:
    if context.type is ContextType.PEPPOL_ID:
        pytest.skip("the schema's own pattern begins with ^, which XSD reads as a character")
    allowed = AllowedAddresses(("192.0.2.1",), ("192.0.2.1-192.0.2.9",), ("192.0.2.0/24",))
    for policy in (None, allowed):
        written = write_request(CHALLENGE, context, subject, policy)
        assert schema.validate(etree.fromstring(written)), schema.error_log


@pytest.mark.official
def test_the_examples_of_the_documentation_say_the_same_but_for_the_version(
    official: Path,
) -> None:
    page = (official / "pl-ksef/docs/auth/context-identifier-nip.md").read_text()
    example = page.split("```xml")[1].split("```")[0].strip()
    theirs = etree.fromstring(example.replace("/2.0", "/2.1").encode())
    ours = etree.fromstring(write_request(CHALLENGE, NIP))
    assert [(one.tag, (one.text or "").strip()) for one in theirs.iter()] == [
        (one.tag, (one.text or "").strip()) for one in ours.iter()
    ]


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_the_signature_is_one_of_xades_that_others_verify(kind: str) -> None:
    signer = _signer(kind)
    signed = signed_request(CHALLENGE, NIP, signer.signer(), AT)
    certificate = signer.certificate
    results = XAdESVerifier().verify(signed, x509_cert=certificate, expect_references=2)
    covered = [one.signed_xml for one in results if one.signed_xml is not None]
    whole = next(one for one in covered if one.tag == f"{{{NAMESPACE}}}AuthTokenRequest")
    assert whole.findtext(f"{{{NAMESPACE}}}Challenge") == CHALLENGE
    forged = signed.replace(b"5265877635", b"5265877636")
    with pytest.raises(Exception, match=r"[Dd]igest"):
        XAdESVerifier().verify(forged, x509_cert=certificate, expect_references=2)


def test_a_token_is_bound_to_its_moment_and_only_the_ministry_reads_it() -> None:
    key = rsa_key("ministry")
    holder = root("Ministry", key=key)
    public = PublicKey.of(holder.der)
    body = json.loads(
        token_body(CHALLENGE, 1749034567890, NIP, token=TOKEN, key=public, seed=bytes(32))
    )
    oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
    read = key.decrypt(base64.b64decode(body["encryptedToken"]), oaep)
    assert read == f"{TOKEN}|1749034567890".encode()
    assert body["contextIdentifier"] == {"type": "Nip", "value": "5265877635"}
    assert body["publicKeyId"] == public.id
    assert len(base64.b64decode(public.id)) == 32
    assert public.id != digest(holder.der)


def test_contexts_are_written_and_read() -> None:
    assert Context.parse(str(NIP)) == NIP
    for wrong in ("Nip", "Nip:", "Pesel:1"):
        with pytest.raises(ValueError, match=r"context|Pesel"):
            Context.parse(wrong)
