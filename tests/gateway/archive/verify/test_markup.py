"""XML as the verifier reads it: nothing is fetched, nothing expanded, and a tree has an end."""

import pytest

from gateway.archive.verify.markup import UnreadContentError, read_markup

LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (number, b"&l%d;" % (number - 1) * 10) for number in range(1, 10)
)

HOSTILE = {
    "a document type": b"<!DOCTYPE a><a/>",
    "a document type elsewhere": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
    "an entity": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    "a file": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "entities of entities": b'<!DOCTYPE a [<!ENTITY l0 "ha">' + LAUGHS + b"]><a>&l9;</a>",
    "a parameter entity": b'<!DOCTYPE a [<!ENTITY % b SYSTEM "file:///etc/passwd">%b;]><a/>',
    "a default attribute": b'<!DOCTYPE a [<!ATTLIST a b CDATA "c">]><a/>',
    "a document type in UTF-16": '<?xml version="1.0"?><!DOCTYPE a><a/>'.encode("utf-16"),
    "an unknown entity": b"<a>&b;</a>",
    "depth": b"<a>" * 65 + b"</a>" * 65,
    "endless depth": b"<a>" * 1_000_000,
    "elements": b"<a>" + b"<b/>" * 50_000 + b"</a>",
    "text": b"<a>" + b"b" * 4_000_001 + b"</a>",
    "an unknown encoding": b'<?xml version="1.0" encoding="x-none"?><a/>',
    "an encoding of many bytes": b'<?xml version="1.0" encoding="euc-jp"?><a/>',
    "the wrong encoding": b'<?xml version="1.0" encoding="utf-8"?><a>\xff</a>',
    "a NUL": b"<a>\x00</a>",
    "two roots": b"<a/><a/>",
    "an attribute twice": b'<a b="c" b="d"/>',
    "an unknown prefix": b"<a:b/>",
    "no end": b"<a>",
    "nothing": b"",
    "no XML": b"R-2026-1",
    "nothing that is read": b"<skipped><a/></skipped>",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_markup_is_refused(kind: str) -> None:
    with pytest.raises(UnreadContentError):
        read_markup(HOSTILE[kind], {"skipped"})


def test_the_largest_tree_that_is_read() -> None:
    root = read_markup(b"<a>" * 64 + b"b" * 4_000_000 + b"</a>" * 64, ())
    for _ in range(63):
        (root,) = root.inner
    assert len(root.text) == 4_000_000
    assert len(read_markup(b"<a>" + b"<b/>" * 49_999 + b"</a>", ()).inner) == 49_999


def test_a_text_is_whole_whatever_stands_between() -> None:
    root = read_markup(b"<a><b> 1<!-- 2 -->3<?four?><![CDATA[<5>]]>&#54;&lt; </b></a>", ())
    assert root.texts("b") == ("13<5>6<",)


def test_a_text_with_elements_in_it_is_none() -> None:
    assert read_markup(b"<a><b>1<c/>2</b></a>", ()).texts("b") == ()


def test_a_name_is_one_of_its_namespace() -> None:
    there = b'<x:a xmlns:x="urn:eslog:2.00"><x:b>1</x:b><b>2</b><b xmlns="urn:other">3</b></x:a>'
    root = read_markup(there, ())
    assert (root.texts("slog:b"), root.texts("b")) == (("1",), ("2",))


def test_what_is_left_out_is_not_kept_and_not_counted() -> None:
    many = b"<a><skipped>" + b"<b>1</b>" * 60_000 + b"</skipped><b>2</b></a>"
    assert [one.name for one in read_markup(many, {"skipped"}).inner] == ["b"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_other_encodings_are_read(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    content = f'<?xml version="1.0" encoding="{name}"?><a><b>é</b></a>'.encode(encoding)
    assert read_markup(content, ()).texts("b") == ("é",)
