"""A gateway full of secrets, driven through all it does, and everything that it leaves behind."""

import base64
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import psycopg
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from sqlalchemy import make_url

from gateway.demo.api import wait_until_ready
from gateway.demo.companies import SELLERS
from gateway.kit.clock import now
from gateway.signing.kinds import PrivateKey
from tests.e2e.processes import free_port
from tests.gateway.houses import invoice
from tests.gateway.signing.authority import DAY, Authority
from tests.kept_rules import copied_to
from tests.security import loud_wire
from tests.security.loud_wire import PLACES

KEYS = "/v1/signing-keys"


def word() -> str:
    """Return a secret that stands nowhere by chance."""
    return f"canary-{secrets.token_hex(12)}"


def numbers(name: str, key: PrivateKey) -> dict[str, bytes]:
    """Return what of a private key must be nowhere: it as a whole, and its numbers."""
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    found = {f"{name} (PKCS #8)": der}
    if isinstance(key, rsa.RSAPrivateKey):
        parts = key.private_numbers()
        for part, value in (("d", parts.d), ("p", parts.p), ("q", parts.q)):
            found[f"{name} ({part})"] = value.to_bytes((value.bit_length() + 7) // 8, "big")
    elif isinstance(key, ec.EllipticCurvePrivateKey):
        value = key.private_numbers().private_value
        found[f"{name} (number)"] = value.to_bytes(32, "big")
    return found


@dataclass
class Town:
    """What is driven, what is secret in it, and what it answered.

    Attributes:
        canaries: What must be nowhere, by name.
        answers: Everything it answered, without what an answer hands out once, on purpose.
    """

    admin_url: str
    home: Path
    canaries: dict[str, bytes] = field(default_factory=dict)
    answers: list[bytes] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None
    port: int = field(default_factory=free_port)
    key: str = ""
    entity: str = ""

    @property
    def log(self) -> Path:
        return self.home / "log"

    def plant(self, name: str) -> str:
        text = word()
        self.canaries[name] = text.encode()
        return text

    def environment(self, serving_url: str) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("GATEWAY_", "DATABASE"))}
        masters = [secrets.token_bytes(32) for _ in range(2)]
        for number, one in enumerate(masters):
            self.canaries[f"master key {number}"] = one
        serving = make_url(serving_url).set(password=self.plant("password of the database"))
        admin = make_url(self.admin_url).set(password=self.plant("password of the administrator"))
        smtp = self.plant("password of the mail server")
        return kept | {
            "GATEWAY_DATA": str(copied_to(self.home / "data")),
            "GATEWAY_PORT": str(self.port),
            "GATEWAY_MASTER_KEY": " ".join(base64.b64encode(one).decode() for one in masters),
            "DATABASE_URL": serving.render_as_string(hide_password=False),
            "GATEWAY_ADMIN_DATABASE_URL": admin.render_as_string(hide_password=False),
            "GATEWAY_SMTP_URL": f"smtp+plain://user:{smtp}@127.0.0.1:9",
            "GATEWAY_MAIL_FROM": "invoices@gateway.example",
            "GATEWAY_HMRC_CLIENT_ID": "gateway",
            "GATEWAY_HMRC_CLIENT_SECRET": self.plant("secret of HMRC"),
            "GATEWAY_PKCS11_PIN": self.plant("PIN of the token"),
            "GATEWAY_PKCS11_TOKEN": "none",
            "GATEWAY_PKCS11_LIBRARY": "/nowhere/pkcs11.so",
            "GATEWAY_VIES_URL": "http://127.0.0.1:9",
            "GATEWAY_HMRC_URL": "http://127.0.0.1:9",
            "GATEWAY_WEBHOOK_ALLOW_PRIVATE": "127.0.0.0/8",
            loud_wire.VARIABLE: json.dumps({place: self.plant(place) for place in PLACES}),
        }

    def start(self, serving_url: str) -> None:
        environment = self.environment(serving_url)
        loud = [sys.executable, "-m", "tests.security.loud_gateway"]
        with self.log.open("ab") as sink:
            made = subprocess.run(  # noqa: S603 - ourselves
                [*loud, "api-keys", "create", "--account", "Platform"],
                env=environment, stdout=subprocess.PIPE, stderr=sink, check=True,
            )  # fmt: skip
            self.key = made.stdout.decode().split()[-1]
            self.canaries["API key of the account"] = self.key.encode()
            self.process = subprocess.Popen(  # noqa: S603 - ourselves
                [*loud, "serve"], env=environment, stdout=sink, stderr=sink
            )
        with httpx2.Client(base_url=self.url, trust_env=False) as http:
            try:
                wait_until_ready(http, seconds=150)
            except TimeoutError:
                raise AssertionError(self.log.read_text(errors="replace")[-4000:]) from None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def crash(self) -> None:
        """Have it write down where it is, then end it as a fault of its own would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGUSR1)
        time.sleep(0.5)
        self.process.send_signal(signal.SIGABRT)
        self.process.wait(30)

    def call(self, method: str, path: str, body: object = None, **more: str) -> Any:  # noqa: ANN401
        """Call, remember the answer with what it may show taken out, and return it read."""
        shows = more.pop("shows", None)
        key = more.pop("key", self.key)
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": secrets.token_hex(8)}
        if self.entity:
            headers["Entity-Id"] = self.entity
        with httpx2.Client(base_url=self.url, trust_env=False, timeout=60) as http:
            answer = http.request(method, path, json=body, headers=headers | more)
        content = answer.content + repr(answer.headers.multi_items()).encode()
        is_json = answer.headers.get("content-type", "").endswith("json")
        found = answer.json() if answer.content and is_json else answer.content
        if shows is not None:
            name, member = shows.split(":")
            assert isinstance(found, dict), found
            self.canaries[name] = str(found[member]).encode()
            content = content.replace(str(found[member]).encode(), b"")  # its link too
        self.answers.append(content)
        return found

    def drive(self) -> None:
        """Do everything that touches a secret, well and badly."""
        self.entity = self.call("POST", "/v1/entities", SELLERS["SI"])["id"]
        self._keys()
        self._secrets()
        self._doors()
        document = self.call("POST", "/v1/invoices?finalize=true", invoice())
        identifier = document["id"]
        self._wire(document["transmissions"][0]["id"])
        shared = self.call("POST", f"/v1/documents/{identifier}/share-links", {})
        self.canaries["share link"] = shared["url"].rpartition("/")[2].encode()
        self.answers[-1] = self.answers[-1].replace(self.canaries["share link"], b"")
        export = self.call("POST", "/v1/exports", {"format": "xml_zip"})
        for _ in range(200):
            state = self.call("GET", f"/v1/exports/{export['id']}")["state"]
            if state not in {"queued", "running"}:
                break
            time.sleep(0.1)
        for path in (
            f"/v1/documents/{identifier}/bundle",
            f"/v1/documents/{identifier}/evidence",
            f"/v1/documents/{identifier}",
            *("/v1/events?limit=200", "/v1/activity?limit=200", KEYS, "/v1/certificates"),
            "/v1/secrets",
            *("/v1/api-keys", "/v1/webhook-endpoints", "/v1/account", "/openapi.json"),
            *("/v1/entities", "/health", "/ready", f"/v1/exports/{export['id']}"),
            f"/v1/exports/{export['id']}/file",
        ):
            self.call("GET", path)

    def _wire(self, transmission: str) -> None:
        """Wait until a document was sent, and read all that is recorded of it."""
        path = f"/v1/transmissions/{transmission}"
        for _ in range(600):
            if self.call("GET", path)["transport"] == "delivered":
                break
            time.sleep(0.1)
        self.call("GET", f"{path}/attempts")
        for exchange in range(2):
            for side in ("request", "response"):
                self.call("GET", f"{path}/attempts/1/{side}?exchange={exchange}")
        for view in ("why", "replay"):
            self.call("GET", f"{path}/{view}")

    def _keys(self) -> None:
        elliptic = ec.generate_private_key(ec.SECP256R1())
        large = rsa.generate_private_key(65537, 2048)
        root = Authority.root(now=now())
        for name, private in (("elliptic key", elliptic), ("RSA key", large)):
            self.canaries |= numbers(name, private)
            password = self.plant(f"password of the file of the {name}")
            leaf = root.issue(private, begins=now() - DAY, ends=now() + 90 * DAY)
            file = serialize_key_and_certificates(
                None, private, leaf, None, BestAvailableEncryption(password.encode())
            )
            body = {
                "name": name,
                "purposes": ["document-seal"],
                "pkcs12": base64.b64encode(file).decode(),
                "password": password,
            }
            wrong = self.plant(f"wrong password of the file of the {name}")
            self.call("POST", f"{KEYS}/import", body | {"password": wrong})
            self.call("POST", f"{KEYS}/import", body | {"name": "break"})
            self.call("POST", f"{KEYS}/import", body | {"purposes": []})
            self.call("POST", f"{KEYS}/import", body | {"password": [password]})
            self.call("POST", f"{KEYS}/import", body)
        for kind in ("p-256", "rsa-2048", "ed25519"):
            made = self.call(
                "POST", KEYS, {"name": kind, "purposes": ["client-tls"], "kind": kind}
            )
            self.call("POST", f"{KEYS}/{made['id']}/csr", {"subject": {"common_name": "x"}})
            self.call("POST", f"{KEYS}/{made['id']}/retire")

    def _secrets(self) -> None:
        body = {"kind": "ksef-token", "name": "sending", "value": self.plant("KSeF token")}
        for wrong in ({"kind": "none"}, {"name": ""}, {"expires_at": "2020-01-01T00:00:00Z"}):
            self.call("POST", "/v1/secrets", body | wrong)
        none = f"{self.plant('KSeF token that is none')} and more"
        self.call("POST", "/v1/secrets", body | {"value": none})
        made = self.call("POST", "/v1/secrets", body)
        self.call("GET", f"/v1/secrets/{made['id']}")
        gone = body | {"value": self.plant("KSeF token that was deleted")}
        gone = self.call("POST", "/v1/secrets", gone)
        self.call("DELETE", f"/v1/secrets/{gone['id']}")

    def _doors(self) -> None:
        body = {"name": "entity", "role": "writer", "entity_id": self.entity}
        self.call("POST", "/v1/api-keys", body, shows="API key of the entity:key")
        spare = self.call("POST", "/v1/api-keys", body, shows="revoked API key:key")
        self.call("DELETE", f"/v1/api-keys/{spare['id']}")
        self.call("GET", "/v1/invoices", key=self.canaries["revoked API key"].decode())
        self.call("GET", "/v1/invoices", key=f"gw_sandbox_{self.plant('key that never was')}")
        hook = {"url": "https://hooks.example/", "description": "hook"}
        brought = secrets.token_bytes(32)
        self.canaries["brought webhook secret"] = brought
        self.canaries["brought webhook secret, written"] = base64.b64encode(brought)
        given = hook | {"secret": f"whsec_{base64.b64encode(brought).decode()}"}
        one = self.call("POST", "/v1/webhook-endpoints", given, shows="webhook secret:secret")
        path = f"/v1/webhook-endpoints/{one['id']}"
        self.call("POST", f"{path}/rotate-secret", {}, shows="next webhook secret:secret")
        self.call("POST", f"{path}/test")
        place = f"/v1/entities/{self.entity}/users"
        user = self.call("POST", place, {"email": "ana@example.com", "role": "admin"})
        links = f"{place}/{user['id']}/tokens"
        link = self.call("POST", links, {}, shows="magic link:token")
        token = link["token"]
        opened = self.call("POST", "/v1/sessions", {"token": token}, shows="session:token")
        self.call("POST", "/v1/sessions", {"token": token})
        self.call("GET", "/v1/sessions/current", key=opened["token"])

    def places(self) -> Mapping[str, list[bytes]]:
        """Return everything it leaves behind, by where."""
        return {
            "database": list(dumped(self.admin_url)),
            "log": [self.log.read_bytes()],
            "answers": self.answers,
            "files": [
                path.read_bytes()
                for path in sorted((self.home / "data").rglob("*"))
                if path.is_file()
            ],
        }


def dumped(admin_url: str) -> Iterator[bytes]:
    """Yield every table, as text and as PostgreSQL has it on disk, read by a superuser."""
    with psycopg.connect(admin_url) as connection:
        tables = connection.execute(
            "select format('%I.%I', schemaname, tablename) from pg_tables"
            " where schemaname not in ('pg_catalog', 'information_schema')"
        ).fetchall()
        for (table,) in tables:
            for form in ("text", "binary"):
                with connection.cursor().copy(
                    f"copy {table} to stdout (format {form})".encode()
                ) as copy:
                    yield b"".join(bytes(part) for part in copy)
