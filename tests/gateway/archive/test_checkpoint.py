import base64
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.archive.checkpoint import Checkpoint
from gateway.archive.merkle import EMPTY_ROOT
from gateway.archive.notes import NoteError, Verifier, sign

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
VERIFIER = Verifier("log.example/one", KEY.public_key().public_bytes_raw())
ROOT = sha256(b"root").digest()
ENCODED = base64.b64encode(ROOT).decode()


def test_a_checkpoint_is_origin_size_and_root() -> None:
    checkpoint = Checkpoint(VERIFIER.name, 7, ROOT)
    assert checkpoint.text() == f"log.example/one\n7\n{ENCODED}\n"
    assert Checkpoint.verified(checkpoint.sign(KEY), VERIFIER) == checkpoint
    assert Checkpoint.read(checkpoint.sign(KEY)) == checkpoint


def test_extension_lines_are_kept() -> None:
    checkpoint = Checkpoint(VERIFIER.name, 0, EMPTY_ROOT, ("extension",))
    assert Checkpoint.verified(checkpoint.sign(KEY), VERIFIER) == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "origin\n7\n",
        f"origin\n7\n{ENCODED}",
        f"\n7\n{ENCODED}\n",
        f"origin\n07\n{ENCODED}\n",
        f"origin\n+7\n{ENCODED}\n",
        f"origin\n\u0667\n{ENCODED}\n",
        f"origin\n99999999999999999999\n{ENCODED}\n",
        f"origin\n{2**63}\n{ENCODED}\n",
        f"origin\n0\n{ENCODED}\n",
        "origin\n7\nAAAA\n",
        f"origin\n7\n{ENCODED}\n\n",
        f"origin\n7\n{ENCODED}\nextension\n\nmore\n",
    ],
)
def test_what_is_not_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Checkpoint.parse(text)


def test_a_checkpoint_of_another_log_is_refused() -> None:
    foreign = sign(Checkpoint("log.example/two", 7, ROOT).text(), VERIFIER.name, KEY)
    with pytest.raises(NoteError):
        Checkpoint.verified(foreign, VERIFIER)
    with pytest.raises(NoteError):
        Checkpoint.verified(Checkpoint("log.example/two", 7, ROOT).sign(KEY), VERIFIER)
