"""JSON that is refused for what it is written in, or for how much of it there is."""

import subprocess
import sys

import pytest

from formats.json.parsing import (
    CROWD,
    MAX_BYTES,
    MalformedJsonError,
    other_encoding,
    parse_json,
)

OTHERS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")


def refusal(content: bytes) -> str:
    with pytest.raises(MalformedJsonError) as raised:
        parse_json(content)
    return raised.value.detail


@pytest.mark.parametrize("coding", OTHERS)
@pytest.mark.parametrize("text", ['{"a": "é"}', "[]", "{}", " \r\n\t[1]"])
def test_another_encoding_is_called_by_its_name(coding: str, text: str) -> None:
    content = text.encode(coding)
    assert other_encoding(content) == coding[:6].upper()
    assert "RFC 8259" in refusal(content)
    assert coding[:6].upper() in refusal(content)


@pytest.mark.parametrize("coding", OTHERS)
def test_xml_and_text_in_another_encoding_are_no_json(coding: str) -> None:
    assert other_encoding("<a/>".encode(coding)) is None
    assert other_encoding("a{".encode(coding)) is None


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"\0", b"\0" * 9, b'["\0"]'])
def test_utf_8_is_no_other_encoding(content: bytes) -> None:
    assert other_encoding(content) is None


def test_a_text_has_a_limited_size() -> None:
    text = b'"' + b"x" * (MAX_BYTES - 2) + b'"'
    assert len(parse_json(text)) == MAX_BYTES - 2
    assert str(MAX_BYTES) in refusal(text + b" ")


def test_a_short_text_has_a_limited_number_of_objects_and_arrays() -> None:
    assert len(parse_json(b"[" + b"{}," * (CROWD - 2) + b"[]]")) == CROWD - 1
    assert "objects and arrays" in refusal(b"[" + b"{}," * (CROWD - 1) + b"[]]")
    assert "objects and arrays" in refusal(b"[" + b"{}," * 6_000_000 + b"[]]")
    roomy = b"[" + b'{"a":"12345678"},' * 100_000 + b"[]]"
    assert len(parse_json(roomy)) == 100_001
    assert '"' not in refusal(b"[" + b'"{}",' * CROWD * 2)


@pytest.mark.parametrize("piece", ["a", r"\\n", "é"])
def test_a_long_text_takes_little_more_than_itself(piece: str) -> None:
    code = """
import resource, sys
from formats.json.parsing import parse_json
content = sys.stdin.buffer.read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
parse_json(content)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    content = f'["{piece * 2_000_000}"]'.encode()
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], input=content, capture_output=True, check=True
    )
    assert int(done.stdout) * 1024 < 12 * len(content)
