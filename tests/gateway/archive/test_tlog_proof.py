"""Proofs in one file, as c2sp.org/tlog-proof writes them."""

import random
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.archive import merkle
from gateway.archive.checkpoint import Checkpoint
from gateway.archive.merkle import ProofError
from gateway.archive.notes import NoteError, Verifier
from gateway.archive.tlog_proof import TlogProof

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
VERIFIER = Verifier("example.com/log", KEY.public_key().public_bytes_raw())
ONE = "dpLDrTVAu4A8Ags67mbNiIcSMjTqDG5xQ8Ct1z/0Me0="


def proof(index: int, size: int) -> TlogProof:
    leaves = [b"leaf %d" % number for number in range(size)]
    grown = merkle.append(0, {}, [merkle.leaf_hash(leaf) for leaf in leaves])
    note = Checkpoint(VERIFIER.name, grown.size, grown.root).sign(KEY)
    path = merkle.inclusion_proof(index, size, grown.nodes)
    return TlogProof(index, path, note, leaves[index])


def test_the_form_is_that_of_the_specification() -> None:
    """As the reference's own test writes it, with hashes of `hash1` and `hash2`."""
    hashes = tuple(sha256(text).digest() for text in (b"hash1", b"hash2"))
    written = TlogProof(10, hashes[:1], "checkpoint data\n", b"extra information").text()
    assert written.split("\n") == [
        "c2sp.org/tlog-proof@v1",
        "extra ZXh0cmEgaW5mb3JtYXRpb24=",
        "index 10",
        "rzFuy5Go7nrpkhBwKy1HWPMM3eO/YePY54fXRoH5Cm4=",
        "",
        "checkpoint data",
        "",
    ]
    assert TlogProof(0, (), "checkpoint\n").text() == (
        "c2sp.org/tlog-proof@v1\nindex 0\n\ncheckpoint\n"
    )
    assert len(TlogProof(5, hashes, "x\n").text().split("\n")) == 7


@pytest.mark.parametrize(("index", "size"), [(0, 1), (4, 5), (0, 8), (6, 7), (130, 300)])
def test_what_is_written_is_read_and_leads_to_the_root(index: int, size: int) -> None:
    made = proof(index, size)
    read = TlogProof.parse(made.text())
    assert read == made
    assert read.verify(VERIFIER).size == size
    assert read.verify(VERIFIER, b"leaf %d" % index).size == size


def test_another_leaf_index_or_key_is_found() -> None:
    made = proof(3, 9)
    with pytest.raises(ProofError):
        made.verify(VERIFIER, b"leaf 4")
    with pytest.raises(ProofError):
        TlogProof(2, made.path, made.checkpoint, made.extra).verify(VERIFIER)
    stranger = Ed25519PrivateKey.from_private_bytes(bytes([1]) * 32).public_key()
    with pytest.raises(NoteError):
        made.verify(Verifier(VERIFIER.name, stranger.public_bytes_raw()))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v2\nindex 0\n\nx\n",
        "c2sp.org/tlog-proof@v1\nindex 0\nx\n",
        "c2sp.org/tlog-proof@v1\nindex 00\n\nx\n",
        "c2sp.org/tlog-proof@v1\nindex -1\n\nx\n",
        "c2sp.org/tlog-proof@v1\n\nx\n",
        "c2sp.org/tlog-proof@v1\nextra !\nindex 0\n\nx\n",
        "c2sp.org/tlog-proof@v1\nindex 0\nextra AA==\n\nx\n",
        "c2sp.org/tlog-proof@v1\nindex 0\nAA==\n\nx\n",
        f"c2sp.org/tlog-proof@v1\nindex 0\n{(ONE + chr(10)) * 64}\nx\n",
    ],
)
def test_what_is_no_proof_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        TlogProof.parse(text)


def test_whatever_is_edited_is_found(request: pytest.FixtureRequest) -> None:
    """10,000 edits with `--full`: a bit, a byte, a line dropped, doubled or swapped."""
    chosen = random.Random(62)  # noqa: S311 - of a test
    whole = proof(71, 300).text().encode()
    for _ in range(10_000 if request.config.getoption("--full") else 500):
        edited = bytearray(whole)
        lines = whole.split(b"\n")
        place, row = chosen.randrange(len(whole)), chosen.randrange(len(lines))
        match chosen.randrange(5):
            case 0:
                edited[place] ^= 1 << chosen.randrange(8)
            case 1:
                edited[place] = chosen.randrange(256)
            case 2:
                edited = bytearray(b"\n".join(lines[:row] + lines[row + 1 :]))
            case 3:
                edited = bytearray(b"\n".join(lines[: row + 1] + lines[row:]))
            case _:
                other = chosen.randrange(len(lines))
                lines[row], lines[other] = lines[other], lines[row]
                edited = bytearray(b"\n".join(lines))
        if bytes(edited) == whole:
            continue
        with pytest.raises((NoteError, ProofError, UnicodeDecodeError)):
            TlogProof.parse(edited.decode()).verify(VERIFIER)
