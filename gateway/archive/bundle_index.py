"""The list of a bundle's documents for a tax audit: `index.csv`, described by `index.xml`.

The description follows the German "Beschreibungsstandard für die Datenträgerüberlassung" (GDPdU,
now GoBD; `gdpdu-01-09-2004.dtd`), which auditors' programs import. The document type definition
itself is another's, and programs bring their own copy: `index.xml` only names it.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal

Kind = Literal["text", "day", "number"]

_TYPES: Mapping[Kind, str] = {
    "text": "<AlphaNumeric/>",
    "day": "<Date><Format>YYYY-MM-DD</Format></Date>",
    "number": "<Numeric><Accuracy>0</Accuracy></Numeric>",
}
_KEY = "id"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list.

    Attributes:
        name: Its heading.
        kind: What stands in it.
        description: For the reader of the description.
    """

    name: str
    kind: Kind
    description: str


COLUMNS = (
    Column(_KEY, "text", "Identifier of the document in the gateway"),
    Column("kind", "text", "invoice, credit_note, received_document ..."),
    Column("number", "text", "Number on the document (BT-1)"),
    Column("issue_date", "day", "Date on the document (BT-2)"),
    Column("entity", "text", "Who issued it, or who received it"),
    Column("profile", "text", "Format of the document"),
    Column("retain_until", "day", "Last day of the duty to keep it"),
    Column("file", "text", "The document itself, in this bundle"),
    Column("size", "number", "Bytes of that file"),
    Column("sha256", "text", "SHA-256 of that file, hexadecimal"),
)


def rows(lines: Iterable[Mapping[str, str | int | None]]) -> bytes:
    """Return `index.csv`: RFC 4180, UTF-8, the names in the first row."""
    text = io.StringIO(newline="")
    sheet = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    sheet.writerow(column.name for column in COLUMNS)
    for line in lines:
        sheet.writerow(_cell(line.get(column.name)) for column in COLUMNS)
    return text.getvalue().encode()


def description(supplier: str, exported_on: str) -> bytes:
    """Return `index.xml`.

    Args:
        supplier: Whose documents they are.
        exported_on: The day of export, ISO 8601.
    """
    columns = "".join(
        f"        <{tag}><Name>{column.name}</Name>"
        f"<Description>{escape(column.description)}</Description>{_TYPES[column.kind]}</{tag}>\n"
        for column in COLUMNS
        for tag in ("VariablePrimaryKey" if column.name == _KEY else "VariableColumn",)
    )
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE DataSet SYSTEM "gdpdu-01-09-2004.dtd">
<DataSet>
  <Version>1.0</Version>
  <DataSupplier>
    <Name>{escape(supplier)}</Name>
    <Location/>
    <Comment>Exported on {escape(exported_on)}</Comment>
  </DataSupplier>
  <Media>
    <Name>Documents</Name>
    <Table>
      <URL>index.csv</URL>
      <Name>documents</Name>
      <Description>One row for each document of this bundle</Description>
      <UTF8/>
      <DecimalSymbol>.</DecimalSymbol>
      <DigitGroupingSymbol>,</DigitGroupingSymbol>
      <Range><From>2</From></Range>
      <VariableLength>
        <ColumnDelimiter>,</ColumnDelimiter>
        <RecordDelimiter>&#13;&#10;</RecordDelimiter>
        <TextEncapsulator>"</TextEncapsulator>
{columns}      </VariableLength>
    </Table>
  </Media>
</DataSet>
""".encode()


def _cell(value: str | int | None) -> str:
    """Write a value; a text that a spreadsheet would compute gets an apostrophe in front."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r", "\n", "'"} else text
