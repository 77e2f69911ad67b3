"""Files that are sent to do harm, or that are broken: a problem in words, quickly."""

import io
import zipfile

import pytest

from formats.json.document import Surroundings
from formats.reading import read
from formats.spreadsheet import SheetOptions, SpreadsheetError
from formats.spreadsheet.container import MAX_ENTRIES
from tests.formats.spreadsheet.workbooks import HEADINGS, ROW, csv, with_parts, workbook
from tests.pace import takes_less_than

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _good() -> bytes:
    def fill(sheet: object) -> None:
        for row in (HEADINGS, ROW):
            sheet.append(list(row))  # type: ignore[attr-defined] # openpyxl's own

    return workbook(fill)


def _refusal(content: bytes) -> str:
    refusals: list[str] = []

    def work() -> None:
        with pytest.raises(SpreadsheetError) as raised:
            read(content, Surroundings(), SheetOptions())
        refusals.append(str(raised.value))

    assert takes_less_than(5, work)
    return refusals[0]


def test_the_workbook_that_is_spoilt_is_good() -> None:
    assert read(with_parts(_good(), {})).invoice.number == "R-1"


def test_a_bomb_does_not_go_off() -> None:
    zeros = b"<x>" + b"0" * (300 * 1024 * 1024 // 8) + b"</x>"
    assert "unpacks to more" in _refusal(with_parts(_good(), {SHEET: zeros}))


def test_a_bomb_that_lies_about_its_size() -> None:
    content = bytearray(with_parts(_good(), {SHEET: b"<x>" + b"0" * 40_000_000 + b"</x>"}))
    size = (40_000_000 + 7).to_bytes(4, "little")
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = (1000).to_bytes(4, "little")
    assert _refusal(bytes(content))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", SHEET, "xl/styles.xml", "xl/sharedStrings.xml"]
)
def test_no_part_may_have_a_doctype(part: str) -> None:
    evil = (
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        b'<worksheet xmlns="' + MAIN.encode() + b'">&e;</worksheet>'
    )
    assert "DOCTYPE" in _refusal(with_parts(_good(), {part: evil}))


def test_values_of_other_files_are_not_trusted() -> None:
    parts = {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    assert "other files" in _refusal(with_parts(_good(), parts))


def test_deep_and_wide_xml_is_refused() -> None:
    deep = b"<a>" * 300 + b"</a>" * 300
    assert _refusal(with_parts(_good(), {SHEET: deep}))
    wide = b"<worksheet " + b" ".join(b'a%d=""' % n for n in range(400)) + b"/>"
    assert _refusal(with_parts(_good(), {SHEET: wide}))


def test_too_many_parts() -> None:
    parts = {f"xl/media/{n}.bin": b"" for n in range(MAX_ENTRIES)}
    assert "too many parts" in _refusal(with_parts(_good(), parts))


def test_a_part_twice() -> None:
    out = io.BytesIO(_good())
    with (
        zipfile.ZipFile(out, "a") as archive,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        archive.writestr(SHEET, "<worksheet/>")
    assert "twice" in _refusal(out.getvalue())


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"PK\x03\x04", "damaged"),
        (b"PK\x03\x04" + b"\0" * 1000, "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000, "old or a password-protected"),
    ],
)
def test_other_containers(content: bytes, word: str) -> None:
    assert word in _refusal(content)


def test_a_zip_that_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "no .xlsx" in _refusal(out.getvalue())


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9, 0.99])
def test_a_workbook_cut_off(cut: float) -> None:
    content = _good()
    assert _refusal(content[: int(len(content) * cut)])


def _sheet(cells: str) -> bytes:
    heads = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in HEADINGS)
    rows = f"<row>{heads}</row><row>{cells}</row>"
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


@pytest.mark.parametrize(
    "cell",
    [
        '<c t="s"><v>999999</v></c>',
        '<c t="s"><v>-1</v></c>',
        '<c t="n"><v>1e999</v></c>',
        '<c t="n"><v>0x10</v></c>',
        '<c t="n"><v>NaN</v></c>',
        '<c r="ZZZ9999999" t="n"><v>1</v></c>',
        '<c t="e"><v>#REF!</v></c>',
        "<c><f>1+1</f></c>",
    ],
)
def test_cells_that_make_no_sense(cell: str) -> None:
    assert _refusal(with_parts(_good(), {SHEET: _sheet(cell)}))


def test_rows_without_end_are_refused() -> None:
    body = b"\r\n".join(b"R-%d" % n for n in range(100_002))
    assert "rows" in _refusal(b"Invoice number\r\n" + body)


def test_a_cell_may_say_anything() -> None:
    """Nothing in a cell is run, expanded or taken for markup."""
    nasty = '=HYPERLINK("http://x")', "<!DOCTYPE x>", "&amp;", "@SUM(1)", "]]>", "{{7*7}}"
    for text in nasty:
        row = [*ROW[:8], text, *ROW[9:]]
        quoted = tuple(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row)
        invoice = read(csv(quoted), Surroundings(), SheetOptions()).invoice
        assert invoice.lines[0].item_name == text
