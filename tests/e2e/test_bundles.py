"""One flipped byte anywhere in an exported bundle: the verifier finds it and names the place."""

import base64
import hashlib
import io
import random
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.archive.verify import verify
from gateway.demo.api import Api
from gateway.demo.companies import BUYERS, SELLERS

SEED = 20261121
SAMPLE = 300


@pytest.fixture(scope="module")
def exported(api: Api) -> tuple[bytes, str]:
    """A real bundle, as it came over HTTP after the buyer's verdict, and the log's key."""
    entity = str(api.post("/v1/entities", SELLERS["SI"]).body["id"])
    body: dict[str, Any] = {
        "customer": BUYERS["SI"],
        "buyer_reference": "order-1",
        "payment_terms": "15 days net",
        "items": [{"name": "Bread", "quantity": 3, "price": "1.10"}],
    }
    issued = api.post("/v1/invoices?finalize=true", body, entity=entity).body
    path = f"/v1/documents/{issued['id']}"
    status: dict[str, Any] = {"final": False}
    for _ in range(10):
        status = api.get(f"{path}/status", entity=entity, wait="10").body
        if status["final"]:
            break
    assert status["status"] == "accepted"
    return api.download(f"{path}/bundle", entity=entity), api.text("/v1/log/key").strip()


def test_an_untouched_bundle_is_intact_and_authentic(exported: tuple[bytes, str]) -> None:
    content, key = exported
    result = verify(content, trusted_key=key)
    assert result.ok, result.problems
    assert result.authentic is True
    assert result.passed
    roles = {one.role for one in result.evidence}
    assert {"document", "input", "validation-report", "rendition", "receipt", "signal"} <= roles


def test_one_flipped_bit_is_found_and_its_place_is_named(
    exported: tuple[bytes, str], request: pytest.FixtureRequest
) -> None:
    content, _ = exported
    chance = random.Random(SEED)  # noqa: S311 - a sample that can be drawn again
    step = len(content) / SAMPLE
    places = [int(step * (number + chance.random())) for number in range(SAMPLE)]
    if request.config.getoption("--full"):
        places = list(range(len(content)))
    missed = []
    for place in places:
        flipped = bytearray(content)
        flipped[place] ^= 1 << chance.randrange(8)
        result = verify(bytes(flipped))
        named = any(
            problem.start is not None
            and problem.end is not None
            and problem.start <= place < problem.end
            for problem in result.problems
        )
        if result.ok or not named:
            missed.append((place, [problem.where for problem in result.problems]))
    assert not missed, f"{len(missed)} of {len(places)} (seed {SEED}): {missed[:10]}"
    print(f"{len(places)} of {len(content)} bytes flipped, every one named")  # noqa: T201


def test_a_bundle_is_verified_with_its_own_verifier_and_a_bare_python(
    exported: tuple[bytes, str], tmp_path: Path
) -> None:
    """Years later: no gateway, no database, no server, no packages (-S leaves them out)."""
    content, key = exported
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        verifier = Path(archive.extract("verify.py", tmp_path))
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    good.write_bytes(content)
    flipped = bytearray(content)
    flipped[len(content) // 2] ^= 1
    bad.write_bytes(flipped)
    for bundle, code in ((good, 0), (bad, 1)):
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-I", "-S", str(verifier), "--key", key, str(bundle)],
            cwd=tmp_path,
            env={},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr


def test_the_bundle_holds_the_issued_bytes(exported: tuple[bytes, str], tmp_path: Path) -> None:
    content, _ = exported
    (tmp_path / "bundle.zip").write_bytes(content)
    with zipfile.ZipFile(tmp_path / "bundle.zip") as bundle:
        names = bundle.namelist()
        assert any(name.endswith("invoice.xml") for name in names), names
        assert bundle.testzip() is None


def test_another_log_of_the_same_name_does_not_vouch_for_it(exported: tuple[bytes, str]) -> None:
    content, key = exported
    name = key.partition("+")[0]
    public = b"\x01" + Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    hash_ = hashlib.sha256(f"{name}\n".encode() + public).hexdigest()[:8]  # C2SP signed-note
    result = verify(content, trusted_key=f"{name}+{hash_}+{base64.b64encode(public).decode()}")
    assert result.ok
    assert result.authentic is False
    assert not result.passed
