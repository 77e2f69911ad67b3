"""A caller that compares every answer with the published OpenAPI."""

import base64
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import jsonschema_rs
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from formats.ksef_api import answers, bodies
from formats.ksef_api.bodies import FormCode
from formats.ksef_api.encryption import PublicKey, SessionKey
from formats.ksef_api.login import Context, ContextType, signed_request, token_body
from gateway.kit.clock import now
from gateway.sandbox.kit.certificates import new_key
from gateway.sandbox.kit.door import running
from gateway.sandbox.ksef.desk import KsefDesk
from gateway.sandbox.ksef.schemas import Schemas
from tests.formats.signatures.pki import SoftwareSigner
from tests.gateway.sandbox.ksef.invoices import SELLER

FORM = FormCode("FA (3)", "1-0E", "FA")
_ORGANIZATION = x509.ObjectIdentifier("2.5.4.97")
Json = dict[str, Any]


def open_api(official: Path) -> Json:
    """Return the ministry's file."""
    path = official / "pl-ksef/docs/open-api.json"
    found: Json = json.loads(path.read_text(encoding="utf-8"))
    return found


class Contract:
    """What the OpenAPI says an answer is.

    Args:
        document: The ministry's file.
    """

    def __init__(self, document: Json) -> None:
        self._paths: Json = document["paths"]
        self._schemas = _nullable(document["components"])
        self._validators: dict[str, jsonschema_rs.Validator] = {}
        self.seen: set[tuple[str, str, str]] = set()

    def operation(self, method: str, path: str) -> tuple[str, Json]:
        """Return the operation of a call: fixed parts before those that may be anything."""
        parts = path.split("?", maxsplit=1)[0].split("/")
        found = []
        for template, item in self._paths.items():
            own = template.split("/")
            if len(own) != len(parts) or method.lower() not in item:
                continue
            if all(a == b or a.startswith("{") for a, b in zip(own, parts, strict=True)):
                found.append((template.count("{"), template, item[method.lower()]))
        assert found, f"{method} {path} is not in the OpenAPI"
        _, template, operation = min(found, key=lambda one: one[0])
        return template, operation

    def check(self, method: str, path: str, answer: httpx2.Response) -> None:
        """Fail where an answer is not one that the OpenAPI knows."""
        template, operation = self.operation(method, path)
        status = str(answer.status_code)
        said = operation["responses"].get(status)
        assert said is not None, f"{method} {template} answers {status}: {answer.text}"
        self.seen.add((method, template, status))
        kinds = said.get("content")
        if not kinds:
            assert not answer.content, answer.text
            return
        kind = answer.headers["content-type"].split(";")[0]
        assert kind in kinds, f"{method} {template} {status}: {kind}"
        if kind.endswith("json"):
            self.valid(kinds[kind]["schema"], answer.json(), f"{method} {template} {status}")

    def valid(self, schema: Json, value: object, where: str) -> None:
        """Fail where JSON is not by a schema."""
        key = json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            whole = {**_nullable(schema), "components": self._schemas}
            self._validators[key] = jsonschema_rs.Draft7Validator(whole, validate_formats=True)
        errors = [
            f"{list(one.instance_path)}: {one.message}"
            for one in self._validators[key].iter_errors(value)
        ]
        assert not errors, f"{where}: {errors}"


