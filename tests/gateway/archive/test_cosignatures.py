"""Cosignatures of witnesses, as c2sp.org/tlog-cosignature writes them."""

import base64
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.archive.checkpoint import Checkpoint
from gateway.archive.cosignatures import Witness, cosign, cosignatures
from gateway.archive.notes import NoteError, Verifier
from gateway.archive.witness_request import AddCheckpoint

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
LOG = Verifier("log.example/one", KEY.public_key().public_bytes_raw())
OWN = Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)
WITNESS = Witness("witness.example/w1", OWN.public_key().public_bytes_raw())
HEAD = Checkpoint(LOG.name, 7, sha256(b"root").digest())
NOTE = HEAD.sign(KEY)
AT = 1_679_315_147


def by_hand(text: str, at: int, *, key: Ed25519PrivateKey = OWN, name: str = WITNESS.name) -> str:
    """The line as the specification says, with nothing of ours."""
    public = key.public_key().public_bytes_raw()
    key_id = sha256(name.encode() + b"\n\x04" + public).digest()[:4]
    signature = key.sign(f"cosignature/v1\ntime {at}\n{text}".encode())
    value = base64.b64encode(key_id + at.to_bytes(8, "big") + signature).decode()
    return f"\u2014 {name} {value}\n"


def test_the_line_is_that_of_the_specification() -> None:
    line = cosign(HEAD.text(), WITNESS.name, OWN, AT)
    assert line == by_hand(HEAD.text(), AT)
    (found,) = cosignatures(NOTE + line, [WITNESS])
    assert (found.witness, found.at, found.line) == (WITNESS, AT, line)
    assert Checkpoint.verified(NOTE + line, LOG) == HEAD, "the log's own signature stays"


def test_extension_lines_are_signed_too() -> None:
    head = Checkpoint(LOG.name, 7, HEAD.root, ("more",))
    line = by_hand(head.text(), AT)
    assert cosignatures(head.sign(KEY) + line, [WITNESS])
    with pytest.raises(NoteError):
        cosignatures(NOTE + line, [WITNESS])


def test_signatures_of_others_are_ignored() -> None:
    stranger = by_hand(HEAD.text(), AT, key=KEY, name="witness.example/w2")
    assert cosignatures(NOTE + stranger, [WITNESS]) == ()
    assert len(cosignatures(NOTE + stranger + by_hand(HEAD.text(), AT), [WITNESS])) == 1


@pytest.mark.parametrize("place", range(0, 76, 5))
def test_a_flipped_byte_is_found(place: int) -> None:
    line = by_hand(HEAD.text(), AT)
    value = bytearray(base64.b64decode(line.split(" ")[2]))
    value[place] ^= 1
    changed = f"\u2014 {WITNESS.name} {base64.b64encode(value).decode()}\n"
    if place < 4:  # another key's line
        assert cosignatures(NOTE + changed, [WITNESS]) == ()
        return
    with pytest.raises(NoteError):
        cosignatures(NOTE + changed, [WITNESS])


def test_twice_by_one_witness_is_refused() -> None:
    with pytest.raises(NoteError):
        cosignatures(NOTE + by_hand(HEAD.text(), AT) + by_hand(HEAD.text(), AT + 1), [WITNESS])


def test_a_key_of_a_log_is_none_of_a_witness() -> None:
    assert Witness.parse(str(WITNESS)) == WITNESS
    assert Verifier.parse(str(LOG)) == LOG
    with pytest.raises(NoteError):
        Witness.parse(str(LOG))
    with pytest.raises(NoteError):
        Verifier.parse(str(WITNESS))
    assert Witness(LOG.name, LOG.public_key).key_id != LOG.key_id


def test_a_request_is_that_of_the_specification() -> None:
    asked = AddCheckpoint(5, (HEAD.root,), NOTE)
    encoded = base64.b64encode(HEAD.root).decode()
    assert asked.text() == f"old 5\n{encoded}\n\n{NOTE}"
    assert AddCheckpoint.parse(asked.text()) == asked
    assert AddCheckpoint.parse(AddCheckpoint(0, (), NOTE).text()) == AddCheckpoint(0, (), NOTE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"old 05\n\n{NOTE}",
        f"old -1\n\n{NOTE}",
        f"old  5\n\n{NOTE}",
        f"old 5\nAA==\n\n{NOTE}",
        f"old 5\n!\n\n{NOTE}",
        "old 5\n" + (base64.b64encode(HEAD.root).decode() + "\n") * 64 + f"\n{NOTE}",
        "old 5\n",
    ],
)
def test_what_is_no_request_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        AddCheckpoint.parse(text)
