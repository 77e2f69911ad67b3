"""The names and texts that random documents and rules have in common, so that they meet."""

from typing import Final

NAMESPACES: Final = {"p": "urn:p", "q": "urn:q"}

ELEMENTS: Final = ("p:a", "p:b", "p:c", "p:d", "q:a", "e")
ATTRIBUTES: Final = ("x", "y", "p:z")

VALUES: Final = (
    "1", "2", "3", " 2 ", "1.10", "1.1", "1e2", "100", "0", "-0", "-1", "+5", "5", "0.005", "2.5",
    "-2.5", "0.1", "0.2", "0.30000000000000004", "123456789012345678901234567890",
    "9007199254740993", "1234567890.12345678901234567890", "100000000000000000000.5", "1000000",
    "1e7", "0.0000001", ".5", "5.", "abc", "NaN", "INF", "-INF", "", " ", "A", "B", "a b",
    " A  B ", "AB", "true", "false", "1 ", "\t1\n", "2024-02-29", "2023-02-29", "2024-02-29Z",
    "2024-13-01", "2024-02-28+02:00", "20240229", "EUR", "DE", "S", "Z", "é", "\U0001f600x", "x.y",
    "a,b;c", "'", "ΑΣ", "ß", "0x10", "١", "1_0", "--1",
)  # fmt: skip
"""Texts of elements and attributes; the first are the likeliest."""

LITERALS: Final = (
    "1", "2", " 2 ", "1.10", "abc", "A", "B", "", " ", "EUR", "DE", "2024-02-29", "true", "NaN",
    "x", "a b", "\U0001f600", "é", "0", "1e2", "-", ",",
)  # fmt: skip

NUMBERS: Final = (
    "0", "1", "2", "3", "-1", "1.10", "1.1", "0.005", "2.5", "1e0", "1.5e0", "100", "0.1", "1e2",
    "9007199254740993", "0.0", "1000000", "1e6", "12345678901234567890.5", "number('NaN')",
    "xs:decimal('3')", "xs:double('-0')", "xs:integer('7')",
)  # fmt: skip

PATTERNS: Final = (
    "^[0-9]+$", "[A-Z]{2}", "^\\s*$", "a|b", "\\d+(\\.\\d{1,2})?", "^.*$", ".", "[^a-z]", "\\S+",
    "^(A|B|DE)$", "x*", "\\p{L}+", "[\\w-[a]]", "^$",
)  # fmt: skip

PICTURES: Final = ("0", "0.00", "#,##0.00", "#0.###", "00", "0.0#")

TYPES: Final = (
    "xs:decimal", "xs:integer", "xs:double", "xs:date", "xs:boolean", "xs:string", "xs:dateTime",
)  # fmt: skip