def _nullable(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a schema of OpenAPI 3.0 as one of JSON Schema: `nullable` is another kind."""
    if isinstance(value, list):
        return [_nullable(one) for one in value]
    if not isinstance(value, dict):
        return value
    made = {name: _nullable(one) for name, one in value.items() if name != "nullable"}
    if value.get("nullable") is True:
        return {"anyOf": [made, {"type": "null"}]}
    return made


class Caller:
    """A program that logs in and calls.

    Args:
        url: Of the authority.
        contract: What its answers must be; None: it is not looked.
        client: HTTP.
    """

    def __init__(self, url: str, contract: Contract | None, client: httpx2.Client) -> None:
        self.url, self.contract, self._client = url, contract, client
        self.access = ""
        self.refresh = ""

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,  # noqa: ANN401 - JSON or bytes
        *,
        token: str | None = None,
        **headers: str,
    ) -> httpx2.Response:
        """Ask, and compare the answer with the OpenAPI, and the body with it too."""
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        bearer = self.access if token is None else token
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if bearer:
            named["Authorization"] = f"Bearer {bearer}"
        answer = self._client.request(method, self.url + path, content=content, headers=named)
        if self.contract is None:
            return answer
        self.contract.check(method, path, answer)
        if 200 <= answer.status_code < 300 and content:
            _, operation = self.contract.operation(method, path)
            kinds = operation["requestBody"]["content"]
            if "application/json" in kinds:
                said = kinds["application/json"]["schema"]
                self.contract.valid(said, json.loads(content), f"{method} {path} (request)")
        return answer

    def tell(self, what: str, value: object) -> None:
        """Put something on the control plane."""
        answer = self._client.put(f"{self.url}/__sandbox/{what}", json=value)
        assert answer.status_code == 200, answer.text

    def get(self, path: str) -> httpx2.Response:
        """Get what is no part of the API."""
        return self._client.get(self.url + path)

    def put(self, url: str, content: bytes, headers: dict[str, str]) -> httpx2.Response:
        """Put a part where it was told to go."""
        return self._client.put(url, content=content, headers=headers)

    def key(self, usage: str = answers.FOR_SESSIONS) -> PublicKey:
        """Return the authority's public key."""
        found = self.call("GET", "/security/public-key-certificates")
        return answers.public_key(found.content, usage, now())

    def begin(self, signer: SoftwareSigner, nip: str, query: str = "") -> answers.LoginBegun:
        """Log in with a certificate, and return what was begun."""
        challenge = answers.read(self.call("POST", "/auth/challenge").content, answers.Challenge)
        context = Context(ContextType.NIP, nip)
        document = signed_request(challenge.challenge, context, signer, now())
        found = self.call("POST", f"/auth/xades-signature{query}", document)
        assert found.status_code == 202, found.text
        return answers.read(found.content, answers.LoginBegun)

    def log_in(self, signer: SoftwareSigner, nip: str = SELLER) -> "Caller":
        """Log in with a certificate, to the end."""
        return self._redeemed(self.begin(signer, nip))

    def log_in_by(self, token: str, nip: str = SELLER) -> int:
        """Log in with a KSeF token, and return the code it comes to."""
        challenge = answers.read(self.call("POST", "/auth/challenge").content, answers.Challenge)
        body = token_body(
            challenge.challenge,
            challenge.timestamp_ms,
            Context(ContextType.NIP, nip),
            token=token,
            key=self.key(answers.FOR_TOKENS),
            seed=os.urandom(32),
        )
        begun = answers.read(
            self.call("POST", "/auth/ksef-token", body).content, answers.LoginBegun
        )
        code = self.code(begun)
        if code == 200:
            self._redeemed(begun)
        return code

    def code(self, begun: answers.LoginBegun) -> int:
        """Return how far a login is."""
        own = begun.authentication_token.token
        found = self.call("GET", f"/auth/{begun.reference_number}", token=own)
        return answers.read(found.content, answers.LoginStatus).status.code

    def _redeemed(self, begun: answers.LoginBegun) -> "Caller":
        assert self.code(begun) == 200
        own = begun.authentication_token.token
        found = self.call("POST", "/auth/token/redeem", token=own)
        tokens = answers.read(found.content, answers.Tokens)
        self.access, self.refresh = tokens.access_token.token, tokens.refresh_token.token
        return self

    def session(self, form: FormCode = FORM) -> "Session":
        """Open a session."""
        secret = SessionKey(os.urandom(32), os.urandom(16))
        body = bodies.online_session(form, secret, self.key(), os.urandom(32))
        found = self.call("POST", "/sessions/online", body)
        assert found.status_code == 201, found.text
        opened = answers.read(found.content, answers.OnlineOpened)
        return Session(self, opened.reference_number, secret)


class Session:
    """An open session."""

    def __init__(self, caller: Caller, reference: str, secret: SessionKey) -> None:
        self.caller, self.reference, self.secret = caller, reference, secret

    def send(self, content: bytes, **more: Any) -> str:  # noqa: ANN401 - of `invoice`
        """Send an invoice, and return its reference."""
        found = self.post(bodies.invoice(content, self.secret, **more))
        assert found.status_code == 202, found.text
        return answers.read(found.content, answers.InvoiceTaken).reference_number

    def post(self, body: bytes) -> httpx2.Response:
        """Send a body."""
        return self.caller.call("POST", f"/sessions/online/{self.reference}/invoices", body)

    def status(self, reference: str) -> answers.InvoiceStatus:
        """Ask what became of an invoice."""
        path = f"/sessions/{self.reference}/invoices/{reference}"
        return answers.read(self.caller.call("GET", path).content, answers.InvoiceStatus)

    def judged(self, content: bytes, **more: Any) -> answers.InvoiceStatus:  # noqa: ANN401 - the same
        """Send an invoice, and return what became of it."""
        return self.status(self.send(content, **more))

    def close(self) -> int:
        """Close it, and return the code it comes to."""
        closed = self.caller.call("POST", f"/sessions/online/{self.reference}/close")
        assert closed.status_code == 204, closed.text
        found = self.caller.call("GET", f"/sessions/{self.reference}")
        return answers.read(found.content, answers.SessionStatus).status.code


def certified(
    url: str, client: httpx2.Client, *, nip: str = SELLER, name: str = "Test"
) -> SoftwareSigner:
    """Return a signer with a certificate of the authority: the seal of a company with a NIP."""
    key = new_key()
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "PL"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
            x509.NameAttribute(_ORGANIZATION, f"VATPL-{nip}"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    request = x509.CertificateSigningRequestBuilder().subject_name(subject)
    asked = request.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    answer = client.post(f"{url}/test-certificates?use=signature", content=asked)
    assert answer.status_code == 201, answer.text
    own = x509.load_pem_x509_certificates(answer.content)[0]
    return SoftwareSigner(key, (own.public_bytes(serialization.Encoding.DER),))


def csr(said: dict[str, str], key: Any) -> str:  # noqa: ANN401 - a key
    """Return a request for a certificate that says what was told."""
    oids = {
        "commonName": "2.5.4.3",
        "countryName": "2.5.4.6",
        "organizationName": "2.5.4.10",
        "organizationIdentifier": "2.5.4.97",
    }
    attributes = [
        x509.NameAttribute(x509.ObjectIdentifier(oids[name]), value)
        for name, value in said.items()
    ]
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name(attributes))
    made = request.sign(key, hashes.SHA256())
    return packed(made.public_bytes(serialization.Encoding.DER))


def enrolled(caller: Caller, kind: str) -> SoftwareSigner:
    """Return a signer with a KSeF certificate of a type."""
    told = caller.call("GET", "/certificates/enrollments/data").json()
    key = new_key()
    said = {"certificateName": "Tests", "certificateType": kind, "csr": csr(told, key)}
    begun = caller.call("POST", "/certificates/enrollments", said)
    assert begun.status_code == 202, begun.text
    path = f"/certificates/enrollments/{begun.json()['referenceNumber']}"
    serial = caller.call("GET", path).json()["certificateSerialNumber"]
    wanted = {"certificateSerialNumbers": [serial]}
    (held,) = caller.call("POST", "/certificates/retrieve", wanted).json()["certificates"]
    return SoftwareSigner(key, (base64.b64decode(held["certificate"]),))


def packed(content: bytes) -> str:
    """Return bytes in base64."""
    return base64.b64encode(content).decode()


@contextmanager
def local_ksef(
    directory: Path, schemas: Path | None = None
) -> Iterator[tuple[str, KsefDesk, httpx2.Client]]:
    """Run the authority."""
    desk = KsefDesk(directory, schemas=Schemas([schemas] if schemas else []))
    with running(desk) as door, httpx2.Client(trust_env=False, timeout=30) as client:
        desk.ca.here = door.url
        yield door.url, desk, client
    desk.book.close()
