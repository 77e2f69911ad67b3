import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.archive.notes import NoteError, Verifier, decode_base64, sign, split, verify

# The example of golang.org/x/mod/sumdb/note, the first implementation of signed notes.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
VERIFIER = Verifier("log.example/one", KEY.public_key().public_bytes_raw())
NOTE = sign("a text\n\nwith a blank line\n", VERIFIER.name, KEY)


def test_the_note_of_the_go_library_verifies() -> None:
    verifier = Verifier.parse(GO_KEY)
    assert str(verifier) == GO_KEY
    assert verify(GO_NOTE, verifier).startswith("If you think")


def test_what_was_signed_is_read_back() -> None:
    assert verify(NOTE, Verifier.parse(str(VERIFIER))) == "a text\n\nwith a blank line\n"


def test_signatures_of_unknown_keys_are_carried_and_ignored() -> None:
    other = sign("a text\n", "witness.example", Ed25519PrivateKey.generate())
    both = sign("a text\n", VERIFIER.name, KEY) + other.rpartition("\n\n")[2]
    assert verify(both, VERIFIER) == "a text\n"
    assert [s.name for s in split(both)[1]] == [VERIFIER.name, "witness.example"]


def test_every_changed_byte_is_refused() -> None:
    encoded = NOTE.encode()
    for place in range(len(encoded)):
        for bit in (1, 2, 128):
            changed = bytearray(encoded)
            changed[place] ^= bit
            with pytest.raises(ValueError):  # noqa: PT011 - UnicodeDecodeError or NoteError
                verify(changed.decode(), VERIFIER)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        "text\n",
        "text\n\n",
        "text\n\n\u2014 name\n",
        "text\n\n\u2014 name !!!!\n",
        "text\n\n\u2014 name AAAAAA==\n",
        "text\n\n- name AAAAAAAA\n",
        "text\n\n\u2014 name AAAAAAAAAA==",
        "te\tt\n\n\u2014 name AAAAAAAAAA==\n",
        NOTE + NOTE.rpartition("\n\n")[2],
        NOTE + "\u2014 other AAAAAAAAAA==\n" * 100,
        "x" * 1_000_001 + NOTE,
    ],
)
def test_what_is_not_a_note_is_refused(note: str) -> None:
    with pytest.raises(NoteError):
        verify(note, VERIFIER)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "name",
        "name+00000000+AAAA",
        GO_KEY.replace("c74f20a3", "c74f20a4"),
        GO_KEY.replace("PeterNeumann", "Peter Neumann"),
        GO_KEY.replace("PeterNeumann", ""),
        GO_KEY.replace("ARpc", "AXpc"),
        "name+00000000+*",
    ],
)
def test_what_is_not_a_verifier_key_is_refused(key: str) -> None:
    with pytest.raises(NoteError):
        Verifier.parse(key)


@pytest.mark.parametrize("text", ["QQ==", "QUI="])
def test_base64_has_one_spelling(text: str) -> None:
    decode_base64(text)
    with pytest.raises(NoteError):
        decode_base64(text.rstrip("="))
    with pytest.raises(NoteError):
        decode_base64(text.replace("Q==", "R==").replace("I=", "J="))


def test_only_a_text_that_ends_in_a_newline_is_signed() -> None:
    with pytest.raises(NoteError):
        sign("text", VERIFIER.name, KEY)
