"""Hostile JSON, PDF and archives by name: none of them is ever valid."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from tests.formats.facturx.documents import bare, saved, specification, with_files

_MEGABYTE = 1_000_000
_NAME = "factur-x.xml"


def json_documents(good: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Yield JSON that is no body, or one with something done to it.

    Args:
        good: A body that would be valid.
    """
    text = json.dumps(good)
    for coding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"):
        yield f"json: {coding}", text.encode(coding)
    yield "json: utf-7", ("+" + text).encode()
    yield "json: two marks", b"\xef\xbb\xbf\xef\xbb\xbf" + text.encode()
    for name, raw in {
        "not utf-8": b"\xff\xfe\xff",
        "overlong": b"\xc0\xaf",
        "surrogate bytes": b"\xed\xa0\x80",
        "nul": b"\0",
        "control": b"\x01",
        "half a pair": b"\\ud83d",
        "other half": b"\\ude00",
        "halves the wrong way round": b"\\ude00\\ud83d",
        "escaped nul": b"\\u0000",
        "escaped not a character": b"\\uffff",
        "bad escape": b"\\x41",
    }.items():
        yield f"json: {name}", json.dumps(good | {"number": "@@"}).encode().replace(b"@@", raw)
    for name, value in {
        "1e400": "1e400",
        "1e401": "1e401",
        "huge exponent": "1E999999999",
        "tiny exponent": "1E-999999999",
        "million digits": "9" * _MEGABYTE,
        "million decimals": "0." + "9" * _MEGABYTE,
        "nan": "NaN",
        "infinity": "-Infinity",
        "hexadecimal": "0x10",
        "leading zero": "0100",
        "plus": "+1",
        "nothing": "",
        "deep arrays": "[" * 400_000 + "]" * 400_000,
        "deep objects": '{"a":' * 150_000 + "1" + "}" * 150_000,
        "never closed": "[" * 900_000,
        "objects": "[" + "{}," * 300_000 + "{}]",
        "numbers": "[" + "1," * 450_000 + "1]",
        "texts": "[" + '"",' * 300_000 + '""]',
        "names": "{" + ",".join(f'"a{n}":1' for n in range(90_000)) + "}",
        "one name twice": '{"a":1,"a":2}',
        "long name": '{"' + "a" * 900_000 + '":1}',
        "long text": '"' + "a" * 900_000 + '"',
        "quotes": '"' * 900_000,
        "backslashes": "\\" * 900_000,
        "comment": "1/**/",
        "expression": "1+1",
        "true": "true",
        "object": '{"$ref":"#"}',
        "prototype": '{"__proto__":{"valid":true}}',
    }.items():
        marked = json.dumps(good | {"totals": "@@"})
        yield f"json: totals of {name}", marked.replace('"@@"', value).encode()
        yield f"json: {name} alone", b"[" + value.encode() + b"]"
    yield "json: number twice", text.replace("{", '{"number": "2", ', 1).encode()
    yield "json: two", (text + text).encode()
    yield "json: cut", text[: len(text) // 2].encode()
    yield "json: trailing comma", (text[:-1] + ",}").encode()
    yield "json: in an array", f"[{text}]".encode()
    yield "json: empty object", b"{}"
    yield "json: empty array", b"[]"
    yield "json: nothing in it", json.dumps(dict.fromkeys(good)).encode()
    yield "json: unknown name", json.dumps(good | {"valid": True}).encode()


def pdf_documents(invoice: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield PDFs that are bombs, lead astray, or carry no invoice one may believe.

    Args:
        invoice: CII that a hybrid invoice would carry.
    """
    yield "pdf: no invoice", with_files(("other.txt", b"x"))
    for name, content in {
        "doctype": b'<!DOCTYPE x [<!ENTITY e "v">]>' + invoice.partition(b"?>")[2],
        "no xml": b"%PDF-1.7",
        "nothing": b"",
        "another pdf": with_files((_NAME, invoice)),
        "deep xml": b"<a>" * 100_000,
        "json": b'{"number": "1"}',
    }.items():
        yield f"pdf: invoice of {name}", with_files((_NAME, content))
    yield "pdf: two invoices", with_files((_NAME, invoice), (_NAME, invoice + b" "))
    yield "pdf: many files", with_files(*((f"{n}.xml", b"<a/>") for n in range(600)))
    for times in (1, 2, 3):
        yield f"pdf: bomb in {times} filters", _bomb(times)
    yield "pdf: bombs beside it", with_files(*((f"{n}.xml", b" " * _MEGABYTE) for n in range(40)))
    yield "pdf: bomb of structure", _structure_bomb()
    yield "pdf: objects", _objects(b"null", 150_000)
    yield "pdf: deep objects", _objects(b"[" * 100_000, 1)
    yield "pdf: deep dictionaries", _objects(b"<</A" * 100_000, 1)
    yield "pdf: tree that bites its tail", _biting()
    whole = with_files((_NAME, invoice))
    yield "pdf: cut", whole[: len(whole) // 2]
    yield "pdf: size beyond", whole.replace(b"/Size ", b"/Size 99999999", 1) + b"\n1 0 obj"
    yield "pdf: startxref astray", whole[: whole.rindex(b"startxref")] + b"startxref\n7\n%%EOF"
    yield "pdf: earlier table is itself", _earlier_itself()
    yield "pdf: head alone", b"%PDF-1.7"
    yield "pdf: head in the middle", b"x" * 900 + b"%PDF-1.7\n"
    yield "pdf: nul bytes", b"%PDF-1.7\n" + bytes(_MEGABYTE)
    with bare() as pdf:
        pdf.Root.AF = pikepdf.Array([specification(pdf, _NAME, invoice)])
        output = io.BytesIO()
        pdf.save(output, encryption=pikepdf.Encryption(owner="o", user="u"))
        yield "pdf: encrypted", output.getvalue()


def archives(invoice: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield archives that hold an invoice, and bombs."""
    yield "zip: invoice", _zipped({"invoice.xml": invoice})
    yield "zip: bomb", _zipped({"invoice.xml": b" " * 100 * _MEGABYTE})
    inner = _zipped({"a.xml": b" " * 10 * _MEGABYTE})
    yield "zip: of zips", _zipped({f"{n}.zip": inner for n in range(50)})
    yield "zip: many entries", _zipped({f"{n}.xml": b"" for n in range(5_000)})
    yield "zip: names that climb", _zipped({"../../../tmp/x.xml": invoice})
    yield "zip: asic", _zipped({"mimetype": b"application/vnd.etsi.asic-e+zip", "i.xml": invoice})
    yield "zip: cut", _zipped({"invoice.xml": invoice})[:-30]
    yield "zip: after an invoice", invoice + _zipped({"invoice.xml": invoice})
    yield "gzip: invoice", gzip.compress(invoice)
    yield "gzip: bomb", gzip.compress(b" " * 50 * _MEGABYTE)
    yield "bzip2: bomb", bz2.compress(b" " * 10 * _MEGABYTE)
    yield "xz: bomb", lzma.compress(b" " * 10 * _MEGABYTE)
    output = io.BytesIO()
    with tarfile.open(fileobj=output, mode="w") as tar:
        entry = tarfile.TarInfo("invoice.xml")
        entry.size = len(invoice)
        tar.addfile(entry, io.BytesIO(invoice))
    yield "tar: invoice", output.getvalue()


def _zipped(entries: dict[str, bytes]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return output.getvalue()


def _bomb(times: int) -> bytes:
    packed = bytes(64 * _MEGABYTE)
    for _ in range(times):
        packed = zlib.compress(packed, 9)
    with bare() as pdf:
        item = specification(pdf, _NAME, b"")
        filters = pikepdf.Array([pikepdf.Name.FlateDecode] * times)
        item.EF.F.write(packed, filter=filters)
        pdf.Root.AF = pikepdf.Array([item])
        return saved(pdf, packed=False)


def _structure_bomb() -> bytes:
    bomb = zlib.compress(b" " * 200 * _MEGABYTE, 9)
    return (
        b"%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 5 0 R/AF 6 0 R>>endobj\n"
        b"2 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream "
        b"endobj\ntrailer<</Root 1 0 R/Size 10>>\n" % (len(bomb), bomb)
    )


def _objects(content: bytes, count: int) -> bytes:
    """Return a PDF of many objects without a table, so that all of it must be looked at."""
    objects = (b"%d 0 obj %s endobj\n" % (number, content) for number in range(3, count + 3))
    return (
        b"%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/AF[3 0 R]>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%s"
        b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF\n" % (b"".join(objects), count + 3)
    )


def _biting() -> bytes:
    with bare() as pdf:
        first = pdf.make_indirect(pikepdf.Dictionary())
        second = pdf.make_indirect(pikepdf.Dictionary(Kids=pikepdf.Array([first])))
        first.Kids = pikepdf.Array([second, first] * 1000)
        pdf.Root.Names = pikepdf.Dictionary(EmbeddedFiles=first)
        return saved(pdf)


def _earlier_itself() -> bytes:
    head = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\n"
    return head + (
        b"xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Size 2/Prev %d>>\nstartxref\n%d\n"
        b"%%%%EOF" % (len(head), len(head))
    )
