"""Permissions and tokens, as open-api.json has them; and what a token and a certificate say."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from formats.ksef_api import codes, permissions
from formats.ksef_api.certificates import nip_in
from formats.ksef_api.login import Context, ContextType
from formats.ksef_api.permissions import Grant, To
from formats.ksef_api.tokens import TokenError, named
from gateway.ksef_access.schemas import Authorization, Permission
from tests.formats.signatures.pki import END, NOW, rsa_key
from tests.gateway.sandbox.ksef.api import Contract, open_api

REFERENCE = "20261122-EC-0123456789-ABCDEFABCD-12"
SECRET = "5e" * 32
UNIT = "5265877635-12345"


@pytest.fixture(scope="session")
def api(official: Path) -> dict[str, Any]:
    return open_api(official)


def enum(api: dict[str, Any], name: str) -> set[str]:
    return set(api["components"]["schemas"][name]["enum"])


@pytest.mark.official
def test_permissions_are_those_of_the_api(api: dict[str, Any]) -> None:
    for name in ("PersonPermissionType", "TokenPermissionType"):
        assert enum(api, name) == set(permissions.OWNED) == set(get_args(Permission))
    assert enum(api, "EntityPermissionType") == set(permissions.OF_ENTITIES)
    between = enum(api, "EntityAuthorizationPermissionType")
    assert between == set(permissions.BETWEEN_ENTITIES) == set(get_args(Authorization))


@pytest.mark.official
def test_every_code_of_an_operation_is_known(api: dict[str, Any]) -> None:
    schema = api["components"]["schemas"]["PermissionsOperationStatusResponse"]
    table = schema["properties"]["status"]["description"]
    assert {int(one) for one in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)} == set(
        codes.OPERATION
    )


GRANTS = {
    "PersonPermissionsGrantRequest": Grant(
        To.PERSON, "Pesel", "44051401359", ("InvoiceRead",), "Tests", "Anna", "Testowa"
    ),
    "EntityPermissionsGrantRequest": Grant(
        To.ENTITY, "Nip", "5265877635", ("InvoiceWrite",), "Tests", full_name="Biuro"
    ),
    "EntityAuthorizationPermissionsGrantRequest": Grant(
        To.AUTHORIZATION, "Nip", "5265877635", ("SelfInvoicing",), "Tests", full_name="Biuro"
    ),
}


@pytest.mark.official
@pytest.mark.parametrize("name", sorted(GRANTS))
def test_grants_are_asked_for_as_the_api_wants(api: dict[str, Any], name: str) -> None:
    given = GRANTS[name]
    Contract(api).valid(
        {"$ref": f"#/components/schemas/{name}"}, json.loads(given.body()), given.path
    )
    body = api["paths"][given.path]["post"]["requestBody"]["content"]["application/json"]
    assert name in json.dumps(body)


@pytest.mark.official
@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("PersonalPermissionsQueryRequest", permissions.own_body()),
        ("PersonPermissionsQueryRequest", permissions.persons_body()),
        ("EntityAuthorizationPermissionsQueryRequest", permissions.authorizations_body()),
        ("GenerateTokenRequest", permissions.token_body(["InvoiceWrite"], "Tests")),
    ],
)
def test_questions_are_asked_as_the_api_wants(api: dict[str, Any], name: str, body: bytes) -> None:
    Contract(api).valid({"$ref": f"#/components/schemas/{name}"}, json.loads(body), name)


@pytest.mark.parametrize(
    ("token", "reference", "context"),
    [
        (f"{REFERENCE}|nip-5265877635|{SECRET}", REFERENCE, "Nip:5265877635"),
        (f"{REFERENCE}|internalId-{UNIT}|{SECRET}", REFERENCE, f"InternalId:{UNIT}"),
        (f"{REFERENCE}|{SECRET}", REFERENCE, None),
        (SECRET, None, None),
        (f"short|nip-526|{SECRET}", None, None),
    ],
)
def test_a_token_says_its_number_and_whose_it_is(
    token: str, reference: str | None, context: str | None
) -> None:
    found = named(token)
    assert found.reference == reference
    assert found.context == (None if context is None else Context.parse(context))


def test_an_internal_id_is_no_nip() -> None:
    context = named(f"{REFERENCE}|internalId-{UNIT}|{SECRET}").context
    assert context is not None
    assert context.type is ContextType.INTERNAL_ID


@pytest.mark.parametrize("token", ["", "a b", "a\n", "ą", "\x00", "x" * 161])
def test_what_is_no_token_is_refused_without_showing_it(token: str) -> None:
    with pytest.raises(TokenError) as failed:
        named(token)
    assert not token or token not in str(failed.value)


@pytest.mark.parametrize(
    ("oid", "value", "nip"),
    [
        ("2.5.4.97", "VATPL-5265877635", "5265877635"),
        ("2.5.4.5", "TINPL-5265877635", "5265877635"),
        ("2.5.4.5", "NIP:5265877635", "5265877635"),
        ("2.5.4.5", "PNOPL-44051401359", None),
        ("2.5.4.97", "VATSI-5265877635", None),
        ("2.5.4.11", "VATPL-5265877635", None),
    ],
)
def test_the_nip_of_a_certificate_is_where_ksef_looks(
    oid: str, value: str, nip: str | None
) -> None:
    key = rsa_key("holder")
    name = x509.Name([x509.NameAttribute(x509.ObjectIdentifier(oid), value)])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(1)
    made = made.public_key(key.public_key()).not_valid_before(NOW).not_valid_after(END)
    certificate = made.sign(key, hashes.SHA256())
    assert nip_in(certificate.public_bytes(Encoding.DER)) == nip
    assert nip_in(b"none") is None
